"""How many letters texts share: one with many in one order, and one with another stretch by stretch.

A bit stands for each letter of each text; all texts lie side by side in one number, each in words of
its own with a bit to spare, so that what is carried in one never reaches the next.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from struct import Struct

WORD = 64  # bits
BYTE = 8
COUNT = 32  # bits for how many letters of a text


class Shared:
    """Some texts, to be asked how much of another they share."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.lanes: list[tuple[int, int, int]] = []
        words = 0
        for text in texts:
            self.lanes.append((words, words := words + len(text) // WORD + 1, len(text)))
        self.packed = Struct(f"<{words}Q")
        places: dict[str, bytearray] = {}
        every = bytearray(self.packed.size)
        for text, (first, _end, _length) in zip(texts, self.lanes, strict=True):
            for place, letter in enumerate(text, first * WORD):
                if letter not in places:
                    places[letter] = bytearray(self.packed.size)
                places[letter][place // BYTE] |= 1 << place % BYTE
                every[place // BYTE] |= 1 << place % BYTE
        self.places = {letter: int.from_bytes(there, "little") for letter, there in places.items()}
        self.every = int.from_bytes(every, "little")
        self.counts = Struct(f"<{len(texts)}I")
        self.having = _having(texts)

    def likeness(self, text: str) -> list[float]:
        """How alike each is to ``text`` at the most: the letters of both, wherever they stand."""
        there = sum([self.having.get(sign, 0) for sign in _signs(text)])
        return self._likeness(self.counts.unpack(there.to_bytes(self.counts.size, "little")), text)

    def likeness_in_order(self, text: str) -> list[float]:
        """How alike each is to ``text`` at the most: the letters that stand in both in one order.

        No comparison stretch by stretch finds more of them.
        """
        left = _left_by(text, self.places, self.every).to_bytes(self.packed.size, "little")
        told = [0, *accumulate(map(int.bit_count, self.packed.unpack(left)))]
        letters = [length - (told[end] - told[first]) for first, end, length in self.lanes]
        return self._likeness(letters, text)

    def _likeness(self, letters: Iterable[int], text: str) -> list[float]:
        size = len(text)
        lengths = [length for _first, _end, length in self.lanes]
        return [
            2.0 * many / (length + size or 1) for many, length in zip(letters, lengths, strict=True)
        ]


def in_one_order(before: str, after: str) -> int:
    """How many letters both have in one order."""
    places: dict[str, int] = defaultdict(int)
    for place, letter in enumerate(before):
        places[letter] |= 1 << place
    return len(before) - _left_by(after, places, (1 << len(before)) - 1).bit_count()


def _left_by(text: str, places: Mapping[str, int], every: int) -> int:
    """What stands when each letter of ``text`` went by: a bit falls if its letter ends a longer row."""
    row = every
    for letter in text:
        if letter in places:
            there = row & places[letter]
            row = ((row + there) | (row - there)) & every
    return row


def _signs(text: str) -> Iterator[tuple[str, int]]:
    """Each letter with its number among those of its kind."""
    seen: Counter[str] = Counter()
    for letter in text:
        seen[letter] += 1
        yield letter, seen[letter]


def _having(texts: Iterable[str]) -> dict[tuple[str, int], int]:
    """For each sign a number with a 1 in the place of each text that has it."""
    having: dict[tuple[str, int], int] = defaultdict(int)
    for number, text in enumerate(texts):
        for sign in _signs(text):
            having[sign] |= 1 << COUNT * number
    return having


def stretches_in_both(before: str, after: str) -> list[tuple[int, int, int]]:
    """What stands in both, in order: where in ``before``, where in ``after``, how many letters.

    The stretches of difflib, sooner: the longest first, of several that long the earliest in
    ``before``, then the earliest in ``after``; then what lies to the left and to the right of it.
    """
    found, parts = [], [(0, len(before), 0, len(after))]
    while parts:
        first, end, low, high = parts.pop()
        at = best = first
        size = 0
        while at + size < end:
            if after.find(before[at : at + size + 1], low, high) >= 0:
                best, size = at, size + 1
            else:
                at += 1
        if size:
            there = after.find(before[best : best + size], low, high)
            found.append((best, there, size))
            parts += [(first, best, low, there), (best + size, end, there + size, high)]
    return sorted(found)


def matching(before: str, after: str) -> int:
    """How many letters stand in the stretches that are in both."""
    return sum(size for _before, _after, size in stretches_in_both(before, after))
