"""Visits and plans, as far as somebody may see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice

from django.db.models import Exists, OuterRef, Q, QuerySet

from taihua.kernel.org.access import sees_all
from taihua.kernel.org.models import Account, Leave, Person, Term, Unit, open_on
from taihua.kernel.org.queries import PARTY_KINDS, open_units, units_seen_by
from taihua.kernel.records.queries import Statement, statements
from taihua.rooms.outreach.access import units_spoken_for
from taihua.rooms.outreach.logic.counting import WHOLE_DAY
from taihua.rooms.outreach.models import FieldVisit, PlannedVisit, Problem, Proposal, ProposalStep

KIND = "outreach/visit"
MOST_WORDS = 8
EARLIER, LATER = 3, 7  # days by which a visit may differ from its plan


@dataclass(frozen=True, slots=True)
class Answered:
    """What the ledger of visits shows of the answers that came after a visit."""

    answer: str = ""
    answered_by: str = ""
    carried: str = ""


def places_on(day: date) -> QuerySet[Unit]:
    """The units that can be visited on ``day``: no bodies of the party."""
    return open_units(day).exclude(kind__in=PARTY_KINDS)


def leave_on(person: Person, day: date) -> Leave | None:
    """The leave that ``person`` is on that day."""
    return Leave.objects.known().filter(open_on(day), person=person).order_by("pk").first()


def visits_seen_by(account: Account) -> QuerySet[FieldVisit]:
    """One's own; those of and to the units one looks after; those that ask something of one's unit."""
    visits = FieldVisit.objects.select_related("visitor", "place").order_by("-day", "-pk")
    if sees_all(account):
        return visits
    seen, spoken = units_seen_by(account), units_spoken_for(account)
    asked = Q(Exists(Proposal.objects.filter(visit=OuterRef("pk"), owner__in=spoken))) | Q(
        Exists(Problem.objects.filter(visit=OuterRef("pk"), owner__in=spoken))
    )
    served = Term.objects.known().filter(
        Q(last_day__isnull=True) | Q(last_day__gte=OuterRef("day")),
        person=OuterRef("visitor"),
        unit__in=seen,
        first_day__lte=OuterRef("day"),
    )
    return visits.filter(
        Q(visitor=account.person_id) | Q(place__in=seen) | asked | Q(Exists(served))
    )


def visits_of(person: Person) -> QuerySet[FieldVisit]:
    """The visits that ``person`` wrote down, the latest first."""
    return (
        FieldVisit.objects.filter(visitor=person)
        .select_related("visitor", "place")
        .order_by("-day", "-pk")
    )


def with_words(visits: QuerySet[FieldVisit], words: Iterable[str]) -> QuerySet[FieldVisit]:
    """Those in which all of ``words`` stand, in the note or in what came of it.

    Of very many words the first are looked for: a query has its limits.
    """
    for word in islice(words, MOST_WORDS):
        visits = visits.filter(
            Q(topic__icontains=word)
            | Q(seen__icontains=word)
            | Q(heard__icontains=word)
            | Q(place__name__icontains=word)
            | Q(visitor__name__icontains=word)
            | Exists(Proposal.objects.filter(visit=OuterRef("pk"), text__icontains=word))
            | Exists(Problem.objects.filter(visit=OuterRef("pk"), text__icontains=word))
        )
    return visits


# --- plans -----------------------------------------------------------------------------------------


def open_plans() -> QuerySet[PlannedVisit]:
    """The plans that stand and of which no visit came yet, the next first."""
    made = FieldVisit.objects.filter(
        visitor=OuterRef("visitor"),
        place=OuterRef("place"),
        day__range=(OuterRef("day") - EARLIER, OuterRef("day") + LATER),
        taken_at__gt=OuterRef("planned_at"),
    )
    return (
        PlannedVisit.objects.filter(cancelled_at__isnull=True)
        .exclude(Exists(made))
        .select_related("visitor", "place")
        .order_by("day", "pk")
    )


def plans_of(person: Person) -> QuerySet[PlannedVisit]:
    """What ``person`` means to do and has not done yet."""
    return open_plans().filter(visitor=person)


def plans_seen_by(account: Account, on: date) -> QuerySet[PlannedVisit]:
    """The plans from ``on`` on: one's own, those of people looked after; to one's unit if announced."""
    coming = open_plans().filter(day__gte=on)
    if sees_all(account):
        return coming
    seen = units_seen_by(account)
    theirs = Term.objects.known().filter(open_on(on), unit__in=seen).values("person")
    return coming.filter(
        Q(visitor=account.person_id) | Q(visitor__in=theirs) | Q(place__in=seen, announced=True)
    )


# --- what is on record -----------------------------------------------------------------------------


def on_record(person: Person, day: date) -> QuerySet[Statement]:
    """The visits of ``person`` on ``day`` that count, from whatever door they came."""
    return statements().filter(verb__code="visited", kind__code=KIND, person=person, day=day)


def halves_in_ledger(person: Person, day: date) -> dict[str, int]:
    """Place (code) → halves of a day that an imported ledger holds."""
    held: dict[str, int] = {}
    for statement in on_record(person, day).filter(row_key__isnull=False):
        code = str((statement.context or {}).get("place", ""))
        halves = min(WHOLE_DAY, int(statement.quantity * 2) or 1)
        held[code] = max(held.get(code, 0), halves)
    return held


def proposed_in_ledger(person: Person, day: date) -> set[str]:
    """The first lines of the proposals that an imported ledger holds of that day."""
    rows = statements().filter(verb__code="proposed", person=person, day=day, row_key__isnull=False)
    return set(rows.values_list("object_label", flat=True))


def answers_by_visit() -> dict[str, Answered]:
    """Visit (path of its record) → the answers that came since, joined as a ledger writes them."""
    found: dict[str, Answered] = {}
    steps = (
        ProposalStep.objects.filter(kind__in=("answered", "carried"))
        .select_related("proposal__visit", "unit")
        .order_by("proposal", "pk")
    )
    for step in steps:
        path = step.proposal.visit.path
        known = found.get(path, Answered())
        by = step.unit.code if step.unit else ""
        if step.kind == "answered":
            told = Answered(
                _joined(known.answer, step.words), known.answered_by or by, known.carried
            )
        else:
            told = Answered(
                known.answer, known.answered_by or by, _joined(known.carried, step.words)
            )
        found[path] = told
    return found


def _joined(before: str, more: str) -> str:
    return f"{before}\n{more}" if before else more


def days_this_month(person: Person, on: date) -> Decimal:
    """How many days ``person`` was out in the month of ``on``, as far as it is credited to it."""
    first = on.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    rows = statements().filter(
        verb__code="visited", kind__code=KIND, person=person, counts_on__range=(first, last)
    )
    return sum((row.quantity for row in rows), Decimal(0))


def overdue_plans(person: Person, on: date) -> Sequence[PlannedVisit]:
    """What ``person`` meant to do before ``on`` and has written nothing about; a month back at most."""
    back = on - timedelta(days=31)
    return list(plans_of(person).filter(day__lt=on, day__gte=back))
