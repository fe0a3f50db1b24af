"""What an editor changed in a text, letter by letter (修改痕迹)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

SHORTEST = 2  # letters: a shorter run between two changes reads worse than one change


class Trace(StrEnum):
    """What became of some words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """Some words, and what became of them."""

    trace: Trace
    text: str


def tracked(before: str, after: str) -> list[list[Run]]:
    """The changes from one text to another, paragraph by paragraph.

    The runs that are the same or removed give ``before`` again, those the same or added ``after``.
    Paragraphs are set against each other first, so that a long text stays quick.
    """
    old, new = before.split("\n"), after.split("\n")
    found: list[list[Run]] = []
    for kind, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [[Run(Trace.SAME, line)] for line in old[i:j]]
        else:
            found += _paired(old[i:j], new[k:m])
    return found


def is_changed(paragraphs: Sequence[Sequence[Run]]) -> bool:
    """Whether anything differs."""
    return any(run.trace is not Trace.SAME for runs in paragraphs for run in runs)


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[list[Run]]:
    """Changed paragraphs side by side; those without a partner are wholly removed or added."""
    both = min(len(old), len(new))
    for before, after in zip(old[:both], new[:both], strict=True):
        yield list(_letters(before, after))
    for before in old[both:]:
        yield [Run(Trace.REMOVED, before)]
    for after in new[both:]:
        yield [Run(Trace.ADDED, after)]


def _letters(before: str, after: str) -> Iterator[Run]:
    removed = added = ""
    for kind, i, j, k, m in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        inside = removed or added
        if kind == "equal" and (not inside or j - i >= SHORTEST or j == len(before)):
            yield from _change(removed, added)
            removed = added = ""
            yield Run(Trace.SAME, before[i:j])
        else:
            removed += before[i:j]
            added += after[k:m]
    yield from _change(removed, added)


def _change(removed: str, added: str) -> Iterator[Run]:
    if removed:
        yield Run(Trace.REMOVED, removed)
    if added:
        yield Run(Trace.ADDED, added)
