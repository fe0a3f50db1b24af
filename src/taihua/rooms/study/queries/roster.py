"""Who belongs to a central group on a day, and who of them is away."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from taihua.kernel.org.enums import Tier, UnitKind
from taihua.kernel.org.models import Account, Leave, Person, Unit, open_on
from taihua.kernel.org.queries import open_units, seats_of, subtree_ids, terms_on

GROUP, ENLARGED = (Tier.LEADERSHIP,), (Tier.LEADERSHIP, Tier.MIDDLE)
SECRETARY = "study_secretary"


def hosts(on: date) -> QuerySet[Unit]:
    """The units that keep a central group: committees; where there are none, the bureau."""
    units = open_units(on)
    committees = units.filter(kind=UnitKind.COMMITTEE)
    return committees if committees.exists() else units.filter(kind=UnitKind.BUREAU)


def group_on(unit: Unit, day: date, *, enlarged: bool = False) -> QuerySet[Person]:
    """Who is expected at a session of ``unit`` on ``day``: by the posts of that day, by name.

    The leadership of the body to which the committee belongs; enlarged, its middle cadres too.
    A post held besides another does not make a member.
    """
    below = subtree_ids([unit.parent_id or unit.pk])
    holders = terms_on(day).filter(
        post__tier__in=ENLARGED if enlarged else GROUP, concurrent=False, unit__in=below
    )
    return Person.objects.filter(pk__in=holders.values("person")).order_by("name", "pk")


def office_on(unit: Unit, day: date) -> QuerySet[Person]:
    """The leadership and everybody who works in the bureau's own offices on ``day``, by name."""
    below = subtree_ids([unit.parent_id or unit.pk])
    holders = terms_on(day).filter(
        unit__in=below, unit__kind__in=(UnitKind.BUREAU, UnitKind.SECTION)
    )
    return Person.objects.filter(pk__in=holders.values("person")).order_by("name", "pk")


def leave_on(people: Iterable[Person], day: date) -> dict[int, Leave]:
    """The leave that covers ``day``, by the id of the person."""
    found = Leave.objects.known().filter(open_on(day), person__in=list(people)).order_by("pk")
    return {leave.person_id: leave for leave in found}


def places_of(person: Person, on: date, *, enlarged: bool = False) -> set[int]:
    """The ids of the units under which ``person`` serves in a post of the group on ``on``.

    A committee is one's own if it, or the body to which it belongs, is among them.
    """
    tiers = ENLARGED if enlarged else GROUP
    return {
        unit
        for seat in seats_of(person, on)
        if seat.tier in tiers and not seat.concurrent
        for unit in seat.units
    }


def offices_of(person: Person, on: date) -> set[int]:
    """The ids of the units under which ``person`` works in the bureau's own offices on ``on``."""
    offices = (UnitKind.BUREAU, UnitKind.SECTION)
    return {unit for seat in seats_of(person, on) if seat.kind in offices for unit in seat.units}


def hosted_by(places: set[int]) -> Q:
    """The condition that a thing's unit is one of ``places`` or belongs to one."""
    return Q(unit__in=places) | Q(unit__parent__in=places)


def secretary_of(unit: Unit, on: date) -> Person | None:
    """Who keeps the study of ``unit`` (学习秘书), by post on that day."""
    terms = terms_on(on).filter(unit=unit, post__tags__tag=SECRETARY).select_related("person")
    term = terms.first()
    return term.person if term else None


def recorder_of(unit: Unit, on: date, by: Account | None) -> Person | None:
    """Who will keep the record: the study secretary of the day, else whoever sets it up."""
    return secretary_of(unit, on) or (by.person if by else None)
