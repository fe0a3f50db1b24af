"""On which day to go."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

SATURDAY = 5


def working_days(first: date, last: date) -> Iterable[date]:
    """Mondays to Fridays; what a government moves by decree is not known here."""
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        if day.weekday() < SATURDAY:
            yield day


def next_free_day(
    first: date,
    last: date,
    *,
    away: Iterable[tuple[date, date]] = (),
    taken: Collection[date] = (),
) -> date | None:
    """The first working day on which one is neither away nor already going; None if there is none."""
    spans = list(away)
    return next(
        (
            day
            for day in working_days(first, last)
            if day not in taken and not any(start <= day <= end for start, end in spans)
        ),
        None,
    )
