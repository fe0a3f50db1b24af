"""Forums in people's calendars: what one speaks at, has a seat at or keeps; what a unit hosts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse

from taihua.kernel.house import Happening
from taihua.kernel.org.models import Person, Unit
from taihua.rooms.forums.logic.seats import seated
from taihua.rooms.forums.models import Forum, Registration


def happenings(whose: Person | Unit, first: date, last: date) -> Iterator[Happening]:
    """The forums of those days that concern ``whose``; a cancelled one says so."""
    found = Forum.objects.filter(day__range=(first, last)).order_by("day", "opens", "pk")
    if isinstance(whose, Unit):
        yield from map(_happening, found.filter(host=whose))
        return
    speaks = Q(slots__speakers__person=whose, slots__speakers__declined_at__isnull=True)
    registered = Q(registrations__person=whose, registrations__withdrawn_at__isnull=True)
    mine = list(found.filter(speaks | registered | Q(recorder=whose)).distinct())
    waiting = _waiting(whose, mine)
    yield from (_happening(forum) for forum in mine if forum.pk not in waiting)


def _waiting(person: Person, forums: Iterable[Forum]) -> set[int]:
    """The forums at which ``person`` still waits for a seat."""
    asked: dict[int, list[int]] = defaultdict(list)
    rows = Registration.objects.filter(forum__in=list(forums), withdrawn_at__isnull=True)
    for forum, who in rows.order_by("pk").values_list("forum", "person"):
        asked[forum].append(who)
    return {
        forum.pk
        for forum in forums
        if forum.recorder_id != person.pk and person.pk in seated(asked[forum.pk], forum.seats)[1]
    }


def _happening(forum: Forum) -> Happening:
    return Happening(
        path=f"forums/forum/{forum.pk}",
        title=f"{forum.get_kind_display()}：{forum.topic}",
        first=forum.first,
        last=forum.last,
        url=reverse("forums:forum", args=[forum.pk]),
        place=forum.place,
        revision=forum.revision,
        is_cancelled=forum.is_cancelled,
    )
