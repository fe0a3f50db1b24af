"""Opinion ↔ clause ↔ difference (意见对照): what still stands between a draft and its final text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from taihua.rooms.portal.logic.clauses import same
from taihua.rooms.portal.logic.shared import stretches_in_both


@dataclass(frozen=True, slots=True)
class Draft:
    """A clause of the draft, by its key."""

    key: int
    words: str


@dataclass(frozen=True, slots=True)
class Final:
    """A clause of the final text and the clauses of the draft from which it comes; none: it is new."""

    words: str
    sources: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one opinion: adopted in whole or part (``heeded``) or not, and where.

    :param clause: the clause of the draft that it changed
    :param adds: it brought a clause of its own
    """

    opinion: int
    answered: bool
    heeded: bool = False
    clause: int | None = None
    adds: bool = False


class Lack(StrEnum):
    """What is missing."""

    NO_FINAL = "no-final"
    UNANSWERED = "unanswered"
    NO_CLAUSE = "no-clause"
    UNCHANGED = "unchanged"
    NOT_ADDED = "not-added"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that keeps the final text from being published, and the opinion it is about."""

    lack: Lack
    opinion: int | None = None


def changed(drafts: Iterable[Draft], finals: Sequence[Final]) -> dict[int, bool]:
    """For each clause of the draft whether the final text says something else, or drops it."""
    after: dict[int, list[str]] = {}
    for final in finals:
        for source in final.sources:
            after.setdefault(source, []).append(final.words)
    return {
        draft.key: not (draft.key in after and same(draft.words, "\n".join(after[draft.key])))
        for draft in drafts
    }


def missing(
    drafts: Iterable[Draft], finals: Sequence[Final], answers: Iterable[Answer]
) -> list[Missing]:
    """All that is missing, in the order of the opinions; empty: it may be published."""
    found = [] if finals else [Missing(Lack.NO_FINAL)]
    differs = changed(drafts, finals)
    has_new = any(not final.sources for final in finals)
    found += [
        Missing(lack, answer.opinion)
        for answer in answers
        if (lack := _lack(answer, differs, has_new))
    ]
    return found


def _lack(answer: Answer, differs: Mapping[int, bool], has_new: bool) -> Lack | None:  # noqa: FBT001
    if not answer.answered:
        return Lack.UNANSWERED
    if not answer.heeded:
        return None
    if answer.adds:
        return None if has_new else Lack.NOT_ADDED
    if answer.clause is None:
        return Lack.NO_CLAUSE
    return None if differs.get(answer.clause) else Lack.UNCHANGED


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some letters, and whether they stayed (same), went (del) or came (ins)."""

    mark: str
    text: str


def stretches(before: str, after: str) -> list[Stretch]:
    """The difference letter by letter: without ins it is ``before``, without del ``after``."""
    if before == after:
        return [Stretch("same", before)] if before else []
    found: list[Stretch] = []
    at = there = 0
    for begin, other, size in [*stretches_in_both(before, after), (len(before), len(after), 0)]:
        found += [
            Stretch(mark, text)
            for mark, text in (
                ("del", before[at:begin]),
                ("ins", after[there:other]),
                ("same", before[begin : begin + size]),
            )
            if text
        ]
        at, there = begin + size, other + size
    return found
