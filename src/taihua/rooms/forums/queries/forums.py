"""Forums as people see them: coming and past, their programme, their seats, their questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from taihua.kernel.org.models import Account, Person
from taihua.rooms.forums.access import may_record
from taihua.rooms.forums.enums import Moderation
from taihua.rooms.forums.logic.seats import seated
from taihua.rooms.forums.logic.slots import clashes_of_people
from taihua.rooms.forums.models import (
    FloorQuestion,
    Forum,
    Offer,
    Registration,
    Slot,
    Speaker,
    Spread,
)


@dataclass(frozen=True, slots=True)
class Seats:
    """Who has a seat and who waits, in the order in which they asked."""

    seated: Sequence[Registration]
    waiting: Sequence[Registration]

    def place_of(self, person: Person | None) -> int | None:
        """0 with a seat, otherwise the place in the waiting list; None who did not register."""
        if person is None:
            return None
        if any(each.person_id == person.pk for each in self.seated):
            return 0
        waiting = [each.person_id for each in self.waiting]
        return waiting.index(person.pk) + 1 if person.pk in waiting else None


@dataclass(frozen=True, slots=True)
class Hall:
    """The items of one hall in their order."""

    name: str
    slots: Sequence[Slot]


def forums() -> QuerySet[Forum]:
    """Every forum with its host."""
    return Forum.objects.select_related("host", "recorder")


def coming(on: date) -> QuerySet[Forum]:
    """What is neither held nor cancelled, the next first."""
    return (
        forums().filter(held_at__isnull=True, cancelled_because="").order_by("day", "opens", "pk")
    )


def past() -> QuerySet[Forum]:
    """What was held or cancelled, the latest first."""
    return (
        forums()
        .filter(Q(held_at__isnull=False) | ~Q(cancelled_because=""))
        .annotate(taken_up=Count("spreads"))
        .order_by("-day", "-pk")
    )


def public() -> QuerySet[Forum]:
    """What its organiser has opened to the public, the latest change first."""
    return forums().filter(is_public=True).order_by("-called_at", "-pk")


def offers_to(forum: Forum) -> QuerySet[Offer]:
    """What was offered and not withdrawn, in the order in which it came."""
    return (
        forum.offers.filter(withdrawn_at__isnull=True)
        .select_related("speaker")
        .order_by("offered_at", "pk")
    )


def slots_of(forum: Forum) -> QuerySet[Slot]:
    """The programme by time, each item with its speakers."""
    speakers = Speaker.objects.select_related("person").order_by("asked_at", "pk")
    return (
        forum.slots.select_related("offer")
        .prefetch_related(Prefetch("speakers", speakers))
        .order_by("hall", "starts", "pk")
    )


def halls_of(forum: Forum) -> list[Hall]:
    """The programme hall by hall."""
    by_hall: dict[str, list[Slot]] = {}
    for slot in slots_of(forum):
        by_hall.setdefault(slot.hall, []).append(slot)
    return [Hall(name, slots) for name, slots in by_hall.items()]


def seats_of(forum: Forum) -> Seats:
    """Who has a seat and who waits, derived from the order of registration."""
    asked = (
        forum.registrations.filter(withdrawn_at__isnull=True)
        .select_related("person")
        .order_by("pk")
    )
    return Seats(*seated(list(asked), forum.seats))


def questions_seen_by(account: Account, forum: Forum) -> QuerySet[FloorQuestion]:
    """What is public, and one's own; the recorder sees all. In the order in which it was asked."""
    asked = (
        forum.questions.select_related("asker", "answered_by", "slot", "forum")
        .prefetch_related("slot__speakers")
        .order_by("asked_at", "pk")
    )
    if may_record(account, forum):
        return asked
    return asked.filter(Q(moderation=Moderation.SHOWN) | Q(asker=account.person_id))


def spreads_of(forum: Forum) -> QuerySet[Spread]:
    """Where something of it was taken up, in order of time."""
    return forum.spreads.select_related("unit").order_by("taken_up", "pk")


def speaking(person: Person) -> QuerySet[Speaker]:
    """Where ``person`` is asked to speak and did not decline, the next first."""
    return (
        Speaker.objects.filter(
            person=person, declined_at__isnull=True, slot__forum__cancelled_because=""
        )
        .select_related("slot__forum")
        .order_by("slot__forum__day", "slot__starts", "pk")
    )


def elsewhere(people: Iterable[Person], day: date, leaving_out: Slot | None) -> list[Slot]:
    """The items of that day, of any forum, in which one of ``people`` speaks."""
    slots = (
        Slot.objects.filter(
            forum__day=day,
            forum__cancelled_because="",
            speakers__person__in=list(people),
            speakers__declined_at__isnull=True,
        )
        .select_related("forum")
        .prefetch_related("speakers")
        .distinct()
        .order_by("starts", "pk")
    )
    return [slot for slot in slots if leaving_out is None or slot.pk != leaving_out.pk]


def who_speaks(slot: Slot) -> frozenset[int]:
    """The ids of the people who speak in an item and did not decline."""
    return frozenset(each.person_id for each in slot.speakers.all() if each.declined_at is None)


def double_booked(forum: Forum) -> list[tuple[str, str]]:
    """Items of one forum in which somebody would have to be at once; none, if all is well."""
    slots = {slot.pk: slot for slot in slots_of(forum)}
    spans = [slot.span(who_speaks(slot)) for slot in slots.values()]
    return [
        (slots[int(str(one.key))].title, slots[int(str(other.key))].title)
        for one, other, _who in clashes_of_people(spans)
    ]
