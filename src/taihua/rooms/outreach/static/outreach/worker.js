// Opens the app without a network: its one page and its files, and nothing else of the house.
// The page names nobody; what people write is not here but in store.js. KEPT is written above by
// the server: the app's address and the addresses of its files, which change with their content.
"use strict";

importScripts(...KEPT.scripts); // Store and Sending

const CACHE = `taihua-visits-${KEPT.files.join("").length}-${KEPT.files.join("").split("").reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) >>> 0, 7)}`;
const PATIENCE = 4000;

self.addEventListener("install", (event) => {
    event.waitUntil(
        caches
            .open(CACHE)
            .then((cache) => cache.addAll(KEPT.files).then(() => keepPage(cache)))
            .then(() => self.skipWaiting()),
    );
});

self.addEventListener("activate", (event) => {
    event.waitUntil(
        caches
            .keys()
            .then((names) =>
                Promise.all(
                    names
                        .filter((name) => name.startsWith("taihua-visits-") && name !== CACHE)
                        .map((name) => caches.delete(name)),
                ),
            )
            .then(() => self.clients.claim()),
    );
});

self.addEventListener("fetch", (event) => {
    const { request } = event;
    const path = new URL(request.url).pathname;
    if (request.method !== "GET") return;
    if (request.mode === "navigate" && path === KEPT.page) event.respondWith(page(request));
    else if (KEPT.files.includes(path)) event.respondWith(file(request));
});

async function keepPage(cache) {
    const answer = await fetch(KEPT.page, { credentials: "same-origin" });
    if (isPage(answer)) await cache.put(KEPT.page, answer);
}

// A page that leads to the login is answered, never kept.
const isPage = (answer) => answer.ok && !answer.redirected && answer.type === "basic";

async function page(request) {
    const cache = await caches.open(CACHE);
    const known = await cache.match(KEPT.page, { ignoreVary: true });
    const late = known && new Promise((resolve) => setTimeout(resolve, PATIENCE, known.clone()));
    const fromServer = fetch(request).then(async (answer) => {
        if (isPage(answer)) await cache.put(KEPT.page, answer.clone());
        return answer.status >= 500 && known ? known : answer;
    });
    return Promise.race([fromServer.catch(() => known ?? Response.error()), ...(late ? [late] : [])]);
}

async function file(request) {
    const cache = await caches.open(CACHE);
    return (await cache.match(request, { ignoreVary: true })) ?? fetch(request);
}

// The network is back and the app closed: send what whoever is logged in now has waiting.
self.addEventListener("sync", (event) => {
    if (event.tag === Sending.TAG) event.waitUntil(sendWaiting());
});

async function sendWaiting() {
    const answer = await fetch(KEPT.state, { headers: { Accept: "application/json" } });
    if (answer.redirected || answer.status === 403) return; // logged out: it waits for its writer
    if (!answer.ok) throw new Error(`the house answered ${answer.status}`); // asked again later
    const { owner, seal } = await answer.json();
    if ((await Sending.deliver(owner, seal, KEPT.takeIn)) === null) throw new Error("not taken in");
    for (const page of await self.clients.matchAll()) page.postMessage("sent");
}
