// What a device keeps of visits that were written on it: drafts and what waits to be sent.
// Each account has a key of its own. It is made here, cannot be read out by any script, and
// stays in this browser; where a browser cannot keep such a key the notes are stored as they are.
"use strict";

const Store = (() => {
    const NAME = "taihua-visits";
    let opened;

    function database() {
        opened ??= new Promise((resolve, reject) => {
            const asked = indexedDB.open(NAME, 1);
            asked.onupgradeneeded = () => {
                asked.result.createObjectStore("keys");
                asked.result.createObjectStore("items", { keyPath: "id" }).createIndex("owner", "owner");
            };
            asked.onsuccess = () => resolve(asked.result);
            asked.onerror = () => reject(asked.error);
        });
        return opened;
    }

    // One transaction; it is over when the disk says so ("strict": a dead battery loses nothing).
    async function within(table, mode, work) {
        const transaction = (await database()).transaction(table, mode, { durability: "strict" });
        return new Promise((resolve, reject) => {
            const asked = work(transaction.objectStore(table));
            transaction.oncomplete = () => resolve(asked.result);
            transaction.onerror = () => reject(transaction.error);
            transaction.onabort = () => reject(transaction.error);
        });
    }

    async function keyOf(owner) {
        const known = await within("keys", "readonly", (keys) => keys.get(owner));
        if (known || !globalThis.crypto?.subtle) return known;
        try {
            const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
                "encrypt",
                "decrypt",
            ]);
            // Two tabs at once: the first key stays, the second tab takes it.
            await within("keys", "readwrite", (keys) => keys.add(made, owner)).catch(() => null);
            return await within("keys", "readonly", (keys) => keys.get(owner));
        } catch {
            return undefined;
        }
    }

    async function sealed(owner, content) {
        const key = await keyOf(owner);
        if (!key) return { plain: content };
        const iv = crypto.getRandomValues(new Uint8Array(12));
        const bytes = new TextEncoder().encode(JSON.stringify(content));
        return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
    }

    async function unsealed(row) {
        try {
            if (row.plain) return row.plain;
            const key = await keyOf(row.owner);
            const bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, key, row.data);
            return JSON.parse(new TextDecoder().decode(bytes));
        } catch {
            return null; // one that cannot be read keeps no other from being sent
        }
    }

    const sameBytes = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);
    const sameRow = (one, other) =>
        one.iv && other?.iv
            ? sameBytes(one.iv, other.iv)
            : JSON.stringify(one.plain) === JSON.stringify(other?.plain);

    return {
        canSeal: async (owner) => Boolean(await keyOf(owner)),

        // content: { state, fields, confirmed, words, url }
        async keep(owner, id, content) {
            const row = { id, owner, ...(await sealed(owner, content)) };
            await within("items", "readwrite", (items) => items.put(row));
        },

        // Writes what ``change`` makes of an item (null: nothing), unless the page or the worker has
        // written it meanwhile: then the newer writing stays.
        async change(owner, id, change) {
            const row = await within("items", "readonly", (items) => items.get(id));
            const content = row && change(await unsealed(row));
            if (!content) return;
            const made = { id, owner, ...(await sealed(owner, content)) };
            await within("items", "readwrite", (items) => {
                const asked = items.get(id);
                asked.onsuccess = () => asked.result && sameRow(row, asked.result) && items.put(made);
                return asked;
            });
        },

        // What this account wrote on this device; nobody else's is even read.
        async all(owner) {
            const rows = await within("items", "readonly", (items) => items.index("owner").getAll(owner));
            return Promise.all(rows.map(async (row) => ({ id: row.id, content: await unsealed(row) })));
        },

        drop: (id) => within("items", "readwrite", (items) => items.delete(id)),
    };
})();
