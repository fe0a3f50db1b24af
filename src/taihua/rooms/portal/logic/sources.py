"""From which clause of a draft each clause of a final text comes (来自哪一条), where nobody said it yet.

The answer is that of comparing every clause with every other and taking the most alike first. Only
those are compared that can still be taken: what reads the same is taken at once, then comes what
shares most of its letters, then what shares fewer.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from taihua.rooms.portal.logic.bits import at_least, counted
from taihua.rooms.portal.logic.matrix import Draft

STEPS = (8, 6, 4)  # tenths: how alike, from one look to the next; below the last it is taken as new
WIDE = 8  # letters: clauses are told apart by how long they are, about
type Letter = tuple[str, int]


def likely_sources(drafts: Sequence[Draft], finals: Sequence[str]) -> list[frozenset[int]]:
    """For each clause of a final text the clause of the draft it most likely comes from.

    The most alike first, each clause of the draft once; what is like none is taken as new.
    """
    taken = _unchanged(drafts, finals)
    looked = _Looked([draft.words for draft in drafts], finals)
    for step in STEPS:
        free = set(range(len(drafts))).difference(taken.values())
        for _ratio, at, number in sorted(looked.pairs(step, free, taken), reverse=True):
            if -number not in taken and -at in free:
                taken[-number] = -at
                free.discard(-at)
    return [
        frozenset([drafts[taken[number]].key]) if number in taken else frozenset()
        for number in range(len(finals))
    ]


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


class _Looked:
    """The clauses of both texts, and what pairs share that were looked at so far."""

    def __init__(self, drafts: Sequence[str], finals: Sequence[str]) -> None:
        self.drafts, self.finals = drafts, finals
        self.places = [_places(words) for words in drafts]
        self.having: dict[Letter, int] = defaultdict(int)
        self.lengths: dict[int, int] = defaultdict(int)  # who is that long, or up to WIDE longer
        for at, words in enumerate(drafts):
            self.lengths[len(words) // WIDE * WIDE] |= 1 << at
            for letter in _letters(words):
                self.having[letter] |= 1 << at
        self.shared: dict[tuple[int, int], int] = {}

    def pairs(
        self, step: int, free: set[int], taken: dict[int, int]
    ) -> Iterator[tuple[float, int, int]]:
        """Every free pair at least so alike: its ratio, and both places as negative numbers."""
        anybody = sum(1 << at for at in free)
        for number in range(len(self.finals)):
            if number in taken:
                continue
            for at in self._likely(number, step, anybody):
                if (ratio := self._ratio(at, number)) >= step / 10:
                    yield ratio, -at, -number

    def _likely(self, number: int, step: int, anybody: int) -> Iterator[int]:
        """The clauses of the draft that share enough letters, in one order, to be so alike."""
        words = self.finals[number]
        digits = counted(_letters(words), self.having)
        likely = 0
        for length, those in self.lengths.items():
            enough = -(-step * (len(words) + length) // 20)
            likely |= at_least(digits, enough, those & anybody)
        while likely:
            at = likely.bit_length() - 1
            likely ^= 1 << at
            if 20 * self._shared(at, number) >= step * (len(words) + len(self.drafts[at])):
                yield at

    def _shared(self, at: int, number: int) -> int:
        """How many letters both have in one order; no comparison finds more.

        A bit stands for each letter of the draft: it falls as soon as it ends a longer row.
        """
        if (at, number) not in self.shared:
            places, size = self.places[at], len(self.drafts[at])
            row = every = (1 << size) - 1
            for letter in self.finals[number]:
                there = row & places.get(letter, 0)
                row = ((row + there) | (row - there)) & every
            self.shared[at, number] = size - row.bit_count()
        return self.shared[at, number]

    def _ratio(self, at: int, number: int) -> float:
        told = SequenceMatcher(a=self.drafts[at], b=self.finals[number], autojunk=False)
        return told.ratio()


def _letters(words: str) -> Iterator[Letter]:
    """Its letters, each with how often it came before, so that counting them counts each."""
    return ((letter, nth) for letter, often in Counter(words).items() for nth in range(often))


def _places(words: str) -> dict[str, int]:
    """Where each letter stands, a bit for each place."""
    found: dict[str, int] = defaultdict(int)
    for place, letter in enumerate(words):
        found[letter] |= 1 << place
    return dict(found)
