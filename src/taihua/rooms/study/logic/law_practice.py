"""When a question is to be practised again: the one place that knows the scheduler (FSRS).

What is kept is plain data; the clock is an argument; the same answers give the same days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from fsrs import Card, Rating, Scheduler

# Nine in ten are to be known when they come again; no fuzz, so that a day can be explained.
SCHEDULER = Scheduler(desired_retention=0.9, enable_fuzzing=False)

type State = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Memory:
    """How firmly a question is remembered, and when it is worth asking again."""

    state: State
    due: datetime


def after_answer(state: Mapping[str, Any] | None, *, is_right: bool, at: datetime) -> Memory:
    """What one answer does to the memory of a question; no state means it was never asked."""
    moment = at.astimezone(UTC)
    card = _card(state) if state else Card(card_id=0, due=moment)
    rating = Rating.Good if is_right else Rating.Again
    card, _log = SCHEDULER.review_card(card, rating, moment)
    return Memory(cast("State", card.to_dict()), card.due)


def recall(state: Mapping[str, Any], at: datetime) -> float:
    """The chance that it is known at that moment, from 0 to 1."""
    return float(SCHEDULER.get_card_retrievability(_card(state), at.astimezone(UTC)))


def _card(state: Mapping[str, Any]) -> Card:
    return Card.from_dict(cast("Any", dict(state)))
