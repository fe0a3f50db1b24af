"""Merge what people wrote with what was generated anew, sentence by sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A sentence ends with its mark and what closes after it; a line ends with its break.
SENTENCE = re.compile(r"[^。！？；\n]*(?:[。！？；]+[”’」』）》]*|\n|$)")


class Choice(StrEnum):
    """What to take where both sides changed the same sentences."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Agreed:
    """Sentences on which there is nothing to choose."""

    text: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sentences that both sides changed, differently."""

    base: str
    mine: str
    theirs: str


type Segment = Agreed | Conflict


def sentences(text: str) -> list[str]:
    r"""The sentences of a text; put together again they are the text.

    >>> sentences("甲。乙；\n丙")
    ['甲。', '乙；', '\n', '丙']
    """
    return [part for part in SENTENCE.findall(text) if part]


def merge(base: str, mine: str, theirs: str) -> list[Segment]:
    """Bring ``mine`` and ``theirs``, both made from ``base``, together.

    A sentence that only one side changed is taken from that side; where both made the same
    change, it is taken once; where they differ, a conflict holds both in full.
    """
    old, ours, new = sentences(base), sentences(mine), sentences(theirs)
    merged: list[Segment] = []
    for chunk in _chunks(old, ours, new):
        was, is_mine, is_theirs = ("".join(part) for part in chunk)
        if is_theirs in (is_mine, was):
            _append(merged, Agreed(is_mine))
        elif is_mine == was:
            _append(merged, Agreed(is_theirs))
        else:
            merged.append(Conflict(was, is_mine, is_theirs))
    return merged


def conflicts(segments: Sequence[Segment]) -> list[Conflict]:
    return [segment for segment in segments if isinstance(segment, Conflict)]


def settled(segments: Sequence[Segment], choices: Sequence[Choice] = ()) -> str:
    """The text, with each conflict settled by its choice; without one, what people wrote stays."""
    asked = iter(choices)
    return "".join(
        segment.text if isinstance(segment, Agreed) else _chosen(segment, next(asked, Choice.MINE))
        for segment in segments
    )


def _chosen(conflict: Conflict, choice: Choice) -> str:
    match choice:
        case Choice.MINE:
            return conflict.mine
        case Choice.THEIRS:
            return conflict.theirs
        case Choice.BOTH:
            return conflict.mine + conflict.theirs


def _append(merged: list[Segment], segment: Agreed) -> None:
    if merged and isinstance(merged[-1], Agreed):
        merged[-1] = Agreed(merged[-1].text + segment.text)
    elif segment.text:
        merged.append(segment)


type Chunk = tuple[list[str], list[str], list[str]]


def _chunks(old: list[str], mine: list[str], theirs: list[str]) -> Iterator[Chunk]:
    """The three texts cut at the same places: stretches all three share, and those between."""
    to_mine, to_theirs = _matches(old, mine), _matches(old, theirs)
    at_old = at_mine = at_theirs = 0
    for index in range(len(old)):
        if index not in to_mine or index not in to_theirs:
            continue
        here = to_mine[index], to_theirs[index]
        yield from _split(old[at_old:index], mine[at_mine : here[0]], theirs[at_theirs : here[1]])
        at_old, at_mine, at_theirs = index + 1, here[0] + 1, here[1] + 1
        yield [old[index]], [mine[here[0]]], [theirs[here[1]]]
    yield from _split(old[at_old:], mine[at_mine:], theirs[at_theirs:])


def _split(old: list[str], mine: list[str], theirs: list[str]) -> Iterator[Chunk]:
    """A stretch that changed: sentence by sentence where all sides have as many, else whole."""
    if len(old) == len(mine) == len(theirs):
        yield from (([a], [b], [c]) for a, b, c in zip(old, mine, theirs, strict=True))
    else:
        yield old, mine, theirs


def _matches(old: list[str], new: list[str]) -> dict[int, int]:
    """Where each sentence of ``old`` that is kept stands in ``new``."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}
