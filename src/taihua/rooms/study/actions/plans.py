"""有计划: write a plan, decide on it, change it with the reason, close the year."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.base.templatetags.page import longday
from taihua.kernel.org.models import Account, Unit
from taihua.kernel.records.actions import record
from taihua.rooms.study.enums import Decision
from taihua.rooms.study.models import Plan, PlanItem, PlanVersion, Session
from taihua.rooms.study.queries.plans import held_slots
from taihua.rooms.study.queries.roster import group_on

MOST_ITEMS = 60


class PlanRefused(Exception):
    """The plan was not changed; the message says why and how to mend it."""


@transaction.atomic
def write_plan(
    *,
    unit: Unit,
    year: int,
    items: Sequence[PlanItem],
    at: datetime,
    by: Account | None = None,
    reason: str = "",
    expected: int = 0,
) -> PlanVersion:
    """Write the next version of the plan of a year; it holds once it is approved.

    :param items: rows without a version; a row without a slot is given the next free one
    :param expected: the number of the version from which it was written, 0 for none
    :raises PlanRefused: the year is over or closed, nothing is planned, a day lies outside the
        year, a lead speaker is not in post that day, a session held already is dropped or moved,
        the change has no reason, or somebody else wrote a version meanwhile
    """
    if year < local_day(at).year:
        raise PlanRefused(
            _("%(year)d 年已经过去，不能再写它的计划。补登旧计划请用学习计划台账。")
            % {"year": year}
        )
    plan, _made = Plan.objects.select_for_update().get_or_create(unit=unit, year=year)
    before = plan.versions.order_by("-number").first()
    _refuse_stale(plan, before, expected, reason)
    _refuse_items(plan, items)
    plan.versions.filter(decision=Decision.WAITING).update(decision=Decision.REPLACED)
    version = PlanVersion.objects.create(
        plan=plan,
        number=before.number + 1 if before else 1,
        reason=reason.strip() if before else "",
        written_at=at,
        written_by=by,
    )
    _number(plan, items)
    for item in items:
        item.version = version
    PlanItem.objects.bulk_create(items)
    return version


def _refuse_stale(plan: Plan, before: PlanVersion | None, expected: int, reason: str) -> None:
    if plan.is_closed:
        raise PlanRefused(_("%(year)d 年的计划已经收尾，不能再改。") % {"year": plan.year})
    newest = before.number if before else 0
    if newest != expected:
        raise PlanRefused(
            _("您填写期间，别人已写了第 %(number)d 版。您填的还在下面；请对照新的一版再提交。")
            % {"number": newest}
        )
    if before and not reason.strip():
        raise PlanRefused(_("调整计划要写明原因。"))


def _refuse_items(plan: Plan, items: Sequence[PlanItem]) -> None:
    if not items:
        raise PlanRefused(_("计划里还没有一次学习，请至少写一次。"))
    if len(items) > MOST_ITEMS:
        raise PlanRefused(_("一年的计划最多写 %(most)d 次。") % {"most": MOST_ITEMS})
    days: set[date] = set()
    for item in items:
        day = item.planned_date
        told = {"topic": item.topic, "day": longday(day)}
        if day.year != plan.year:
            raise PlanRefused(_("《%(topic)s》的日期 %(day)s不在这一年。") % told)
        if day in days:
            raise PlanRefused(_("%(day)s排了两次学习，请改其中一次的日期。") % told)
        days.add(day)
        if item.lead is not None and not group_on(plan.unit, day).contains(item.lead):
            raise PlanRefused(
                _("%(name)s在 %(day)s不在班子里任职，不能主讲《%(topic)s》。请另请一位。")
                % {**told, "name": item.lead.name}
            )
    _refuse_undoing(plan, items)


def _refuse_undoing(plan: Plan, items: Sequence[PlanItem]) -> None:
    """What was held stays in the plan where it was."""
    held = held_slots(plan)
    before = plan.versions.filter(decision=Decision.APPROVED).order_by("-number").first()
    stood = {item.slot: item for item in before.items.all()} if before else {}
    kept = {item.slot: item.planned_date for item in items if item.slot}
    for slot in held:
        old = stood.get(slot)
        if old is not None and kept.get(slot) != old.planned_date:
            raise PlanRefused(
                _("《%(topic)s》已经学过了，不能从计划里去掉，也不能改日期。")
                % {"topic": old.topic}
            )


def _number(plan: Plan, items: Sequence[PlanItem]) -> None:
    """Give new rows the slots after the highest that any version ever used."""
    used = PlanItem.objects.filter(version__plan=plan).values_list("slot", flat=True)
    free = max([*used, *(item.slot or 0 for item in items)], default=0) + 1
    for item in items:
        if not item.slot:
            item.slot, free = free, free + 1


@transaction.atomic
def decide(
    *, version: PlanVersion, approve: bool, reply: str, at: datetime, by: Account | None
) -> PlanVersion:
    """Approve a version, or return it with what is to be mended; an approval goes on record.

    :raises PlanRefused: it was decided on before, its plan is closed, or it is returned without
        a word of why
    """
    version = (
        PlanVersion.objects.select_for_update().select_related("plan__unit").get(pk=version.pk)
    )
    plan = version.plan
    if version.decision != Decision.WAITING or plan.is_closed:
        raise PlanRefused(_("第 %(number)d 版已经有了结论。") % {"number": version.number})
    if not approve and not reply.strip():
        raise PlanRefused(_("退回时，请写明要改什么。"))
    version.decision = Decision.APPROVED if approve else Decision.RETURNED
    version.reply, version.decided_at, version.decided_by = reply.strip(), at, by
    version.save(update_fields=["decision", "reply", "decided_at", "decided_by"])
    if approve:
        _record(plan, "approved-study-plan", at, by, number=version.number, reason=version.reason)
    return version


@transaction.atomic
def close_plan(*, plan: Plan, summary: str, at: datetime, by: Account | None) -> Plan:
    """Close the year of a plan with a word on how it went; from then on nothing of it changes.

    :raises PlanRefused: it is closed, has no summary, or a session set up is neither held nor
        cancelled
    """
    plan = Plan.objects.select_for_update().select_related("unit").get(pk=plan.pk)
    if plan.is_closed:
        raise PlanRefused(_("%(year)d 年的计划已经收尾，不能再改。") % {"year": plan.year})
    if not summary.strip():
        raise PlanRefused(_("请写几句这一年学得怎样。"))
    waiting = Session.objects.filter(plan=plan, held_at__isnull=True, cancelled_at__isnull=True)
    if (open_one := waiting.order_by("starts_at").first()) is not None:
        raise PlanRefused(
            _("《%(topic)s》还没有登记，也没有取消，请先办完再收尾。") % {"topic": open_one.topic}
        )
    plan.closed_at, plan.summary = at, summary.strip()
    plan.save(update_fields=["closed_at", "summary"])
    _record(plan, "closed-study-year", at, by)
    return plan


def _record(plan: Plan, verb: str, at: datetime, by: Account | None, **context: object) -> None:
    record(
        unit=plan.unit,
        verb=verb,
        kind="study/plan",
        path=plan.path,
        label=f"{plan.year} 年中心组学习计划",
        at=at,
        context=context,
        entered_by=by,
    )
