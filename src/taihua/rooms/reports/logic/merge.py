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
        case _:
            return conflict.mine + conflict.theirs


def _append(merged: list[Segment], segment: Agreed) -> None:
    if merged and isinstance(merged[-1], Agreed):
        merged[-1] = Agreed(merged[-1].text + segment.text)
    elif segment.text:
        merged.append(segment)


type Chunk = tuple[list[str], list[str], list[str]]


@dataclass(frozen=True, slots=True)
class Edit:
    """On one side, ``new`` stands for the sentences ``first`` up to ``end`` of the base."""

    first: int
    end: int
    new: tuple[str, ...]
    is_mine: bool

    def meets(self, other: "Edit") -> bool:
        """Whether both touch the same sentences, or add at the same place."""
        adding = self.first == self.end == other.first == other.end
        return adding or (self.first < other.end and other.first < self.end)


def _chunks(old: list[str], mine: list[str], theirs: list[str]) -> Iterator[Chunk]:
    """The three texts cut at the same places: what both kept, and what either changed."""
    at = 0
    for group in _groups([*_edits(old, mine, is_mine=True), *_edits(old, theirs, is_mine=False)]):
        first, end = min(edit.first for edit in group), max(edit.end for edit in group)
        yield old[at:first], old[at:first], old[at:first]
        was = old[first:end]
        ours = _applied(old, first, end, [edit for edit in group if edit.is_mine])
        new = _applied(old, first, end, [edit for edit in group if not edit.is_mine])
        if len(was) == len(ours) == len(new):
            yield from (([a], [b], [c]) for a, b, c in zip(was, ours, new, strict=True))
        else:
            yield was, ours, new
        at = end
    yield old[at:], old[at:], old[at:]


def _edits(old: list[str], new: list[str], *, is_mine: bool) -> Iterator[Edit]:
    for tag, first, end, start, stop in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            yield Edit(first, end, tuple(new[start:stop]), is_mine)


def _groups(edits: list[Edit]) -> list[list[Edit]]:
    """The edits in the order of the base, those that meet together."""
    groups: list[list[Edit]] = []
    for edit in sorted(edits, key=lambda each: (each.first, each.end, each.is_mine)):
        if groups and any(edit.meets(other) for other in groups[-1]):
            groups[-1].append(edit)
        else:
            groups.append([edit])
    return groups


def _applied(old: list[str], first: int, end: int, edits: list[Edit]) -> list[str]:
    """The sentences ``first`` up to ``end`` of the base as one side has them."""
    written: list[str] = []
    for edit in edits:
        written += [*old[first : edit.first], *edit.new]
        first = edit.end
    return written + old[first:end]
