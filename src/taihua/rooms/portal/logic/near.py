"""Opinions that say nearly the same (近似意见), told by the runs of letters they share.

The answer is that of comparing all pairs, but only those are compared that can be alike. For that a
bit stands for each text: which texts have a run is one large number, and adding such numbers up, in
binary and for all texts at once, tells which of them share enough runs with the one at hand.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from math import ceil

RUN = 2  # letters of a run: a Chinese word is about that long
ALIKE = 0.35
SILENT = re.compile(r"[\W_]+")


def runs(text: str) -> frozenset[str]:
    """The runs of letters in a text, without blanks and punctuation."""
    plain = SILENT.sub("", text).lower()
    if len(plain) <= RUN:
        return frozenset([plain] if plain else [])
    return frozenset(plain[at : at + RUN] for at in range(len(plain) - RUN + 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of runs that both have (Jaccard): 1 for the same, 0 for nothing in common."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0


def near_groups[K: Hashable](texts: Mapping[K, str], alike: float = ALIKE) -> list[list[K]]:
    """Which texts hang together because each is like another of them; those alone are left out.

    The order is that of the texts. A suggestion for somebody to look at, never a verdict.

    :param alike: the least likeness, above 0 and at most 1
    """
    told = {key: said for key, text in texts.items() if (said := runs(text))}
    group_of = _hanging_together(set(told.values()), alike)
    groups: dict[int, list[K]] = {}
    for key, said in told.items():
        groups.setdefault(group_of[said], []).append(key)
    return [keys for keys in groups.values() if len(keys) > 1]


def _hanging_together(sets: Iterable[frozenset[str]], alike: float) -> dict[frozenset[str], int]:
    """The number of the group in which each set is."""
    by_size = sorted(sets, key=len)
    share = Fraction(str(alike))  # as it is written: 0.1 is a tenth
    having: dict[str, int] = defaultdict(int)
    above: list[int] = []  # from a set to a later one of its group, at last to itself
    members: list[int] = []
    for number, said in enumerate(by_size):
        mine = 1 << number
        above.append(number)
        # Sets that are alike share so many of the runs of the larger: it is the one at hand.
        likely = _sharing(said, having, ceil(share * len(said)))
        while likely:
            other = likely.bit_length() - 1
            likely ^= 1 << other
            if likeness(by_size[other], said) >= alike:
                last = _last(above, other)
                above[last] = number
                mine |= members[last]
                likely &= ~mine
        members.append(mine)
        for run in said:
            having[run] |= 1 << number
    return {said: _last(above, number) for number, said in enumerate(by_size)}


def _sharing(said: frozenset[str], having: Mapping[str, int], least: int) -> int:
    """Which of the sets share at least so many runs with ``said``, a bit for each.

    ``digits`` are counters in binary, a bit of each for each set. They begin so that they overflow
    when a set has shared its ``least``.
    """
    size = least.bit_length()
    everybody = -1
    digits = [everybody if (2**size - least) >> place & 1 else 0 for place in range(size)]
    enough = 0
    for run in said:
        carry = having.get(run, 0)
        for place in range(size):
            if not carry:
                break
            digits[place], carry = digits[place] ^ carry, digits[place] & carry
        enough |= carry
    return enough


def _last(above: list[int], number: int) -> int:
    while above[number] != number:
        above[number] = above[above[number]]
        number = above[number]
    return number
