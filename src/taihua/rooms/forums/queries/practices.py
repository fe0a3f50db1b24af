"""Practices worth copying: by newest, or by what concerns a unit; who tried them."""

from datetime import date

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from taihua.kernel.org.enums import UnitKind
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.org.queries import unit_of
from taihua.kernel.records.queries import Statement, statements
from taihua.rooms.forums.enums import MeantFor, TrialResult
from taihua.rooms.forums.models import Practice, Trial

NEWEST, MINE = "newest", "mine"


def practices_seen_by(account: Account) -> QuerySet[Practice]:
    """What is written out, for everybody; a draft for its writer alone."""
    return _practices().filter(Q(shared_at__isnull=False) | Q(writer=account.person_id))


def shelf(order: str, unit: Unit | None) -> QuerySet[Practice]:
    """What is in use: the newest first, or first what could help ``unit`` and it has not tried."""
    found = _practices().filter(shared_at__isnull=False, retired_at__isnull=True)
    if order != MINE or unit is None:
        return found.order_by("-shared_at", "-pk")
    kinds = [MeantFor.EVERYBODY, meant_for(unit)]
    tried = Trial.objects.filter(practice=OuterRef("pk"), unit=unit)
    return (
        found.exclude(unit=unit)
        .annotate(
            place=Case(
                When(Q(meant_for__in=kinds) & ~Exists(tried), then=Value(0)), default=Value(1)
            )
        )
        .order_by("place", "-shared_at", "-pk")
    )


def retired() -> QuerySet[Practice]:
    """What its unit has taken out of use, the latest first."""
    return _practices().filter(retired_at__isnull=False).order_by("-retired_at", "-pk")


def drafts_of(person: Person) -> QuerySet[Practice]:
    """What ``person`` has begun and not written out."""
    return _practices().filter(writer=person, shared_at__isnull=True).order_by("-saved_at", "-pk")


def trials_of(practice: Practice) -> QuerySet[Trial]:
    """Who tried it, in order of time."""
    return practice.trials.select_related("unit", "noted_by").order_by("started", "pk")


def trials_under_way(unit: Unit) -> QuerySet[Trial]:
    """What ``unit`` is trying and has not told about."""
    return (
        Trial.objects.filter(unit=unit, result=TrialResult.UNDER_WAY)
        .select_related("practice__unit")
        .order_by("started", "pk")
    )


def own_unit(person: Person | None, on: date) -> Unit | None:
    """The unit for which ``person`` writes and tries."""
    return unit_of(person, on) if person else None


def meant_for(unit: Unit) -> str:
    """Which practices are meant for such a unit."""
    return MeantFor.SCHOOLS if unit.kind == UnitKind.SCHOOL else MeantFor.SECTIONS


def _practices() -> QuerySet[Practice]:
    worked = Q(trials__result__in=[TrialResult.WORKED, TrialResult.PARTLY])
    return Practice.objects.select_related("unit", "writer").annotate(
        tried=Count("trials", distinct=True), worked=Count("trials", filter=worked, distinct=True)
    )


def from_the_ledger() -> QuerySet[Statement]:
    """The practices that stand in the ledger alone, the latest first."""
    kept = Practice.objects.filter(record__isnull=False).values_list("record", flat=True)
    return (
        statements()
        .filter(verb__code="shared-practice")
        .exclude(uuid__in=[str(each) for each in kept])
        .select_related("unit")
    )
