"""What a test does to a phone's browser that no page can: look below the app, change the clock, end it."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

RAW = """async () => {
    const base = await new Promise((done) => {
        indexedDB.open("taihua-visits").onsuccess = (event) => done(event.target.result);
    });
    const all = (table) => new Promise((done) => {
        base.transaction(table).objectStore(table).getAll().onsuccess = (e) => done(e.target.result);
    });
    const rows = await all("items");
    const words = rows.map((row) => JSON.stringify(row) + new TextDecoder().decode(row.data));
    return [words.join(), (await all("keys")).map((key) => key.extractable)];
}"""
RUIN = """async () => {
    const base = await new Promise((done) => {
        indexedDB.open("taihua-visits").onsuccess = (event) => done(event.target.result);
    });
    const items = base.transaction("items", "readwrite").objectStore("items");
    const rows = await new Promise((done) => {
        items.getAll().onsuccess = (event) => done(event.target.result);
    });
    new Uint8Array(rows[0].data)[3] ^= 255;
    items.put(rows[0]);
}"""
A_DAY_AHEAD = """
    const True = Date;
    Date = class extends True {
        constructor(...given) { given.length ? super(...given) : super(True.now() + 86400000); }
        static now() { return True.now() + 86400000; }
    };
"""
AWAKE = """() => Promise.race([
    navigator.serviceWorker.ready,
    new Promise((_, no) => setTimeout(no, 20000, Error(`no worker at ${location}`))),
]).then(() => true)"""
FOUR_AT_ONCE = """async () => {
    const [{ id, content }] = await Store.all(me.owner);
    const told = {
        clock: new Date().toISOString(),
        items: [{ id, owner: me.owner, fields: content.fields }],
    };
    const send = () => fetch(app.dataset.takeIn, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": house.seal },
        body: JSON.stringify(told),
    }).then((answer) => answer.json());
    const answers = await Promise.all([send(), send(), send(), send()]);
    return answers.map((answer) => answer.results[0].outcome);
}"""
ASKED = """async () => {
    const worker = await navigator.serviceWorker.ready;
    for (let tries = 0; tries < 100; tries++) {
        if ((await worker.sync.getTags()).includes("taihua-visits")) return true;
        await new Promise((done) => setTimeout(done, 50));
    }
    return false;
}"""
NO_SYNC = (
    "Object.defineProperty(ServiceWorkerRegistration.prototype, 'sync', { value: undefined });"
)


def knows_who_is_here(phone: Path) -> None:
    """Wait until the browser wrote down who came: it takes its time, some seconds, for that alone."""
    files = phone / "Default" / "Local Storage" / "leveldb"
    until = time.monotonic() + 60
    while not any(b"taihua-visits-here" in file.read_bytes() for file in files.glob("*.log")):
        assert time.monotonic() < until, "the browser writes down nothing"
        time.sleep(0.1)


def kill(phone: Path) -> None:
    """End a phone's browser as a dead battery does: nothing of it gets to do anything more."""
    mine = f"--user-data-dir={phone}".encode()
    groups = set()
    for words in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it ended meanwhile
            if mine in words.read_bytes().split(b"\0"):
                groups.add(os.getpgid(int(words.parent.name)))
    for group in groups - {os.getpgrp()}:
        os.killpg(group, signal.SIGKILL)
