"""The programme as spans of time: what overlaps, and what two items become that change places."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import time
from itertools import combinations

HOUR = 60
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Span:
    """An item of the programme: where it is, from which minute of the day, and how long.

    ``who`` are those who must be there in person.
    """

    key: Hashable
    hall: str
    start: int
    minutes: int
    who: frozenset[Hashable] = frozenset()

    @property
    def end(self) -> int:
        return self.start + self.minutes

    def meets(self, other: "Span") -> bool:
        """Whether both take place at some same moment; one may begin as the other ends."""
        return self.start < other.end and other.start < self.end


def minute_of(moment: time) -> int:
    """The minute of the day."""
    return moment.hour * HOUR + moment.minute


def time_of(minute: int) -> time:
    """The time of a minute of the day.

    :raises ValueError: the minute lies on another day
    """
    return time(*divmod(minute, HOUR))


def clash_in_hall(span: Span, others: Iterable[Span]) -> Span | None:
    """The first of ``others`` that takes ``span``'s hall at the same time."""
    found = (each for each in others if each.key != span.key and each.hall == span.hall)
    return next((each for each in sorted(found, key=_by_time) if each.meets(span)), None)


def clashes_of_people(spans: Iterable[Span]) -> list[tuple[Span, Span, frozenset[Hashable]]]:
    """Every two items that somebody would have to attend at once, and who."""
    return [
        (one, other, one.who & other.who)
        for one, other in combinations(sorted(spans, key=_by_time), 2)
        if one.who & other.who and one.meets(other)
    ]


def exchanged(earlier: Span, later: Span) -> tuple[Span, Span]:
    """Two neighbours of one hall in the other order; they fill the same stretch, with the same gap.

    Returns what was later, now first, and what was earlier.
    """
    gap = later.start - earlier.end
    first = replace(later, start=earlier.start)
    return first, replace(earlier, start=first.end + gap)


def outside(span: Span, opens: int, closes: int) -> bool:
    """Whether an item begins before the forum opens or ends after it closes."""
    return span.start < opens or span.end > closes


def _by_time(span: Span) -> tuple[int, str, str]:
    return span.start, span.hall, str(span.key)
