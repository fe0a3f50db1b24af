"""Puts on record what the rooms say happened, in the order in which it became known."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import batched
from uuid import uuid4

from taihua.base.clock import ZONE
from taihua.kernel.house import Room, Story
from taihua.kernel.org.models import Account
from taihua.kernel.records.actions import Draft, record_many, void
from taihua.kernel.records.queries import Statement

LATE_SHARE = 0.03
TWICE_EVERY = 400  # one act in so many was entered twice by mistake
CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Told:
    """How much was put on record."""

    statements: int
    late: int
    voided: int


def tell(story: Story, by: Account, seed: int) -> Told:
    """Record every draft of the story; some late, some twice, and the second taken back."""
    rng = random.Random(f"telling-{seed}")  # noqa: S311
    drafts = [_stored(draft, story, rng) for draft in story.drafts]
    drafts.sort(key=lambda draft: _known(draft))
    mistakes = _mistakes(drafts, story, rng)
    events = [*drafts, *mistakes]
    events.sort(key=lambda draft: _known(draft))
    statements: list[Statement] = []
    for chunk in batched(events, CHUNK):
        statements += record_many(chunk, at=_known(chunk[-1]), entered_by=by)
    _take_back(statements, {draft.uuid for draft in mistakes}, story, by)
    late = sum(_known(d) - _happened(d) > timedelta(days=7) for d in drafts)
    return Told(len(statements), late, len(mistakes))


def ask_rooms(story: Story, rooms: Sequence[Room]) -> Iterator[tuple[Room, int]]:
    """Let each room add what happened in it; tells after each how much that was."""
    for room in rooms:
        if room.demo is not None:
            before = len(story.drafts)
            room.demo(story)
            yield room, len(story.drafts) - before


def _happened(draft: Draft) -> datetime:
    if draft.occurred_at is None:
        raise ValueError(f"{draft.path}: say when it happened")
    return draft.occurred_at


def _known(draft: Draft) -> datetime:
    return draft.stored_at or _happened(draft)


def _stored(draft: Draft, story: Story, rng: random.Random) -> Draft:
    """A draft with the moment at which somebody entered it, where the room has not said it."""
    if draft.stored_at is not None:
        return draft
    late = rng.random() < LATE_SHARE
    delay = timedelta(days=rng.randrange(8, 30) if late else rng.randrange(2), minutes=20)
    end = datetime.combine(story.on, time(8), ZONE)
    happened = _happened(draft)
    return replace(draft, stored_at=max(min(happened + delay, end), happened))


def _mistakes(drafts: Sequence[Draft], story: Story, rng: random.Random) -> list[Draft]:
    """The same acts entered a second time, an hour later."""
    end = datetime.combine(story.on - timedelta(days=4), time(8), ZONE)
    once = [draft for draft in drafts if draft.row_key is None and _known(draft) < end]
    chosen = rng.sample(once, len(once) // TWICE_EVERY)
    return [
        replace(draft, uuid=uuid4(), stored_at=_known(draft) + timedelta(hours=1))
        for draft in chosen
    ]


def _take_back(
    statements: Sequence[Statement], mistaken: set[object], story: Story, by: Account
) -> None:
    wrong = [statement for statement in statements if statement.uuid in mistaken]
    for statement in sorted(wrong, key=lambda each: each.stored_at):
        at = statement.stored_at + timedelta(days=2)
        void(statement=statement, reason="重复登记", at=at, entered_by=by)
