"""Whom a book is set: groups of readers against the posts that people hold on a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.org.queries import terms_on
from taihua.rooms.reading.access import may_see_progress
from taihua.rooms.reading.enums import Binding
from taihua.rooms.reading.models import Assignment, Attempt, ReaderGroup


@dataclass(frozen=True, slots=True)
class Seat:
    """A post held on a day; ``units`` are its unit and all above it."""

    person: int
    tier: str
    tags: frozenset[str]
    units: frozenset[int]


def seats_on(day: date, people: Iterable[Person] | None = None) -> dict[int, list[Seat]]:
    """The seats of each person (by id) on ``day``; of everybody unless ``people`` are named."""
    terms = terms_on(day).select_related("post").prefetch_related("post__tags")
    if people is not None:
        terms = terms.filter(person__in=people)
    parents: dict[int, int | None] = dict(Unit.objects.values_list("pk", "parent_id"))
    seats: dict[int, list[Seat]] = defaultdict(list)
    for term in terms:
        tags = frozenset(tag.tag for tag in term.post.tags.all())
        units = _unit_and_above(term.unit_id, parents)
        seats[term.person_id].append(Seat(term.person_id, term.post.tier, tags, units))
    return seats


def seats_of(person: Person, day: date) -> list[Seat]:
    return seats_on(day, [person]).get(person.pk, [])


def addresses(group: ReaderGroup, seat: Seat) -> bool:
    """Whether whoever holds ``seat`` belongs to ``group``; all that the group names must fit."""
    return (
        group.tier in {"", seat.tier}
        and (not group.tag or group.tag in seat.tags)
        and (group.unit_id is None or group.unit_id in seat.units)
    )


def addressing(seats: Iterable[Seat]) -> Q:
    """The same as :func:`addresses`, as a condition on reader groups."""
    condition = Q(pk__in=[])
    for seat in seats:
        condition |= Q(tier__in=["", seat.tier], tag__in=["", *sorted(seat.tags)]) & (
            Q(unit__isnull=True) | Q(unit__in=sorted(seat.units))
        )
    return condition


def assignments_for(
    person: Person, day: date, binding: str = Binding.REQUIRED
) -> QuerySet[Assignment]:
    """The books set to ``person`` as he is placed on ``day``, the next due first."""
    groups = ReaderGroup.objects.filter(addressing(seats_of(person, day)), binding=binding)
    return (
        Assignment.objects.filter(
            Exists(groups.filter(assignment=OuterRef("pk"))), set_date__lte=day
        )
        .select_related("book", "setter")
        .order_by("due_date", "pk")
    )


def assignments_seen_by(account: Account, day: date) -> QuerySet[Assignment]:
    """What ``account`` may open: books set to him or reviewed by him; who oversees sees all."""
    assignments = Assignment.objects.select_related("book", "setter").order_by("-due_date", "-pk")
    if may_see_progress(account):
        return assignments
    if account.person is None:
        return assignments.none()
    mine = ReaderGroup.objects.filter(addressing(seats_of(account.person, day)))
    tried = Attempt.objects.filter(Q(reader=account.person) | Q(reviewer=account.person))
    return assignments.filter(
        Q(Exists(mine.filter(assignment=OuterRef("pk"))), set_date__lte=day)
        | Q(Exists(tried.filter(assignment=OuterRef("pk"))))
    )


def _unit_and_above(unit: int, parents: dict[int, int | None]) -> frozenset[int]:
    found: set[int] = set()
    above: int | None = unit
    while above is not None and above not in found:
        found.add(above)
        above = parents.get(above)
    return frozenset(found)
