"""Whose turn it is, week by week."""

from collections.abc import Sequence
from datetime import date, timedelta


def monday(day: date) -> date:
    """The Monday of the week in which ``day`` lies."""
    return day - timedelta(days=day.weekday())


def in_turn[T](members: Sequence[T], day: date) -> T | None:
    """Whose turn it is in the week of ``day``: one after another in their order, none left out."""
    if not members:
        return None
    return members[monday(day).toordinal() // 7 % len(members)]
