"""Opinions that say nearly the same (近似意见), told by the runs of letters they share.

The answer is that of comparing all pairs, but only those are compared that can be alike: which texts
share enough runs with the one at hand is counted for all of them at once.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from math import ceil

from taihua.rooms.portal.logic.bits import at_least, counted

RUN = 2  # letters of a run: a Chinese word is about that long
ALIKE = 0.35
SILENT = re.compile(r"[\W_]+")


def runs(text: str) -> frozenset[str]:
    """The runs of letters in a text, without blanks and punctuation."""
    plain = _plain(text)
    if len(plain) <= RUN:
        return frozenset([plain] if plain else [])
    return frozenset(plain[at : at + RUN] for at in range(len(plain) - RUN + 1))


def _plain(text: str) -> str:
    return SILENT.sub("", text).lower()


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of runs that both have (Jaccard): 1 for the same, 0 for nothing in common."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0


def alike_to[K: Hashable](text: str, texts: Mapping[K, str], alike: float = ALIKE) -> list[K]:
    """Which texts are like one, in their order: those with which it hangs together at once."""
    said = runs(text)
    enough = ceil(Fraction(str(alike)) * len(said))
    return [
        key
        for key, other in texts.items()
        if said and _shared(said, other) >= enough and likeness(said, runs(other)) >= alike
    ]


def _shared(said: frozenset[str], other: str) -> int:
    """How many of the runs are in the other text, sooner than by taking that apart."""
    plain = _plain(other)
    return sum([run in plain for run in said])


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
        likely = at_least(counted(said, having), ceil(share * len(said)), mine - 1)
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


def _last(above: list[int], number: int) -> int:
    while above[number] != number:
        above[number] = above[above[number]]
        number = above[number]
    return number
