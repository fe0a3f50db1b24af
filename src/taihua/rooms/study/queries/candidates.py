"""Who of the leadership can give which lecture, and who gave how many before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.kernel.org.models import Person, Unit
from taihua.rooms.study.models import Session
from taihua.rooms.study.queries.roster import group_on, leave_on
from taihua.rooms.study.queries.turns import lectured_on


class Wanted(Protocol):
    """A lecture that wants a lecturer."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def able(self) -> Sequence[Person]: ...


@dataclass(frozen=True, slots=True)
class Candidates:
    """The leadership of the days in question by code; of each lecture, who cannot give it and why."""

    by_key: Mapping[str, Person]
    barred: Sequence[Mapping[str, str]]
    first: date
    lectured: Mapping[int, Sequence[date]]

    def before(self, key: str) -> int:
        """How many turns somebody gave in the span already."""
        return sum(day >= self.first for day in self.lectured[self.by_key[key].pk])

    def last(self, key: str) -> date:
        """The day on which somebody lectured last; the earliest of days for never."""
        return max(self.lectured[self.by_key[key].pk], default=date.min)


def candidates_for(unit: Unit, first: date, wishes: Sequence[Wanted]) -> Candidates:
    """Who can give which of these lectures of ``unit`` in a span that begins on ``first``."""
    groups: dict[date, dict[int, Person]] = {}
    for day in {local_day(wish.starts_at) for wish in wishes}:
        groups[day] = {person.pk: person for person in group_on(unit, day)}
    people = {pk: person for group in groups.values() for pk, person in group.items()}
    away = {day: leave_on(people.values(), day) for day in groups}
    barred = []
    for wish in wishes:
        day = local_day(wish.starts_at)
        busy = _busy(wish)
        able = {person.pk for person in wish.able} or set(people)
        told = {
            person.code: code
            for pk, person in people.items()
            if (code := _bar(pk not in groups[day], pk in away[day], pk not in able, pk in busy))
        }
        barred.append(told)
    begins = min((local_day(wish.starts_at) for wish in wishes), default=first)
    return Candidates(
        {person.code: person for person in sorted(people.values(), key=lambda each: each.code)},
        barred,
        first,
        lectured_on(list(people.values()), begins - timedelta(days=1)),
    )


def why_barred(code: str) -> str:
    """A bar in words."""
    return {
        "out": _("那天不在班子里任职"),
        "leave": _("那天请假"),
        "topic": _("不讲这个题目"),
        "busy": _("那时要主讲中心组学习"),
    }[code]


def _bar(out: bool, leave: bool, topic: bool, busy: bool) -> str:  # noqa: FBT001  # one row of four
    bars = {"out": out, "leave": leave, "topic": topic, "busy": busy}
    return next((code for code, stands in bars.items() if stands), "")


def _busy(wish: Wanted) -> set[int]:
    """Who leads a session at that time."""
    taken = Session.objects.filter(
        cancelled_at__isnull=True, starts_at__lt=wish.ends_at, ends_at__gt=wish.starts_at
    )
    return set(taken.values_list("lead", flat=True))
