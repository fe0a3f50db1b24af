"""Mean to visit a unit on a day; think better of it."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.base.templatetags.page import longday
from taihua.kernel.org.enums import UnitKind
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.org.queries import unit_of
from taihua.kernel.records.actions import record, void
from taihua.kernel.records.queries import statements
from taihua.rooms.outreach.models import PlannedVisit
from taihua.rooms.outreach.queries.coverage import MOST_A_QUARTER, is_full
from taihua.rooms.outreach.queries.visits import KIND, leave_on

FARTHEST = timedelta(days=366)  # a day beyond is a slip of the pen


class PlanRefused(Exception):
    """Nothing was planned or cancelled; the message is written for the visitor."""


@transaction.atomic
def plan_visit(
    *, visitor: Person, place: Unit, day: date, topic: str, at: datetime,
    announced: bool = False, by: Account | None = None,
) -> PlannedVisit:  # fmt: skip
    """Put a visit into the plan, and record that it is planned.

    :raises PlanRefused: the day is past, more than a year off or one of leave, the unit closed or full
        for the quarter, the same is planned already, or the visitor works nowhere then
    """
    unit = _refuse_what_cannot_be(visitor, place, day, local_day(at))
    number = uuid4()
    statement = record(
        unit=unit, verb="planned-outreach", kind=KIND, path=f"{KIND}/{number.hex}", label=topic,
        at=at, entered_by=by,
        context={"planned": day.isoformat(), "lead": visitor.code, "place": place.code},
    )  # fmt: skip
    try:
        with transaction.atomic():
            return PlannedVisit.objects.create(
                visitor=visitor, place=place, day=day, topic=topic, announced=announced,
                planned_at=at, statement=statement.uuid,
            )  # fmt: skip
    except IntegrityError:
        raise PlanRefused(_("这一天去%(place)s已经在计划里。") % {"place": place.name}) from None


def _refuse_what_cannot_be(visitor: Person, place: Unit, day: date, today: date) -> Unit:
    told = {"place": place.name, "day": longday(day), "cap": MOST_A_QUARTER}
    if day < today:
        raise PlanRefused(_("%(day)s已经过去，去过的请直接写调研记录。") % told)
    if day > today + FARTHEST:
        raise PlanRefused(_("%(day)s离今天一年以上，请核对日期。") % told)
    if place.opened > day or (place.closed and place.closed < day):
        raise PlanRefused(_("%(day)s%(place)s不在办，请另选一所。") % told)
    if leave_on(visitor, day):
        raise PlanRefused(_("%(day)s在请假，请另选一天。") % told)
    if place.kind == UnitKind.SCHOOL and is_full(place, day, today):
        raise PlanRefused(_("%(place)s那个季度已有 %(cap)d 天有人去，请另选一所，不扎堆。") % told)
    unit = unit_of(visitor, day)
    if unit is None:
        raise PlanRefused(_("%(day)s没有任职的单位，不能列计划。") % told)
    return unit


@transaction.atomic
def cancel_visit(
    *, planned: PlannedVisit, because: str, at: datetime, by: Account | None = None
) -> PlannedVisit:
    """Take a visit out of the plan, with the reason; its record is voided with the same words.

    :raises PlanRefused: it was cancelled before, or no reason is given
    """
    row = PlannedVisit.objects.select_for_update().get(pk=planned.pk)
    if row.cancelled_at is not None:
        raise PlanRefused(_("这次计划已经取消过了。"))
    if not because.strip():
        raise PlanRefused(_("请写明取消的原因。"))
    for statement in statements().filter(uuid=row.statement):
        void(statement=statement, reason=because, at=at, entered_by=by)
    row.cancelled_at, row.cancelled_because = at, because.strip()
    row.save(update_fields=["cancelled_at", "cancelled_because"])
    return row
