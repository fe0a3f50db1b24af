// The app: write a visit with or without a network, keep it on the device, send it when one can.
"use strict";

const HERE = "taihua-visits-here"; // who is at this device now; page.js takes it away at log-out
const MOMENT = 400;
const HOURS = 3;

const byId = (id) => document.getElementById(id);
const app = byId("app");
const form = byId("note");
const words = Object.fromEntries(
    [...document.querySelectorAll("#words dt")].map((term) => [
        term.textContent,
        term.nextElementSibling.textContent,
    ]),
);

let me = null; // { owner, name }
let house = null; // what the server said of itself, while there is one
let current = null; // the number of the note in the form
let sending = false;
let resting; // until the writer pauses
let typed = 0; // how often something was typed

// --- who is here ------------------------------------------------------------------------------------

function remembered() {
    try {
        return JSON.parse(localStorage.getItem(HERE));
    } catch {
        return null;
    }
}

async function ask() {
    try {
        const answer = await fetch(app.dataset.state, { headers: { Accept: "application/json" } });
        if (answer.redirected || answer.status === 403) {
            localStorage.removeItem(HERE);
            return "stranger";
        }
        if (!answer.ok) return "silent";
        house = await answer.json();
        localStorage.setItem(HERE, JSON.stringify({ owner: house.owner, name: house.name }));
        return "known";
    } catch {
        house = null;
        return "silent";
    }
}

async function arrive() {
    const answer = await ask();
    say("net", answer === "silent" ? words.offline : words.online);
    const now = remembered();
    if (!now) {
        me = null;
    } else if (now.owner !== me?.owner) {
        me = now;
        fresh();
    }
    byId("locked").hidden = Boolean(me);
    byId("open").hidden = !me;
    if (!me) {
        byId("waiting").replaceChildren();
        return form.reset();
    }
    if (!field("day").value) field("day").value = today();
    byId("plain").hidden = await Store.canSeal(me.owner);
    lookAtTheClock();
    await draw();
    if (answer === "known") await send();
}

function lookAtTheClock() {
    const off = house ? (Date.now() - Date.parse(house.real)) / 3_600_000 : 0;
    byId("clock").hidden = Math.abs(off) <= HOURS;
    say("clock", words.clock.replace("#", Math.round(Math.abs(off))));
}

// --- the note in the form ---------------------------------------------------------------------------

const field = (name) => form.elements.namedItem(name);
const say = (id, text) => (byId(id).textContent = text);

function today() {
    if (house) return house.today;
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

// A number that no other device will give; made without a secure context too.
function newNumber() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function fresh() {
    clearTimeout(resting);
    form.reset();
    current = newNumber();
    field("uuid").value = current;
    field("revision").value = 1;
    field("written").value = new Date().toISOString();
    field("day").value = today();
    byId("wrong").hidden = true;
    say("kept", "");
}

const written = () => Object.fromEntries(new FormData(form));

function show(id, fields) {
    fresh();
    current = id;
    for (const [name, value] of Object.entries(fields)) {
        const place = field(name);
        if (place) place.value = value;
    }
    for (const folded of form.querySelectorAll("details")) {
        folded.open ||= [...folded.querySelectorAll("input, textarea, select")].some((each) => each.value);
    }
    byId("note-title").scrollIntoView();
    field("place").focus();
}

function missing() {
    return [...form.elements].filter((each) => each.required && !each.value.trim());
}

// Said to be kept is only what is: not while something newer was typed.
async function keepDraft() {
    if (!me || !current) return;
    const then = typed;
    await Store.keep(me.owner, current, { state: "draft", fields: written() });
    if (then === typed) say("kept", words.kept);
    await draw();
}

form.addEventListener("input", () => {
    typed += 1;
    say("kept", "");
    clearTimeout(resting);
    resting = setTimeout(keepDraft, MOMENT);
});

form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(resting);
    const empty = missing();
    byId("wrong").hidden = empty.length === 0;
    if (empty.length) {
        const names = empty.map((each) => each.labels[0]?.firstChild.textContent.trim());
        say("wrong", words.missing + names.join("、"));
        return byId("wrong").focus();
    }
    await Store.keep(me.owner, current, { state: "queued", fields: written() });
    fresh();
    await draw();
    byId("waiting-title").scrollIntoView();
    await send();
    await sendLater();
});

// --- what waits -------------------------------------------------------------------------------------

async function draw() {
    const items = await Store.all(me.owner);
    byId("waiting").replaceChildren(...items.map(row));
    byId("nothing").hidden = items.length > 0;
    byId("send").hidden = !items.some((item) => item.content?.state === "queued");
}

function row({ id, content }) {
    const made = byId("row").content.cloneNode(true);
    const part = (name) => made.querySelector(`[data-${name}]`);
    const state = content?.state ?? "broken";
    const place = content && field("place").querySelector(`option[value="${CSS.escape(content.fields.place)}"]`);
    const told = [content?.fields.day, content?.fields.place && place?.textContent, content?.fields.topic];
    part("name").textContent = told.filter(Boolean).join(" ") || words.unnamed;
    part("standing").textContent = words[state] + (content?.words ?? "");
    part("edit").hidden = !["draft", "queued", "refused", "asks"].includes(state);
    part("confirm").hidden = state !== "asks";
    part("see").hidden = state !== "taken";
    if (state === "taken") part("see").href = content.url;
    part("edit").addEventListener("click", () => edit(id, content));
    part("confirm").addEventListener("click", () => confirmDay(id, content));
    part("drop").addEventListener("click", () => drop(id, state));
    return made;
}

// Once it may have been sent, a changed note is a newer writing of the same number.
async function edit(id, content) {
    const fields = { ...content.fields };
    if (content.state !== "draft") fields.revision = String(Number(fields.revision) + 1);
    await Store.keep(me.owner, id, { state: "draft", fields });
    show(id, fields);
    await draw();
}

async function confirmDay(id, content) {
    await Store.keep(me.owner, id, { ...content, state: "queued", words: "", confirmed: content.fields.day });
    await draw();
    await send();
}

async function drop(id, state) {
    if (state !== "taken" && !confirm(words["confirm-drop"])) return;
    await Store.drop(id);
    if (id === current) fresh();
    await draw();
}

// --- sending ----------------------------------------------------------------------------------------

async function send() {
    if (sending || !me || !house) return;
    sending = true;
    try {
        const results = await Sending.deliver(me.owner, house.seal, app.dataset.takeIn);
        if (!results) say("said", words.failed);
        else if (results.length) say("said", results.every(isTaken) ? words.sent : "");
    } finally {
        sending = false;
    }
    await draw();
}

const isTaken = (result) => result.outcome === "taken";

// A browser that can wakes the worker once there is a network, though the app be closed by then.
// Others send when the app is opened, when the network comes back, or by the button.
async function sendLater() {
    if (!me || !(await Sending.queued(me.owner)).length) return;
    const worker = await navigator.serviceWorker?.ready;
    await worker?.sync?.register(Sending.TAG).catch(() => null); // forbidden by the phone's owner
}

byId("send").addEventListener("click", arrive);
byId("fresh").addEventListener("click", () => {
    fresh();
    field("place").focus();
});
window.addEventListener("online", arrive);
window.addEventListener("offline", () => say("net", words.offline));
// Somebody logs out in another tab: the way out is still under way, so nothing is asked of the house,
// which would still know him.
window.addEventListener("storage", (event) => {
    if (event.key !== HERE) return;
    if (event.newValue !== null) return arrive();
    me = house = current = null;
    form.reset();
    byId("waiting").replaceChildren();
    byId("open").hidden = true;
    byId("locked").hidden = false;
});
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && arrive());
navigator.serviceWorker?.register(app.dataset.worker);
navigator.serviceWorker?.addEventListener("message", () => me && draw()); // the worker has sent
arrive();
