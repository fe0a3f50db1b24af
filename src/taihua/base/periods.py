"""Periods of a calendar: years, school years, halves, quarters, months, weeks, rolling windows."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

SCHOOL_YEAR_STARTS = 9  # 1 September, in every province's school calendar
FIRST_YEAR = 1900


class Every(StrEnum):
    """How often a duty comes round."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    SCHOOL_YEAR = "school_year"
    YEARS = "years"
    ONCE = "once"
    ROLLING = "rolling"


# How many months, from which month of the year on, and what the period is called.
MONTHS = {
    Every.MONTH: (1, 1, "{y}-{m:02}"),
    Every.QUARTER: (3, 1, "{y}-Q{part}"),
    Every.HALF: (6, 1, "{y}-H{part}"),
    Every.YEAR: (12, 1, "{y}"),
    Every.SCHOOL_YEAR: (12, SCHOOL_YEAR_STARTS, "SY{y}"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """One turn of a duty (周期).

    An act counts when its day of credit lies in ``first … last`` and it happened by ``until``; it is
    on time when it happened by ``due``; what is still missing on ``owed_from`` is owed.
    """

    key: str
    first: date
    last: date
    due: date
    until: date
    owed_from: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def period(key: str, first: date, last: date, grace: int = 0) -> Period:
    """A period due on its last day, with ``grace`` days in which to make up for it."""
    until = last + timedelta(days=grace)
    return Period(key, first, last, last, until, until + timedelta(days=1))


def once(first: date, due: date, grace: int = 0) -> Period:
    """The single period of a duty with a deadline; an act in the grace days counts, but late."""
    until = due + timedelta(days=grace)
    return Period("once", first, until, due, until, until + timedelta(days=1))


def rolling(on: date, days: int) -> Period:
    """The ``days`` days that end ``on`` that day; what is missing in them is owed at once."""
    return Period(f"R{days}@{on}", on - timedelta(days=days - 1), on, on, on, on)


def period_of(
    every: Every, day: date, n: int = 1, grace: int = 0, anchor: int = FIRST_YEAR
) -> Period:
    """The period of kind ``every`` in which ``day`` lies.

    ``n`` is the number of years of ``Every.YEARS``, counted from the year ``anchor``, and the number
    of days of ``Every.ROLLING``. ``Every.ONCE`` has no calendar: use :func:`once`.

    :raises ValueError: a single duty has no calendar period
    """
    if every is Every.ONCE:
        raise ValueError("a single duty has no calendar period")
    if every is Every.ROLLING:
        return rolling(day, n)
    if every is Every.WEEK:
        first = day - timedelta(days=day.weekday())
        year, week, _ = day.isocalendar()
        return period(f"{year}-W{week:02}", first, first + timedelta(days=6), grace)
    if every is Every.YEARS:
        year = day.year - (day.year - anchor) % n
        return period(f"{year}/{year + n - 1}", date(year, 1, 1), date(year + n - 1, 12, 31), grace)
    return _months_of(every, day, grace)


def _months_of(every: Every, day: date, grace: int) -> Period:
    length, starts, key = MONTHS[every]
    since = day.year * 12 + day.month - starts
    year, month = divmod(since - since % length + starts - 1, 12)
    first = date(year, month + 1, 1)
    year, month = divmod(year * 12 + month + length - 1, 12)
    last = date(year, month + 1, calendar.monthrange(year, month + 1)[1])
    return period(
        key.format(y=first.year, m=first.month, part=(first.month - 1) // length + 1),
        first,
        last,
        grace,
    )


def periods_between(
    every: Every, first: date, last: date, n: int = 1, grace: int = 0, anchor: int = FIRST_YEAR
) -> Iterator[Period]:
    """The periods whose last day lies in ``first … last``, in order.

    A period belongs to the span in which it ends, so that each is reported exactly once. A rolling
    window is taken as it stands on ``last``.
    """
    if every is Every.ROLLING:
        yield rolling(last, n)
        return
    current = period_of(every, first, n, grace, anchor)
    while current.last <= last:
        yield current
        current = period_of(every, current.last + timedelta(days=1), n, grace, anchor)


def school_year(day: date) -> int:
    """The calendar year in which the school year (学年) of ``day`` began."""
    return day.year if day.month >= SCHOOL_YEAR_STARTS else day.year - 1
