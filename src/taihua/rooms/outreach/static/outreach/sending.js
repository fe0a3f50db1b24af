// Sends what waits on the device; the page does it while it is open, the worker when it is not.
"use strict";

const Sending = (() => {
    const TAG = "taihua-visits";

    const queued = async (owner) =>
        (await Store.all(owner)).filter((item) => item.content?.state === "queued");

    // Whatever becomes of the answer, what was not confirmed stays and is sent again: the number
    // makes a second time harmless. Gives back what became of each, or null where none got through.
    async function deliver(owner, seal, address) {
        const items = await queued(owner);
        if (!items.length) return [];
        const answer = await fetch(address, {
            method: "POST",
            headers: { "Content-Type": "application/json", "X-CSRFToken": seal },
            body: JSON.stringify({
                clock: new Date().toISOString(),
                items: items.map(({ id, content }) => ({
                    id,
                    owner,
                    fields: content.fields,
                    confirmed: content.confirmed ?? "",
                })),
            }),
        }).catch(() => null);
        if (!answer?.ok || answer.redirected) return null;
        const { results } = await answer.json();
        const sent = new Map(items.map((item) => [item.id, item.content]));
        for (const result of results) if (sent.has(result.id)) await settle(owner, result, sent.get(result.id));
        return results;
    }

    // What was taken up again or thrown away while the answer was on its way is not touched by it.
    const settle = (owner, result, content) =>
        Store.change(owner, result.id, (now) =>
            now?.state === "queued" && now.fields.revision === content.fields.revision
                ? { ...content, state: result.outcome, words: result.words, url: result.url }
                : null,
        );

    return { TAG, queued, deliver };
})();
