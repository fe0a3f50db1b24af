"""有内容: set a session, change it with the reason, call it off."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.base.templatetags.page import longday
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.org.queries import terms_on
from taihua.kernel.records.actions import record
from taihua.kernel.records.restating import restate, take_back
from taihua.rooms.study.actions.promises import let_go, owe
from taihua.rooms.study.models import Plan, Session
from taihua.rooms.study.queries.plans import holding
from taihua.rooms.study.queries.roster import leave_on, recorder_of
from taihua.rooms.study.queries.sessions import overlapping, plan_for
from taihua.rooms.study.queries.turns import lectures_at

RECORD_WITHIN = timedelta(days=3)


class SessionRefused(Exception):
    """Nothing was changed; the message says why and how to mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """When, where, on what, led by whom, for whom."""

    topic: str
    starts_at: datetime
    ends_at: datetime
    days: Decimal
    lead: Person
    place: str = ""
    enlarged: bool = False
    agenda: str = ""


@transaction.atomic
def set_session(
    *,
    unit: Unit,
    arrangement: Arrangement,
    at: datetime,
    by: Account | None = None,
    slot: int | None = None,
    beyond_plan: str = "",
) -> Session:
    """Set topic and day of a session (排定), by the plan or with the reason beyond it; on record.

    :raises SessionRefused: its year is closed, the slot is not in the plan or taken, there is a
        plan and neither slot nor reason, the time is taken, or the lead speaker is not in post or
        away that day
    """
    day = local_day(arrangement.starts_at)
    plan = _plan(unit, day.year, slot, beyond_plan)
    _refuse(unit, arrangement)
    try:
        with transaction.atomic():
            session = Session.objects.create(
                unit=unit,
                plan=plan,
                slot=slot,
                beyond_plan="" if slot else beyond_plan.strip(),
                recorder=recorder_of(unit, day, by),
                **_fields(arrangement),
            )
    except IntegrityError:
        raise SessionRefused(_("计划里的这一项已经排定了，请到那次学习上改。")) from None
    _record_plan(session, at, by)
    _let_record(session, at)
    return session


def _record_plan(session: Session, at: datetime, by: Account | None) -> None:
    session.planned_by = record(
        unit=session.unit,
        verb="planned-session",
        kind="study/session",
        path=session.path,
        label=session.topic,
        at=at,
        context=_planned(session),
        entered_by=by,
    ).uuid
    session.save(update_fields=["planned_by"])


@transaction.atomic
def change_session(
    *,
    session: Session,
    arrangement: Arrangement,
    reason: str,
    at: datetime,
    by: Account | None = None,
) -> Session:
    """Change what was arranged, with the reason; the plan's record is stated anew.

    :raises SessionRefused: it is held, cancelled or of a closed year, no reason is given, or as
        :func:`set_session`
    """
    session = _open(session)
    if not reason.strip():
        raise SessionRefused(_("改动要写明原因。"))
    if session.plan and local_day(arrangement.starts_at).year != session.plan.year:
        raise SessionRefused(_("改期要在 %(year)d 年以内。") % {"year": session.plan.year})
    _refuse(session.unit, arrangement, session)
    for name, value in _fields(arrangement).items():
        setattr(session, name, value)
    session.revision += 1
    if session.planned_by is not None:
        session.planned_by = restate(
            uuid=session.planned_by,
            reason=reason.strip(),
            at=at,
            by=by,
            label=session.topic,
            context=_planned(session),
        )
    session.save()
    let_go(f"{session.path}/attendance", reason.strip(), at)
    _let_record(session, at)
    return session


@transaction.atomic
def cancel_session(
    *, session: Session, reason: str, at: datetime, by: Account | None = None
) -> Session:
    """Call a session off, with the reason; its place in the plan is free again.

    :raises SessionRefused: it is held, cancelled or of a closed year, or no reason is given
    """
    session = _open(session)
    if not reason.strip():
        raise SessionRefused(_("取消要写明原因。"))
    take_back(uuid=session.planned_by, reason=reason.strip(), at=at, by=by)
    session.cancelled_at, session.cancelled_because = at, reason.strip()
    session.revision += 1
    session.save(update_fields=["cancelled_at", "cancelled_because", "revision"])
    let_go(f"{session.path}/attendance", reason.strip(), at)
    return session


def _open(session: Session) -> Session:
    row = Session.objects.select_for_update().get(pk=session.pk)
    _refuse_closed(row.plan)
    if row.is_held or row.is_cancelled:
        raise SessionRefused(_("《%(topic)s》已经登记或取消，不能再改。") % {"topic": row.topic})
    return row


def _plan(unit: Unit, year: int, slot: int | None, beyond_plan: str) -> Plan | None:
    plan = plan_for(unit, year)
    _refuse_closed(plan)
    version = holding(plan) if plan else None
    if slot is not None:
        if version is None or all(item.slot != slot for item in version.items.all()):
            raise SessionRefused(_("%(year)d 年的计划里没有这一项。") % {"year": year})
    elif version is not None and not beyond_plan.strip():
        raise SessionRefused(_("这次学习不在计划里，请写明为什么要加，或从计划里选一项。"))
    return plan


def _refuse_closed(plan: Plan | None) -> None:
    if plan is not None and plan.is_closed:
        raise SessionRefused(_("%(year)d 年的学习已经收尾，不能再排、再改。") % {"year": plan.year})


def _refuse(unit: Unit, arrangement: Arrangement, but: Session | None = None) -> None:
    if arrangement.ends_at <= arrangement.starts_at:
        raise SessionRefused(_("结束时间要晚于开始时间。"))
    taken = overlapping(unit, arrangement.starts_at, arrangement.ends_at, but).first()
    other = taken or lectures_at(unit, arrangement.starts_at, arrangement.ends_at).first()
    if other is not None:
        raise SessionRefused(
            _("这段时间已有《%(topic)s》，请改一个时间。") % {"topic": other.topic}
        )
    day, lead = local_day(arrangement.starts_at), arrangement.lead
    told = {"name": lead.name, "day": longday(day)}
    if not terms_on(day).filter(person=lead).exists():
        raise SessionRefused(_("%(name)s在 %(day)s没有任职，不能主讲。请另请一位。") % told)
    if lead.pk in leave_on([lead], day):
        raise SessionRefused(_("%(name)s在 %(day)s请假，不能主讲。请改期或另请一位。") % told)


def _fields(arrangement: Arrangement) -> dict[str, object]:
    return {name: getattr(arrangement, name) for name in Arrangement.__dataclass_fields__}


def _planned(session: Session) -> dict[str, str]:
    """What the ledger of plans keeps of it."""
    return {"planned": session.day.isoformat(), "lead": session.lead.code}


def _let_record(session: Session, at: datetime) -> None:
    owe(
        session.recorder or session.unit,
        _("登记《%(topic)s》的出席") % {"topic": session.topic},
        session.day + RECORD_WITHIN,
        f"{session.path}/attendance",
        (reverse("study:attendance", args=[session.pk]), _("登记出席")),
        at,
    )
