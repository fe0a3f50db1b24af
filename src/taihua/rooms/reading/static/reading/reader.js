/* Goes to the place one stopped at, and remembers the place one reaches: the last one only.
   Places are counted in characters (code points) as the server counts them; a <br> is one. */
"use strict";

(() => {
    const reader = document.getElementById("reader");
    const named = [...reader.querySelectorAll('[id^="c"]')].filter((el) => /^c\d+$/.test(el.id));
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    const characters = (text) => [...text].length;

    function* leaves(block) {
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
        while (walker.nextNode()) {
            const node = walker.currentNode;
            if (node.nodeType === Node.TEXT_NODE || node.nodeName === "BR") yield node;
        }
    }

    function placeOf(node, within) {
        const block = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest('[id^="c"]');
        if (!block || !reader.contains(block)) return null;
        let place = Number(block.id.slice(1));
        for (const leaf of leaves(block)) {
            if (leaf === node) return place + characters(leaf.data.slice(0, within));
            place += leaf.nodeName === "BR" ? 1 : characters(leaf.data);
        }
        return place;
    }

    function topPlace() {
        const top = reader.querySelector(".reader-text").getBoundingClientRect();
        const caret = document.caretPositionFromPoint?.(top.left + 24, 48);
        if (caret?.offsetNode?.nodeType === Node.TEXT_NODE && reader.contains(caret.offsetNode)) {
            const place = placeOf(caret.offsetNode, caret.offset);
            if (place !== null) return place;
        }
        const above = named.filter((el) => el.getBoundingClientRect().top <= 56);
        const block = above.at(-1) ?? named[0];
        return block ? Number(block.id.slice(1)) : 0;
    }

    function goTo(offset) {
        const block = named.filter((el) => Number(el.id.slice(1)) <= offset).at(-1);
        if (!block) return;
        let place = Number(block.id.slice(1));
        for (const leaf of leaves(block)) {
            const size = leaf.nodeName === "BR" ? 1 : characters(leaf.data);
            if (place + size > offset && leaf.nodeType === Node.TEXT_NODE) {
                const range = document.createRange();
                const within = [...leaf.data].slice(0, offset - place).join("").length;
                range.setStart(leaf, within);
                range.setEnd(leaf, Math.min(within + 1, leaf.data.length));
                window.scrollTo(0, window.scrollY + range.getBoundingClientRect().top - 48);
                return;
            }
            place += size;
        }
        block.scrollIntoView();
    }

    let kept = null;
    let waiting = null;

    function keep() {
        const offset = topPlace();
        if (offset === kept) return;
        kept = offset;
        fetch(reader.dataset.place, {
            method: "POST",
            keepalive: true,
            headers: { "X-CSRFToken": token, "X-Reader": "1" },
            body: new URLSearchParams({ offset }),
        });
    }

    const at = new URLSearchParams(location.search).get("at");
    if (at !== null && !location.hash.startsWith("#m")) goTo(Number(at));
    reader.classList.add("keeps-place");
    addEventListener("scroll", () => { clearTimeout(waiting); waiting = setTimeout(keep, 800); }, { passive: true });
    addEventListener("pagehide", keep);
    document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
    keep();

    // A tap on the link may take the selection away before the click is heard.
    let chosen = null;
    document.addEventListener("selectionchange", () => {
        const selection = getSelection();
        if (selection.isCollapsed || !reader.contains(selection.anchorNode)) return;
        chosen = { words: selection.toString().trim(), range: selection.getRangeAt(0).cloneRange() };
    });
    reader.addEventListener("click", (event) => {
        if (!chosen?.words || !event.target.closest("a[data-marks]")) return;
        event.preventDefault();
        const { startContainer, startOffset } = chosen.range;
        const start = placeOf(startContainer, startOffset) ?? 0;
        location.assign(`${reader.dataset.mark}?${new URLSearchParams({ start, words: chosen.words })}`);
    });
})();
