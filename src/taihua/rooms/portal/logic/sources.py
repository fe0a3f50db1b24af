"""From which clause of a draft each clause of a final text comes (来自哪一条), where nobody said it yet.

The answer is that of comparing every clause with every other and taking the most alike first. What
reads the same is taken at once. Of all other pairs it is told how alike they are at the most, and
only the pair that may be the most alike of those left is ever compared.
"""

from collections import defaultdict, deque
from collections.abc import Container, Sequence
from heapq import heapify, heappop, heappush

from taihua.rooms.portal.logic.matrix import Draft
from taihua.rooms.portal.logic.shared import Shared, matching

LIKELY = 4  # tenths: how alike; below it is taken as new


def likely_sources(drafts: Sequence[Draft], finals: Sequence[str]) -> list[frozenset[int]]:
    """For each clause of a final text the clause of the draft it most likely comes from.

    The most alike first, each clause of the draft once; what is like none is taken as new.
    """
    taken = _unchanged(drafts, finals)
    free = set(range(len(drafts))).difference(taken.values())
    pairs = _likely(drafts, finals, sorted(free), taken)
    heapify(pairs)
    while pairs and free:
        _most, compared, at, number = heappop(pairs)
        if number in taken or at not in free:
            continue
        if compared:
            taken[number] = at
            free.discard(at)
        else:
            before, after = drafts[at].words, finals[number]
            ratio = _ratio(matching(before, after), before, after)
            if ratio >= LIKELY / 10:
                heappush(pairs, (-ratio, True, at, number))
    return [
        frozenset([drafts[taken[number]].key]) if number in taken else frozenset()
        for number in range(len(finals))
    ]


type Pair = tuple[float, bool, int, int]
"""How alike at the most, negative; whether that was compared; the places in draft and final text."""


def _likely(
    drafts: Sequence[Draft], finals: Sequence[str], free: Sequence[int], taken: Container[int]
) -> list[Pair]:
    """The pairs of free clauses that may be alike: they share enough letters in one order."""
    shared = Shared([drafts[at].words for at in free])
    found: list[Pair] = []
    for number, words in enumerate(finals):
        if number in taken:
            continue
        for place, letters in shared.alike(words, LIKELY):
            at = free[place]
            found.append((-_ratio(letters, drafts[at].words, words), False, at, number))
    return found


def _ratio(letters: int, before: str, after: str) -> float:
    return 2.0 * letters / (len(before) + len(after))


def _unchanged(drafts: Sequence[Draft], finals: Sequence[str]) -> dict[int, int]:
    """The place in the draft of each clause that reads the same, by its number in the final text."""
    numbers: dict[str, deque[int]] = defaultdict(deque)
    for number, words in enumerate(finals):
        numbers[words].append(number)
    return {
        numbers[draft.words].popleft(): at
        for at, draft in enumerate(drafts)
        if numbers.get(draft.words)
    }
