"""Puts on record what the rooms say happened, in the order in which it became known."""

import random
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import groupby
from uuid import UUID

from taihua.base.clock import ZONE
from taihua.kernel.house import Room, Story
from taihua.kernel.org.models import Account
from taihua.kernel.records.actions import Draft, record_many, void
from taihua.kernel.records.queries import Statement

LATE_SHARE = 0.03
LATE = timedelta(days=7)
TWICE_EVERY = 250  # one row in so many was entered twice by mistake
NOTICED_AFTER = timedelta(days=2)
CHUNK = 2000

type Line = list[Draft]
"""What belongs together: the statements of one row of a ledger, or one by itself."""


@dataclass(frozen=True, slots=True)
class Told:
    """How much was put on record."""

    statements: int
    late: int
    voided: int


def ask_rooms(story: Story, rooms: Sequence[Room]) -> Iterator[tuple[Room, int]]:
    """Let each room add what happened in it; tells after each how much that was."""
    for room in rooms:
        if room.demo is not None:
            before = len(story.drafts)
            room.demo(story)
            yield room, len(story.drafts) - before


def tell(story: Story, by: Account, seed: int) -> Told:
    """Record every draft of the story; some late, some twice, and the second taken back."""
    rng = random.Random(f"telling-{seed}")  # noqa: S311  # no secret hangs on it
    end = datetime.combine(story.on, time(8), ZONE)
    lines = [_written(line, end, rng) for line in _lines(story.drafts)]
    mistakes = _mistakes(lines, end, rng)
    wrong = {draft.uuid for line in mistakes for draft in line}
    drafts = sorted((draft for line in [*lines, *mistakes] for draft in line), key=_known)
    _put_on_record(drafts, wrong, by)
    late = sum(_known(draft) - _happened(draft) > LATE for line in lines for draft in line)
    return Told(len(drafts) + len(wrong), late, len(wrong))


def end(story: Story) -> int:
    """Do what waited for all that is on record, the earliest first; tells how many things."""
    endings = sorted(story.ending, key=lambda each: each[0])
    for at, do in endings:
        do(at)
    return len(endings)


def _put_on_record(drafts: Sequence[Draft], wrong: Collection[UUID], by: Account) -> None:
    """Record in order of time; what is wrong is noticed some days later and taken back then."""
    mistaken: list[tuple[datetime, Statement]] = []
    for chunk in _chunks(drafts, wrong):
        while mistaken and mistaken[0][0] <= _known(chunk[0]):
            _take_back(*mistaken.pop(0), by)
        told = record_many(chunk, at=_known(chunk[-1]), entered_by=by)
        mistaken += [(each.stored_at + NOTICED_AFTER, each) for each in told if each.uuid in wrong]
    for noticed in mistaken:
        _take_back(*noticed, by)


def _chunks(drafts: Sequence[Draft], wrong: Collection[UUID]) -> Iterator[list[Draft]]:
    """The drafts in pieces that end where a mistake is noticed."""
    ends = [_known(draft) + NOTICED_AFTER for draft in drafts if draft.uuid in wrong]
    chunk: list[Draft] = []
    for draft in drafts:
        if chunk and (len(chunk) == CHUNK or (ends and ends[0] <= _known(draft))):
            yield chunk
            chunk = []
        while ends and ends[0] <= _known(draft):
            ends.pop(0)
        chunk.append(draft)
    if chunk:
        yield chunk


def _lines(drafts: Iterable[Draft]) -> list[Line]:
    grouped = groupby(drafts, key=lambda draft: draft.row_key or draft.uuid)
    return [list(line) for _key, line in grouped]


def _written(line: Line, end: datetime, rng: random.Random) -> Line:
    """A line with the moment at which somebody entered it; the clerk is late with some rows."""
    delay = timedelta()
    if line[0].row_key and rng.random() < LATE_SHARE:
        delay = timedelta(days=rng.randrange(8, 30))
    return [
        replace(draft, stored_at=max(min(_known(draft) + delay, end), _happened(draft)))
        for draft in line
    ]


def _mistakes(lines: Sequence[Line], end: datetime, rng: random.Random) -> list[Line]:
    """Rows that were entered a second time, an hour later."""
    rows = [each for each in lines if each[0].row_key and _known(each[0]) + 2 * NOTICED_AFTER < end]
    return [
        [_again(draft, f"{line[0].row_key}-2", rng) for draft in line]
        for line in rng.sample(rows, len(rows) // TWICE_EVERY)
    ]


def _again(draft: Draft, row_key: str, rng: random.Random) -> Draft:
    return replace(
        draft,
        uuid=UUID(int=rng.getrandbits(128), version=4),
        row_key=row_key,
        stored_at=_known(draft) + timedelta(hours=1),
    )


def _take_back(at: datetime, statement: Statement, by: Account) -> None:
    void(statement=statement, reason="重复登记", at=at, entered_by=by)


def _happened(draft: Draft) -> datetime:
    if draft.occurred_at is None:
        raise ValueError(f"{draft.path}: say when it happened")
    return draft.occurred_at


def _known(draft: Draft) -> datetime:
    return draft.stored_at or _happened(draft)
