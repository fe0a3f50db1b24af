"""What the room asks of a visitor on the desk, puts into calendars and lets be found."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _

from taihua.base.clock import ZONE
from taihua.base.templatetags.page import nearday
from taihua.kernel.house import Due, Found, Happening
from taihua.kernel.org.models import Account, Person, Unit
from taihua.rooms.outreach.models import PlannedVisit
from taihua.rooms.outreach.queries.visits import overdue_plans, visits_seen_by, with_words

STARTS, ENDS = time(9), time(17)
EXCERPT = 60


def asked_of(person: Person, on: date) -> Iterator[Due]:
    """Visits that were planned and have no note yet; answers and look-backs are commitments."""
    for planned in overdue_plans(person, on):
        told = {"place": planned.place.name, "day": nearday(planned.day, on)}
        new = reverse("outreach:new-visit")
        yield Due(
            topic=planned.path,
            sentence=_("计划 %(day)s去%(place)s，还没有写调研记录") % told,
            due=planned.day,
            url=f"{new}?place={planned.place.code}&day={planned.day.isoformat()}",
            act=_("写调研记录"),
        )


def happening(whose: Person | Unit, first: date, last: date) -> Iterator[Happening]:
    """Planned visits: a visitor's own; for a unit those that were announced to it, and no others."""
    found = PlannedVisit.objects.filter(day__range=(first, last)).select_related("visitor", "place")
    if isinstance(whose, Person):
        found = found.filter(visitor=whose)
    else:
        found = found.filter(place=whose, announced=True)
    for planned in found.order_by("day", "pk"):
        yield Happening(
            path=planned.path,
            title=_("下基层调研：%(place)s，%(topic)s")
            % {"place": planned.place.name, "topic": planned.topic},
            first=datetime.combine(planned.day, STARTS, ZONE),
            last=datetime.combine(planned.day, ENDS, ZONE),
            place=planned.place.name,
            url=reverse("outreach:plan"),
            revision=int(planned.cancelled_at is not None),
            is_cancelled=planned.cancelled_at is not None,
        )


def found(account: Account, words: Sequence[str], limit: int) -> Iterator[Found]:
    """The visits that the account may see in which all the words stand."""
    for visit in with_words(visits_seen_by(account), words)[:limit]:
        yield Found(
            title=f"{visit.place.name}：{visit.topic}",
            url=reverse("outreach:visit", args=[visit.pk]),
            excerpt=visit.seen[:EXCERPT],
        )
