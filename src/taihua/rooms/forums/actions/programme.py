"""The programme: items, their order, who speaks in them and whether they will."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from taihua.kernel.org.models import Person
from taihua.rooms.forums.access import may_reply
from taihua.rooms.forums.actions.forums import ForumRefused, locked
from taihua.rooms.forums.enums import Decision
from taihua.rooms.forums.logic.slots import (
    DAY,
    clash_in_hall,
    exchanged,
    minute_of,
    outside,
    time_of,
)
from taihua.rooms.forums.models import Forum, Offer, Slot, Speaker
from taihua.rooms.forums.queries.forums import elsewhere, slots_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What an item of the programme is to be."""

    hall: str
    starts: time
    minutes: int
    title: str
    speakers: Sequence[Person]
    summary: str = ""


@transaction.atomic
def add_slot(*, forum: Forum, item: Item, at: datetime, offer: Offer | None = None) -> Slot:
    """Place an item in the programme; an offer that it takes up is accepted by that.

    :raises ForumRefused: it overlaps another of its hall, lies outside the forum's hours, a speaker
        would be in two places, or the forum is over
    """
    forum = locked(forum)
    slot = Slot(forum=forum, offer=offer)
    _set(slot, item)
    slot.save()
    _ask(slot, item.speakers, at)
    if offer is not None:
        offer.decision, offer.decided_at = Decision.ACCEPTED, at
        offer.save(update_fields=["decision", "decided_at"])
    return slot


@transaction.atomic
def change_slot(*, slot: Slot, item: Item, at: datetime) -> Slot:
    """Change an item; who is new is asked, who is left out is asked no longer.

    Who declined stays written down and cannot be put back into this item.

    :raises ForumRefused: as :func:`add_slot`, or a speaker declined this item
    """
    locked(slot.forum)
    slot = Slot.objects.select_related("forum").get(pk=slot.pk)
    _set(slot, item)
    slot.save()
    kept = {person.pk for person in item.speakers}
    slot.speakers.filter(declined_at__isnull=True).exclude(person__in=kept).delete()
    _ask(slot, item.speakers, at)
    return slot


@transaction.atomic
def remove_slot(*, slot: Slot) -> None:
    """Take an item out; an offer that it took up waits again for a decision.

    :raises ForumRefused: the forum is over
    """
    locked(slot.forum)
    if slot.offer is not None:
        slot.offer.decision, slot.offer.decided_at = Decision.WAITING, None
        slot.offer.save(update_fields=["decision", "decided_at"])
    slot.delete()


@transaction.atomic
def move_slot(*, slot: Slot, later: bool) -> None:
    """Let an item change places with its neighbour in the same hall; at the end nothing happens.

    :raises ForumRefused: a speaker would be in two places, or the forum is over
    """
    forum = locked(slot.forum)
    hall = [each for each in slots_of(forum) if each.hall == slot.hall]
    where = [each.pk for each in hall].index(slot.pk)
    other = where + 1 if later else where - 1
    if not 0 <= other < len(hall):
        return
    early, late = hall[min(where, other)], hall[max(where, other)]
    first, second = exchanged(early.span(), late.span())
    late.starts, early.starts = time_of(first.start), time_of(second.start)
    for moved in (late, early):
        moved.save(update_fields=["starts"])
    for moved in (late, early):
        people = [each.person for each in moved.speakers.all() if each.declined_at is None]
        _refuse_two_places(moved, people)


@transaction.atomic
def confirm(*, speaker: Speaker, person: Person, at: datetime) -> Speaker:
    """Say that one will speak; said twice it changes nothing.

    :raises ForumRefused: somebody else is asked, one declined before, or the forum is over
    """
    row = _asked(speaker, person)
    if row.declined_at:
        raise ForumRefused(_("您已经谢绝了这一项，请联系主办单位重新邀请。"))
    row.confirmed_at = row.confirmed_at or at
    row.save(update_fields=["confirmed_at"])
    return row


@transaction.atomic
def decline(*, speaker: Speaker, person: Person, reason: str, at: datetime) -> Speaker:
    """Say that one will not speak, and why; the organiser finds another.

    :raises ForumRefused: somebody else is asked, no reason, or the forum is over
    """
    if not reason.strip():
        raise ForumRefused(_("请写明原因，主办单位好另作安排。"))
    row = _asked(speaker, person)
    row.confirmed_at, row.declined_at, row.declined_because = None, at, reason.strip()
    row.save(update_fields=["confirmed_at", "declined_at", "declined_because"])
    return row


def _set(slot: Slot, item: Item) -> None:
    for name in ("hall", "starts", "minutes", "title", "summary"):
        setattr(slot, name, getattr(item, name))
    forum, span = slot.forum, slot.span()
    if span.end >= DAY or outside(span, minute_of(forum.opens), minute_of(forum.closes)):
        raise ForumRefused(
            _("这一项要排在 %(opens)s 到 %(closes)s 之间。")
            % {"opens": f"{forum.opens:%H:%M}", "closes": f"{forum.closes:%H:%M}"}
        )
    others = {each.pk: each for each in slots_of(forum)}
    if clash := clash_in_hall(span, [each.span() for each in others.values()]):
        other = others[int(str(clash.key))]
        raise ForumRefused(
            _("和“%(title)s”（%(starts)s–%(ends)s）的时间重叠，请改时间或换会场。")
            % {
                "title": other.title,
                "starts": f"{other.starts:%H:%M}",
                "ends": f"{other.ends:%H:%M}",
            }
        )
    _refuse_two_places(slot, item.speakers)


def _refuse_two_places(slot: Slot, people: Iterable[Person]) -> None:
    """A speaker cannot be in two halls, nor at two forums, at once."""
    by_id = {person.pk: person for person in people}
    for other in elsewhere(by_id.values(), slot.forum.day, slot if slot.pk else None):
        if not other.span().meets(slot.span()):
            continue
        names = [by_id[s.person_id].name for s in other.speakers.all() if s.person_id in by_id]
        if names:
            raise ForumRefused(
                _("%(name)s那时要讲“%(title)s”，不能同时在两处。请改时间。")
                % {"name": names[0], "title": other.title}
            )


def _ask(slot: Slot, people: Iterable[Person], at: datetime) -> None:
    there = {each.person_id: each for each in slot.speakers.select_related("person")}
    for person in people:
        known = there.get(person.pk)
        if known is not None and known.declined_at:
            raise ForumRefused(
                _("%(name)s已谢绝这一项，不能再排进来。请另请一位。") % {"name": person.name}
            )
        if known is None:
            there[person.pk] = Speaker.objects.create(slot=slot, person=person, asked_at=at)


def _asked(speaker: Speaker, person: Person) -> Speaker:
    row = Speaker.objects.select_related("slot__forum").get(pk=speaker.pk)
    locked(row.slot.forum)
    if not may_reply(person, row):
        raise ForumRefused(_("这一项邀请的不是您。"))
    return row
