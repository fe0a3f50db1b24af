"""What has been planned on record and is not carried out by a page of this room yet."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q, QuerySet

from taihua.kernel.org.models import Unit
from taihua.kernel.records.queries import Statement, statements
from taihua.rooms.forums.enums import ForumKind
from taihua.rooms.forums.models import Forum, Round

PLANNED, HELD, SPOKE = "planned-forum", "held-forum", "spoke-at-forum"


def open_plans(units: Iterable[int], kinds: Iterable[str], on: date) -> QuerySet[Statement]:
    """The plans for the year of ``on`` and later that no forum or round has taken.

    A plan that names no day is for the year in which it was made, and one made in December for
    the next year too.
    """
    taken = [
        str(plan)
        for model in (Forum, Round)
        for plan in model.objects.filter(plan__isnull=False).values_list("plan", flat=True)
    ]
    this_year = Q(counts_on__gte=date(on.year, 1, 1))
    since_december = Q(counts_on=F("day"), day__gte=date(on.year - 1, 12, 1))
    return (
        statements()
        .filter(
            this_year | since_december,
            verb__code=PLANNED,
            kind__code__in=list(kinds),
            unit__in=list(units),
        )
        .exclude(uuid__in=taken)
        .order_by("day", "pk")
    )


def held_already(kind: str, host: Unit, day: date) -> Statement | None:
    """The row of the ledger that says this forum took place, if a clerk has written it before."""
    taken = Forum.objects.filter(held__isnull=False).values_list("held", flat=True)
    return (
        statements()
        .filter(verb__code=HELD, kind__code=kind, unit=host, day=day)
        .exclude(uuid__in=[str(each) for each in taken])
        .first()
    )


def speakers_on_record(statement: Statement) -> set[int]:
    """The ids of those who are on record as speakers of the forum of that statement."""
    found = statements().filter(verb__code=SPOKE, object_path=statement.object_path)
    people = found.filter(day=statement.day, person__isnull=False)
    return set(people.values_list("person", flat=True))


def from_the_ledger() -> QuerySet[Statement]:
    """The forums that stand in the ledger alone, the latest first."""
    kept = Forum.objects.filter(held__isnull=False).values_list("held", flat=True)
    return (
        statements()
        .filter(verb__code=HELD, kind__code__in=ForumKind.values)
        .exclude(uuid__in=[str(each) for each in kept])
        .select_related("unit", "kind")
    )
