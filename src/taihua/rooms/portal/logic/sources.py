"""From which clause of a draft each clause of a final text comes (来自哪一条), where nobody said it yet.

The answer is that of comparing every clause with every other and taking the most alike first. What
reads the same is taken at once. Of all other pairs it is told how alike they are at the most: by the
letters of both, then by those that stand in one order; only the pair that may be the most alike of
those left is ever compared stretch by stretch.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Container, Iterator, Mapping, Sequence
from heapq import heappop, heappush

from taihua.rooms.portal.logic.matrix import Draft
from taihua.rooms.portal.logic.shared import Shared, in_one_order, matching

LIKELY = 0.4  # how alike; below it is taken as new
TRIED = 8  # clauses to which one is held alone, before it is held to all at once
COMPARED = 2  # by the letters in one order, then stretch by stretch


def likely_sources(drafts: Sequence[Draft], finals: Sequence[str]) -> list[frozenset[int]]:
    """For each clause of a final text the clause of the draft it most likely comes from.

    The most alike first, each clause of the draft once; what is like none is taken as new.
    """
    taken = _unchanged(drafts, finals)
    free = set(range(len(drafts))).difference(taken.values())
    held: Counter[int] = Counter()
    offers = _offers([draft.words for draft in drafts], finals, free, held)
    pairs = [
        pair for number in offers if number not in taken and (pair := next(offers[number], None))
    ]
    pairs.sort()
    while pairs and free:
        _most, at, number, told = heappop(pairs)
        if number in taken:
            continue
        if told == 0 and (pair := next(offers[number], None)):
            heappush(pairs, pair)
        if at not in free:
            continue
        if told == COMPARED:
            taken[number] = at
            free.discard(at)
            continue
        held[number] += told == 0
        before, after = drafts[at].words, finals[number]
        letters = matching(before, after) if told else in_one_order(before, after)
        ratio = 2.0 * letters / (len(before) + len(after))
        if ratio >= LIKELY:
            heappush(pairs, (-ratio, at, number, told + 1))
    return [
        frozenset([drafts[taken[number]].key]) if number in taken else frozenset()
        for number in range(len(finals))
    ]


type Pair = tuple[float, int, int, int]
"""How alike at the most, negative; the places in draft and final text; how often that was told."""


def _offers(
    drafts: Sequence[str], finals: Sequence[str], free: Container[int], held: Mapping[int, int]
) -> dict[int, Iterator[Pair]]:
    """For each clause of the final text the free ones of the draft it may be like, the likeliest first.

    :param held: to how many of them it was held so far
    """
    places = [at for at in range(len(drafts)) if at in free]
    shared = Shared([drafts[at] for at in places])

    def offers(number: int) -> Iterator[Pair]:
        words, offered = finals[number], set()
        for most, place in _most_first(shared.likeness(words)):
            if held[number] >= TRIED:
                break
            if places[place] in free:
                offered.add(place)
                yield -most, places[place], number, 0
        else:
            return
        for most, place in _most_first(shared.likeness_in_order(words)):
            if place not in offered and places[place] in free:
                yield -most, places[place], number, 0

    return {number: offers(number) for number in range(len(finals))}


def _most_first(likeness: Sequence[float]) -> Iterator[tuple[float, int]]:
    """How alike at the most each may be and its place, while that is enough; of two as alike the first."""
    for place in sorted(range(len(likeness)), key=likeness.__getitem__, reverse=True):
        if likeness[place] < LIKELY:
            return
        yield likeness[place], place


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
