/* Reads the chapter aloud with a voice of this device; where it has none for Chinese there is no button.
   Only voices that need no network are used: no word of what is read leaves the device. */
"use strict";

(() => {
    const button = document.getElementById("aloud");
    const voices = window.speechSynthesis;
    if (!button || !voices) return;
    const blocks = [...document.querySelectorAll(".reader-text :is(p, h1, h2, h3, h4, h5, h6, li, blockquote)")]
        .filter((block) => !block.querySelector("p, li") && block.textContent.trim());
    let voice = null;
    let reading = false;

    function show() {
        voice = voices.getVoices().find((each) => each.localService && /^(zh|cmn)/i.test(each.lang)) ?? null;
        button.hidden = !voice || blocks.length === 0;
        button.textContent = reading ? button.dataset.stop : button.dataset.read;
    }

    function stop() {
        reading = false;
        voices.cancel();
        document.querySelector(".is-read-aloud")?.classList.remove("is-read-aloud");
        show();
    }

    function read(place) {
        document.querySelector(".is-read-aloud")?.classList.remove("is-read-aloud");
        const block = blocks[place];
        if (!reading || !block) return stop();
        const words = new SpeechSynthesisUtterance(block.textContent);
        words.voice = voice;
        words.lang = voice.lang;
        words.addEventListener("end", () => reading && read(place + 1));
        words.addEventListener("error", stop);
        block.classList.add("is-read-aloud");
        const box = block.getBoundingClientRect();
        if (box.top < 0 || box.bottom > innerHeight) block.scrollIntoView({ block: "center" });
        voices.speak(words);
    }

    button.addEventListener("click", () => {
        if (reading) return stop();
        reading = true;
        show();
        const first = blocks.findIndex((block) => block.getBoundingClientRect().bottom > 0);
        read(Math.max(0, first));
    });
    voices.addEventListener?.("voiceschanged", show);
    addEventListener("pagehide", stop);
    show();
})();
