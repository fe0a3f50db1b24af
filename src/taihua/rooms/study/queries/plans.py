"""Plans, their versions, and how far they are done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from taihua.base.clock import local_day
from taihua.kernel.org.access import sees_all
from taihua.kernel.org.enums import Role
from taihua.kernel.org.models import Account, Person
from taihua.kernel.org.queries import subtree_ids
from taihua.rooms.study.enums import Decision
from taihua.rooms.study.logic.plans import Change, Item, Quarter, changes, quarters
from taihua.rooms.study.models import Plan, PlanItem, PlanVersion, Session
from taihua.rooms.study.queries.roster import hosted_by, places_of


@dataclass(frozen=True, slots=True)
class Chapter:
    """A version with what it changed of the one before."""

    version: PlanVersion
    items: Sequence[Item]
    changes: Sequence[Change]


def plans_seen_by(account: Account, on: date) -> QuerySet[Plan]:
    """The plans of the groups to which ``account`` belongs or which it leads; newest year first."""
    plans = Plan.objects.select_related("unit").order_by("-year", "unit__name", "pk")
    if sees_all(account):
        return plans
    mine = places_of(account.person, on) if account.person else set()
    led = subtree_ids(account.granted_units([Role.LEADER]))
    return plans.filter(hosted_by(mine) | Q(unit__in=led))


def versions_of(plan: Plan) -> QuerySet[PlanVersion]:
    """All versions, newest first, with what they hold."""
    items = PlanItem.objects.select_related("lead").order_by("planned_date", "slot")
    return (
        plan.versions.select_related("written_by__person", "decided_by__person")
        .prefetch_related(Prefetch("items", queryset=items))
        .order_by("-number")
    )


def newest(plan: Plan) -> PlanVersion:
    """The version written last, whatever was decided on it."""
    return versions_of(plan)[0]


def holding(plan: Plan) -> PlanVersion | None:
    """The version that holds: the newest approved."""
    return versions_of(plan).filter(decision=Decision.APPROVED).first()


def items_of(version: PlanVersion | None) -> list[Item]:
    """What a version foresees, by day."""
    if version is None:
        return []
    return [
        Item(
            each.slot, each.planned_date, each.topic, each.lead.name if each.lead else "", each.aim
        )
        for each in version.items.all()
    ]


def chapters_of(plan: Plan) -> list[Chapter]:
    """The story of a plan, newest version first: what was planned, what it became, and why."""
    told: list[Chapter] = []
    before: list[Item] = []
    for version in reversed(list(versions_of(plan))):
        items = items_of(version)
        told.append(Chapter(version, items, changes(before, items) if told else ()))
        if version.decision != Decision.RETURNED:
            before = items
    return told[::-1]


def quarters_of(plan: Plan, on: date) -> list[Quarter]:
    """Plan against done, quarter by quarter, by the version that holds."""
    sessions = list(Session.objects.filter(plan=plan, held_at__isnull=False))
    held = {each.slot: each.day for each in sessions if each.slot is not None}
    beyond = [each.day for each in sessions if each.slot is None]
    return quarters(items_of(holding(plan)), held, beyond, on)


def waiting_for(account: Account) -> QuerySet[PlanVersion]:
    """The versions that ``account`` is to decide on, oldest first."""
    led = subtree_ids(account.granted_units([Role.LEADER]))
    return (
        PlanVersion.objects.filter(decision=Decision.WAITING, plan__unit__in=led)
        .select_related("plan__unit")
        .order_by("written_at", "pk")
    )


def unscheduled(plan: Plan) -> list[Item]:
    """What the holding version foresees and no session was set up for, by day."""
    taken = set(
        Session.objects.filter(plan=plan, cancelled_at__isnull=True).values_list("slot", flat=True)
    )
    return [item for item in items_of(holding(plan)) if item.slot not in taken]


def planned_lead(plan: Plan, slot: int) -> Person | None:
    """Whom the holding version means to lead a session, whoever else may have the name."""
    item = PlanItem.objects.filter(version=holding(plan), slot=slot)
    return Person.objects.filter(pk__in=item.values("lead")).first()


def rows_of(plan: Plan) -> list[tuple[Item, Session | None]]:
    """What the holding version foresees, each with the session set up for it, by day."""
    sessions = {each.slot: each for each in Session.objects.filter(plan=plan, cancelled_at=None)}
    return [(item, sessions.get(item.slot)) for item in items_of(holding(plan))]


def held_slots(plan: Plan) -> dict[int, date]:
    """The day of each session of the plan that is held, by slot."""
    sessions = Session.objects.filter(plan=plan, held_at__isnull=False, slot__isnull=False)
    rows = sessions.values_list("slot", "starts_at")
    return {slot: local_day(starts_at) for slot, starts_at in rows if slot is not None}
