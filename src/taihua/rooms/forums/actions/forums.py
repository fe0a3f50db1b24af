"""Call a forum, change it, call it off; offers to speak and what is said to them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.records.actions import record
from taihua.rooms.forums.enums import Decision
from taihua.rooms.forums.logic.slots import minute_of, outside
from taihua.rooms.forums.models import Forum, Offer, Slot
from taihua.rooms.forums.queries.forums import elsewhere, slots_of, who_speaks
from taihua.rooms.forums.queries.plans import PLANNED, open_plans

CALENDAR = ("topic", "place", "day", "opens", "closes")


class ForumRefused(Exception):
    """Nothing changed; the message is written for whoever tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What is called for: which forum, on what, when and where, and by when one may answer."""

    kind: str
    host: Unit
    topic: str
    call: str
    place: str
    day: date
    opens: time
    closes: time
    call_closes: date
    registration_closes: date
    recorder: Person
    seats: int | None = None
    is_public: bool = False

    def as_fields(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@transaction.atomic
def call_forum(*, call: Call, at: datetime, by: Account | None, plan: UUID | None = None) -> Forum:
    """Send out the call. What is on record as planned is carried out; otherwise this plans it.

    :param plan: the statement that planned it; without one the call itself goes on record as a plan
    :raises ForumRefused: a closing day after the forum, a day gone by, no such plan, called before
    """
    _refuse_impossible(call, local_day(at))
    if plan and not open_plans([call.host.pk], [call.kind], local_day(at)).filter(uuid=plan):
        raise ForumRefused(_("这项计划已经用过，或者不是这个单位今年和以后的。请重新选择。"))
    try:
        with transaction.atomic():
            forum = Forum.objects.create(**call.as_fields(), called_at=at, plan=plan)
    except IntegrityError:
        raise ForumRefused(_("%(day)s已经有《%(topic)s》。") % _told(call)) from None
    if plan is None:
        forum.plan = _record_plan(forum, at, by)
        forum.save(update_fields=["plan"])
    return forum


@transaction.atomic
def change_forum(*, forum: Forum, call: Call, at: datetime) -> Forum:
    """Change what was called for; calendars hear of it.

    :raises ForumRefused: it is over, a closing day after the forum, the programme no longer fits,
        or somebody who speaks would be in two places
    """
    forum = locked(forum)
    _refuse_impossible(call, min(local_day(at), forum.day))
    if forum.held_at is None and call.day < local_day(at) and call.day != forum.day:
        raise ForumRefused(_("新的举办日期已经过去，请选今天或以后的一天。"))
    moved = any(getattr(forum, name) != getattr(call, name) for name in CALENDAR)
    for name, value in call.as_fields().items():
        setattr(forum, name, value)
    _refuse_programme_that_does_not_fit(forum)
    if moved:
        forum.revision += 1
    try:
        with transaction.atomic():
            forum.save()
    except IntegrityError:
        raise ForumRefused(_("%(day)s已经有《%(topic)s》。") % _told(call)) from None
    return forum


@transaction.atomic
def cancel_forum(*, forum: Forum, reason: str) -> Forum:
    """Call a forum off, with the reason; who registered reads it.

    :raises ForumRefused: it is over, or no reason is given
    """
    forum = locked(forum)
    if not reason.strip():
        raise ForumRefused(_("请写明为什么取消。"))
    forum.cancelled_because, forum.revision = reason.strip(), forum.revision + 1
    forum.save(update_fields=["cancelled_because", "revision"])
    return forum


@transaction.atomic
def offer_to_speak(
    *, forum: Forum, speaker: Person, title: str, summary: str, at: datetime
) -> Offer:
    """Offer to speak at a forum; the same offer sent twice is one.

    :raises ForumRefused: the call has closed, or the forum is over
    """
    forum = locked(forum)
    if local_day(at) > forum.call_closes:
        raise ForumRefused(_("征集发言已于 %(day)s截止。") % {"day": forum.call_closes})
    return Offer.objects.get_or_create(
        forum=forum,
        speaker=speaker,
        title=title.strip(),
        withdrawn_at=None,
        defaults={"summary": summary, "offered_at": at},
    )[0]


@transaction.atomic
def withdraw_offer(*, offer: Offer, at: datetime) -> Offer:
    """Take back an offer that nobody has decided on.

    :raises ForumRefused: it is decided
    """
    offer = Offer.objects.select_for_update().get(pk=offer.pk)
    if offer.decision != Decision.WAITING:
        raise ForumRefused(_("主办单位已经答复，请直接联系主办单位。"))
    offer.withdrawn_at = offer.withdrawn_at or at
    offer.save(update_fields=["withdrawn_at"])
    return offer


@transaction.atomic
def decline_offer(*, offer: Offer, reason: str, at: datetime) -> Offer:
    """Say no to an offer, with the reason; it is taken up by placing it in the programme.

    :raises ForumRefused: no reason, or decided before
    """
    offer = Offer.objects.select_for_update().get(pk=offer.pk)
    if offer.decision != Decision.WAITING or offer.withdrawn_at:
        raise ForumRefused(_("这份申报已经答复过，或者已经撤回。"))
    if not reason.strip():
        raise ForumRefused(_("请写明为什么不采用，申报人会看到。"))
    offer.decision, offer.reason, offer.decided_at = Decision.DECLINED, reason.strip(), at
    offer.save(update_fields=["decision", "reason", "decided_at"])
    return offer


def locked(forum: Forum) -> Forum:
    """The forum as it is now; two who change it at once do so one after the other.

    :raises ForumRefused: it is held or cancelled
    """
    row = Forum.objects.select_for_update().get(pk=forum.pk)
    if row.is_over:
        raise ForumRefused(_("《%(topic)s》已经办完或取消，不能再改。") % {"topic": row.topic})
    return row


def _refuse_impossible(call: Call, earliest: date) -> None:
    if call.day < earliest:
        raise ForumRefused(_("举办日期已经过去。已经办过的讲坛，请到讲坛台账里补登。"))
    if call.closes <= call.opens:
        raise ForumRefused(_("结束时间要在开始时间之后。"))
    if call.call_closes > call.day:
        raise ForumRefused(_("征集截止不能晚于举办日期。"))
    if call.registration_closes > call.day:
        raise ForumRefused(_("报名截止不能晚于举办日期。"))


def _speaking(slots: Iterable[Slot]) -> dict[int, list[Slot]]:
    """Who speaks, by id, in which items."""
    people: dict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        for pk in who_speaks(slot):
            people[pk].append(slot)
    return people


def _refuse_programme_that_does_not_fit(forum: Forum) -> None:
    opens, closes = minute_of(forum.opens), minute_of(forum.closes)
    slots = list(slots_of(forum))
    for slot in slots:
        if outside(slot.span(), opens, closes):
            raise ForumRefused(
                _("议程“%(title)s”会落在开始和结束时间之外，请先改议程。") % {"title": slot.title}
            )
    people = _speaking(slots)
    persons = Person.objects.filter(pk__in=people)
    for other in elsewhere(persons, forum.day, None):
        if other.forum_id == forum.pk:
            continue
        for pk in who_speaks(other) & people.keys():
            if any(slot.span().meets(other.span()) for slot in people[pk]):
                raise ForumRefused(
                    _("%(name)s那时要在《%(topic)s》发言，请先改议程。")
                    % {"name": persons.get(pk=pk).name, "topic": other.forum.topic}
                )


def _record_plan(forum: Forum, at: datetime, by: Account | None) -> UUID:
    return record(
        unit=forum.host,
        verb=PLANNED,
        kind=forum.kind,
        path=forum.path,
        label=forum.topic,
        at=at,
        context={"planned": forum.day.isoformat()},
        entered_by=by,
    ).uuid


def _told(call: Call) -> dict[str, object]:
    return {"day": call.day, "topic": call.topic}
