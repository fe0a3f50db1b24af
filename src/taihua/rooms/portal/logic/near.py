"""Opinions that say nearly the same (近似意见), told by the runs of letters they share."""

import re
from collections.abc import Hashable, Mapping
from itertools import combinations

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
    """
    told = {key: runs(text) for key, text in texts.items()}
    first: dict[K, K] = {key: key for key in texts}
    for one, other in combinations(texts, 2):
        if likeness(told[one], told[other]) >= alike:
            kept, gone = _root(first, one), _root(first, other)
            first[gone] = kept
    groups: dict[K, list[K]] = {}
    for key in texts:
        groups.setdefault(_root(first, key), []).append(key)
    return [keys for keys in groups.values() if len(keys) > 1]


def _root[K: Hashable](first: dict[K, K], key: K) -> K:
    while first[key] != key:
        key = first[key]
    return key
