"""After the forum: who came, who spoke, that it was held, and where it was taken up."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from taihua.base.clock import ZONE, local_day
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.records.actions import Draft, record, record_many
from taihua.kernel.records.ledgers.form import NOON
from taihua.kernel.records.queries import Statement, by_uuids
from taihua.kernel.records.restating import restate
from taihua.rooms.forums.access import may_record
from taihua.rooms.forums.actions.forums import ForumRefused, locked
from taihua.rooms.forums.logic.wording import first_line, spread_as_told
from taihua.rooms.forums.models import Forum, Present, Speaker, Spread
from taihua.rooms.forums.queries.plans import HELD, SPOKE, held_already, speakers_on_record

ATTENDED, SPREAD = "attended-forum", "spread-practice"
# Kept on record, in the language of the records.
SPREAD_NOTED = "补记成果推广"


@transaction.atomic
def note_present(*, forum: Forum, people: Iterable[Person], by: Account, at: datetime) -> int:
    """Write down who is there; said again it is the new list that counts, until the forum is closed.

    :raises ForumRefused: it is not the recorder, the forum has not begun, or it is over
    """
    forum = _by_its_recorder(forum, by, at)
    by_id = {person.pk: person for person in people}
    forum.present.exclude(person__in=by_id).delete()
    there = set(forum.present.values_list("person", flat=True))
    Present.objects.bulk_create(
        Present(forum=forum, person=person, noted_at=at)
        for pk, person in by_id.items()
        if pk not in there
    )
    return len(by_id)


@transaction.atomic
def close_forum(*, forum: Forum, spoke: Collection[Speaker], by: Account, at: datetime) -> Forum:
    """Put on record that the forum was held, who spoke, and who was there.

    If a clerk's row of the ledger says already that it was held, that row stands and is not written
    a second time.

    :raises ForumRefused: it is not the recorder, the forum has not begun or is over, or one of
        those who spoke is not in its programme or declined
    """
    forum = _by_its_recorder(forum, by, at)
    speakers = list(Speaker.objects.filter(slot__forum=forum).select_related("person"))
    heard = [each for each in speakers if each.pk in {one.pk for one in spoke}]
    if len(heard) != len(spoke):
        raise ForumRefused(_("讲了的人要在这一期的议程里。"))
    if declined := [each.person.name for each in heard if each.declined_at]:
        raise ForumRefused(
            _("%(name)s已谢绝发言，不能记成讲了。请先在议程里换人。") % {"name": declined[0]}
        )
    Speaker.objects.filter(pk__in=[each.pk for each in heard]).update(spoke=True)
    people = list({each.person_id: each.person for each in heard}.values())
    statement = _held(forum, people, by, at)
    _record_people(forum, statement, people, by, at)
    forum.held, forum.held_at = statement.uuid, at
    forum.save(update_fields=["held", "held_at"])
    return forum


@transaction.atomic
def note_spread(
    *, forum: Forum, unit: Unit, what: str, since: date, by: Account | None, at: datetime
) -> Spread:
    """Write down that a unit took something up; the same told twice is told once.

    :raises ForumRefused: the forum is not held, or the day is before it or has not come
    """
    forum = Forum.objects.select_for_update().get(pk=forum.pk)
    if forum.held_at is None or forum.held is None:
        raise ForumRefused(_("讲坛办完以后才能记推广。"))
    if not forum.day <= since <= local_day(at):
        raise ForumRefused(_("做起来的日子要在讲坛当天或以后，不能晚于今天。"))
    spread, new = Spread.objects.get_or_create(
        forum=forum,
        unit=unit,
        what=what.strip(),
        defaults={"taken_up": since, "noted_by": by, "noted_at": at},
    )
    if new:
        _record_spread(forum, spread, by, at)
    return spread


def _by_its_recorder(forum: Forum, by: Account, at: datetime) -> Forum:
    forum = locked(forum)
    if not may_record(by, forum):
        raise ForumRefused(_("只有记录人能记谁到了、谁讲了。"))
    if at < forum.first:
        raise ForumRefused(_("讲坛还没有开始。"))
    return forum


def _held(forum: Forum, people: Iterable[Person], by: Account, at: datetime) -> Statement:
    if there := held_already(forum.kind, forum.host, forum.day):
        return there
    codes = [person.code for person in people]
    return record(
        unit=forum.host,
        verb=HELD,
        kind=forum.kind,
        path=forum.path,
        label=forum.topic,
        at=at,
        occurred_at=forum.first,
        context={"speakers": codes} if codes else None,
        entered_by=by,
    )


def _record_people(
    forum: Forum, statement: Statement, people: Iterable[Person], by: Account, at: datetime
) -> None:
    """Who spoke and who came, unless it is on record already."""
    known = speakers_on_record(statement)
    present = [each.person for each in forum.present.select_related("person").order_by("pk")]
    said = [(SPOKE, person) for person in people if person.pk not in known]
    record_many(
        [
            Draft(
                verb=verb,
                kind=forum.kind,
                path=statement.object_path,
                label=forum.topic,
                person=person,
                occurred_at=forum.first,
            )
            for verb, person in [*said, *((ATTENDED, person) for person in present)]
        ],
        at=at,
        entered_by=by,
    )


def _record_spread(forum: Forum, spread: Spread, by: Account | None, at: datetime) -> None:
    held = by_uuids([forum.held] if forum.held else []).get()
    line = spread_as_told([(spread.unit.name, spread.what)])
    told = "\n".join(filter(None, [(held.result or {}).get("outcome", ""), line]))
    forum.held = restate(
        uuid=forum.held, reason=SPREAD_NOTED, at=at, by=by, result={"outcome": told}
    )
    forum.save(update_fields=["held"])
    record(
        unit=spread.unit,
        verb=SPREAD,
        kind=forum.kind,
        path=held.object_path,
        label=first_line(spread.what),
        at=at,
        occurred_at=min(at, datetime.combine(spread.taken_up, NOON, ZONE)),
        entered_by=by,
    )
