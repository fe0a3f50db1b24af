"""有检查: the recorder notes who came; leave has a reason; what was missed is made up for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from taihua.base.clock import ZONE, local_day
from taihua.base.templatetags.page import longday
from taihua.kernel.org.models import Account, Person
from taihua.kernel.org.queries import terms_of
from taihua.kernel.records.actions import Draft, record, record_many
from taihua.kernel.records.restating import restate, take_back
from taihua.rooms.study.actions.promises import keep, owe
from taihua.rooms.study.enums import Turnout
from taihua.rooms.study.models import Attendance, Session
from taihua.rooms.study.queries.sessions import expected_at, is_expected

MINUTES_WITHIN = timedelta(days=7)


class AttendanceRefused(Exception):
    """Nothing was noted; the message says who, why, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Noted:
    """How one person was noted."""

    turnout: str
    reason: str = ""


@transaction.atomic
def ask_leave(*, session: Session, person: Person, reason: str, at: datetime) -> Attendance:
    """Tell the recorder beforehand that one will be away, and why.

    :raises AttendanceRefused: one is not expected, no reason is given, or attendance is noted
    """
    session = _locked(session)
    if session.is_held or session.is_cancelled:
        raise AttendanceRefused(_("《%(topic)s》已经登记或取消。") % {"topic": session.topic})
    if not is_expected(person, session):
        raise AttendanceRefused(_("《%(topic)s》没有安排您参加。") % {"topic": session.topic})
    if not reason.strip():
        raise AttendanceRefused(_("请假要写明原因。"))
    leave, _made = Attendance.objects.update_or_create(
        session=session,
        person=person,
        defaults={"turnout": Turnout.LEAVE, "reason": reason.strip(), "noted_at": at},
    )
    return leave


@transaction.atomic
def note_attendance(
    *, session: Session, noted: Mapping[Person, Noted], at: datetime, by: Account | None
) -> Session:
    """Note who came, and put on record that the session was held and who studied.

    :param noted: for everybody expected on the day; whoever came besides and was in post
    :raises AttendanceRefused: the day has not come, somebody expected is left out, somebody was
        not in post that day, leave has no reason, nobody came, or it was noted before
    """
    session = _locked(session)
    _refuse_early_or_twice(session, at)
    _refuse(session, noted)
    present = _note(session, noted, at, by)
    held = record(
        unit=session.unit,
        verb="held-session",
        kind="study/session",
        path=session.path,
        label=session.topic,
        at=at,
        occurred_at=session.starts_at,
        quantity=session.days,
        context={"present": [person.code for person in present]},
        entered_by=by,
    )
    session.held_by, session.held_at = held.uuid, at
    session.revision += 1
    session.save(update_fields=["held_by", "held_at", "revision"])
    keep(f"{session.path}/attendance", held, at)
    _let_minutes_be_owed(session, at)
    return session


def _refuse_early_or_twice(session: Session, at: datetime) -> None:
    told = {"topic": session.topic}
    if session.is_held or session.is_cancelled:
        raise AttendanceRefused(_("《%(topic)s》已经登记或取消。") % told)
    if session.starts_at > at:
        raise AttendanceRefused(_("《%(topic)s》还没有开始，开完再登记。") % told)


def _let_minutes_be_owed(session: Session, at: datetime) -> None:
    owe(
        session.recorder or session.unit,
        _("整理《%(topic)s》的纪要并印发") % {"topic": session.topic},
        max(session.day, local_day(at)) + MINUTES_WITHIN,
        f"{session.path}/minutes",
        (reverse("study:minutes", args=[session.pk]), _("写纪要")),
        at,
    )


@transaction.atomic
def correct_attendance(
    *,
    session: Session,
    noted: Mapping[Person, Noted],
    reason: str,
    at: datetime,
    by: Account | None,
) -> Session:
    """Put an attendance record right, with the reason; what stood on record is stated anew.

    :raises AttendanceRefused: it was not noted yet or its year is closed, no reason is given,
        somebody made up for what they now are said to have attended, or as :func:`note_attendance`
    """
    session = _locked(session)
    if not session.is_held or session.held_by is None:
        raise AttendanceRefused(_("《%(topic)s》还没有登记过出席。") % {"topic": session.topic})
    if not reason.strip():
        raise AttendanceRefused(_("更正要写明原因。"))
    _refuse(session, noted)
    made_up = session.attendances.filter(made_up_date__isnull=False).select_related("person")
    for each in made_up:
        if noted.get(each.person, Noted(each.turnout)).turnout == Turnout.PRESENT:
            raise AttendanceRefused(
                _("%(name)s已经补学过，不能改成到会。") % {"name": each.person.name}
            )
    before = session.attendances.filter(turnout=Turnout.PRESENT, studied_by__isnull=False)
    for each in before.select_related("person"):
        if noted[each.person].turnout != Turnout.PRESENT:
            take_back(uuid=each.studied_by, reason=reason.strip(), at=at, by=by)
            each.studied_by = None
            each.save(update_fields=["studied_by"])
    present = _note(session, noted, at, by)
    context = {"present": [person.code for person in present]}
    session.held_by = restate(
        uuid=session.held_by, reason=reason.strip(), at=at, by=by, context=context
    )
    session.save(update_fields=["held_by"])
    return session


@transaction.atomic
def make_up(
    *, attendance: Attendance, day: date, how: str, at: datetime, by: Account | None
) -> Attendance:
    """Note what was made up for (补学) and what it brought; it counts for the session missed.

    :raises AttendanceRefused: nothing was missed or it is made up for, nothing is said of it, or
        the day lies before the session or has not come
    """
    row = (
        Attendance.objects.select_for_update()
        .select_related("session", "person")
        .get(pk=attendance.pk)
    )
    session = row.session
    if not session.is_held or not row.is_owed:
        raise AttendanceRefused(_("《%(topic)s》不用补学。") % {"topic": session.topic})
    if not how.strip():
        raise AttendanceRefused(_("请写几句补学了什么、有什么所得。"))
    if not session.day <= day <= local_day(at):
        raise AttendanceRefused(
            _("补学日期要在 %(first)s到今天之间。") % {"first": longday(session.day)}
        )
    statement = record(
        person=row.person,
        verb="studied",
        kind="study/session",
        path=session.path,
        label=session.topic,
        at=at,
        occurred_at=datetime.combine(day, time(12), ZONE),
        counts_on=session.day,
        quantity=session.days,
        entered_by=by,
    )
    row.made_up_date, row.made_up_how, row.studied_by = day, how.strip(), statement.uuid
    row.save(update_fields=["made_up_date", "made_up_how", "studied_by"])
    return row


def _locked(session: Session) -> Session:
    row = Session.objects.select_for_update().select_related("unit").get(pk=session.pk)
    if row.plan is not None and row.plan.is_closed:
        raise AttendanceRefused(
            _("%(year)d 年的学习已经收尾，不能再登记。") % {"year": row.plan.year}
        )
    return row


def _refuse(session: Session, noted: Mapping[Person, Noted]) -> None:
    expected = {each.person for each in expected_at(session)}
    if missing := sorted(person.name for person in expected - noted.keys()):
        raise AttendanceRefused(_("还没有登记：%(names)s。") % {"names": "、".join(missing)})
    for person, mark in noted.items():
        if mark.turnout == Turnout.LEAVE and not mark.reason.strip():
            raise AttendanceRefused(_("%(name)s请假的原因还没有写。") % {"name": person.name})
        if person not in expected and not is_in_post(person, session.day):
            raise AttendanceRefused(_gone(person, session.day))
    if all(mark.turnout != Turnout.PRESENT for mark in noted.values()):
        raise AttendanceRefused(_("没有人到会。没有开成的学习请取消。"))


def is_in_post(person: Person, day: date) -> bool:
    """Whether ``person`` held any post on ``day``."""
    return any(
        term.first_day <= day and (term.last_day is None or term.last_day >= day)
        for term in terms_of(person)
    )


def _gone(person: Person, day: date) -> str:
    ends = [term.last_day for term in terms_of(person) if term.last_day and term.last_day < day]
    told = {"name": person.name, "day": longday(day)}
    if ends:
        return _("%(name)s已在 %(last)s离任，%(day)s不能登记到会。请从名单上去掉。") % {
            **told,
            "last": longday(max(ends)),
        }
    return _("%(name)s在 %(day)s还没有任职，不能登记到会。请从名单上去掉。") % told


def _note(
    session: Session, noted: Mapping[Person, Noted], at: datetime, by: Account | None
) -> Sequence[Person]:
    """Write the rows and the statements of those who came; tells who did, by name."""
    rows = {each.person_id: each for each in session.attendances.all()}
    present = sorted(
        (person for person, mark in noted.items() if mark.turnout == Turnout.PRESENT),
        key=lambda person: (person.name, person.pk),
    )
    came = [p for p in present if p.pk not in rows or rows[p.pk].studied_by is None]
    told = record_many([_studied(session, person) for person in came], at=at, entered_by=by)
    uuids = {statement.person_id: statement.uuid for statement in told}
    for person, mark in noted.items():
        row = rows.get(person.pk) or Attendance(session=session, person=person)
        row.turnout, row.reason = mark.turnout, mark.reason.strip()
        row.noted_at, row.noted_by = at, by
        row.studied_by = uuids.get(person.pk, row.studied_by)
        row.save()
    return present


def _studied(session: Session, person: Person) -> Draft:
    return Draft(
        verb="studied",
        kind="study/session",
        path=session.path,
        label=session.topic,
        person=person,
        occurred_at=session.starts_at,
        quantity=session.days,
    )
