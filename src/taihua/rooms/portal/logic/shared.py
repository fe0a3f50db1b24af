"""How many letters texts share: one with many in one order, and one with another stretch by stretch.

A bit stands for each letter of each text; all texts lie side by side in one number, each in words of
its own with a bit to spare, so that what is carried in one never reaches the next.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from struct import Struct

WORD = 64  # bits
BYTE = 8


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

    def alike(self, text: str, tenths: int) -> Iterator[tuple[int, int]]:
        """Which texts may be that much like ``text``, and how many letters both have in one order.

        How alike two texts are is told by the letters they share against the letters they have; no
        comparison finds more of them than stand in both in one order.
        """
        told = [0, *accumulate(map(int.bit_count, self.packed.unpack(self._left_by(text))))]
        for number, (first, end, length) in enumerate(self.lanes):
            letters = length - (told[end] - told[first])
            if 20 * letters >= tenths * (length + len(text)):
                yield number, letters

    def _left_by(self, text: str) -> bytes:
        """What stands when each letter of ``text`` went by: a bit falls if its letter ends a longer row."""
        row = self.every
        for letter in text:
            if letter in self.places:
                there = row & self.places[letter]
                row = ((row + there) | (row - there)) & self.every
        return row.to_bytes(self.packed.size, "little")


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
