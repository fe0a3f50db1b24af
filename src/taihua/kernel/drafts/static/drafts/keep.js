// Keeps what is typed as a draft, a while after typing stops; without it a button does the same.
// One saving at a time: what is typed meanwhile goes with the next.
"use strict";

(() => {
    const STILL = 1500;
    const AGAIN = 10000;
    const status = document.querySelector("[data-saved]");
    const form = status?.closest("form");
    if (!form) return;
    const button = form.querySelector("[data-keep]");
    let waiting = null;
    let sending = false;
    let changed = false;

    function field(name) {
        return form.querySelector(`[name="${name}"]`);
    }

    function say(words, isTrouble) {
        status.textContent = words;
        status.classList.toggle("is-trouble", isTrouble);
    }

    function soon(pause) {
        clearTimeout(waiting);
        waiting = setTimeout(keep, pause, false);
    }

    async function keep(leaving) {
        clearTimeout(waiting);
        waiting = null;
        if (!changed || (sending && !leaving)) return;
        sending = true;
        changed = false;
        try {
            const answer = await fetch(button.formAction, {
                method: "POST",
                keepalive: leaving,
                headers: { "X-Draft": "1" },
                body: new URLSearchParams(new FormData(form)),
            });
            if (answer.redirected || answer.status === 403) {
                changed = true;
                return say(status.dataset.closed, true);
            }
            if (![200, 409, 422].includes(answer.status)) throw new Error(answer.statusText);
            const told = await answer.json();
            say(told.said, answer.status !== 200);
            if (answer.status === 422) return;
            field("once").value = told.line;
            field("draft-number").value = told.number;
            if (!changed) delete form.dataset.changed;
        } catch {
            changed = true;
            say(status.dataset.failed, true);
            soon(AGAIN);
        } finally {
            sending = false;
            if (changed && waiting === null) soon(STILL);
        }
    }

    form.addEventListener("input", () => {
        changed = true;
        soon(STILL);
    });
    form.addEventListener("submit", () => {
        changed = false;
        clearTimeout(waiting);
    });
    document.addEventListener("visibilitychange", () => {
        if (document.hidden) keep(true);
    });
    addEventListener("pagehide", () => keep(true));
})();
