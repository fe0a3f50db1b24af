"""Whom a book is set: groups of readers against the posts that people held on the day that counts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from taihua.kernel.org.models import Account, Person, Term, Unit
from taihua.kernel.org.queries import subtree_ids, terms_on
from taihua.rooms.reading.access import may_see_progress
from taihua.rooms.reading.enums import Binding
from taihua.rooms.reading.models import Assignment, Attempt, ReaderGroup


@dataclass(frozen=True, slots=True)
class Seat:
    """A post held from one day to another; ``units`` are its unit and all above, nearest first."""

    first_day: date
    last_day: date | None
    tier: str
    tags: frozenset[str]
    units: tuple[int, ...]

    def covers(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


def seats_ever(person: Person) -> list[Seat]:
    """Every seat that ``person`` ever held."""
    parents: dict[int, int | None] = dict(Unit.objects.values_list("pk", "parent_id"))
    terms = Term.objects.known().filter(person=person).select_related("post")
    return [
        Seat(
            first_day=term.first_day,
            last_day=term.last_day,
            tier=term.post.tier,
            tags=frozenset(tag.tag for tag in term.post.tags.all()),
            units=_unit_and_above(term.unit_id, parents),
        )
        for term in terms.prefetch_related("post__tags").order_by("pk")
    ]


def seats_of(person: Person, day: date) -> list[Seat]:
    """The seats that ``person`` holds on ``day``."""
    return [seat for seat in seats_ever(person) if seat.covers(day)]


def addresses(group: ReaderGroup, seat: Seat) -> bool:
    """Whether whoever holds ``seat`` belongs to ``group``; all that the group names must fit."""
    return (
        group.tier in {"", seat.tier}
        and (not group.tag or group.tag in seat.tags)
        and (group.unit_id is None or group.unit_id in seat.units)
    )


def is_asked(groups: Iterable[ReaderGroup], seats: Iterable[Seat], due: date, on: date) -> bool:
    """Whether a book is asked of whoever held ``seats``: by the roster of ``on`` until it is due.

    Later by the roster of its due day: who came after it owes nothing, who left owes what he owed.
    """
    held = [seat for seat in seats if seat.covers(min(on, due))]
    return any(addresses(group, seat) for group in groups for seat in held)


def assignments_for(person: Person, on: date, *bindings: Binding) -> QuerySet[Assignment]:
    """The books set to ``person``, the next due first; as required unless said otherwise."""
    seats = seats_ever(person)
    groups: dict[int, list[ReaderGroup]] = defaultdict(list)
    for group in ReaderGroup.objects.filter(
        binding__in=bindings or [Binding.REQUIRED], assignment__set_date__lte=on
    ).select_related("assignment"):
        groups[group.assignment_id].append(group)
    asked = [
        pk
        for pk, theirs in groups.items()
        if is_asked(theirs, seats, theirs[0].assignment.due_date, on)
    ]
    return (
        Assignment.objects.filter(pk__in=asked)
        .select_related("book", "setter")
        .order_by("due_date", "pk")
    )


def people_asked(assignment: Assignment, on: date) -> QuerySet[Person]:
    """Everybody of whom a book is required: the same as :func:`is_asked`, in one query."""
    reached = Q(pk__in=[])
    for group in assignment.groups.filter(binding=Binding.REQUIRED):
        reached |= _holding(group)
    terms = terms_on(min(on, assignment.due_date)).filter(reached)
    return Person.objects.filter(pk__in=terms.values("person")).order_by("name", "pk")


def _holding(group: ReaderGroup) -> Q:
    """The terms that :func:`addresses` lets through."""
    holding = Q(pk__isnull=False)
    if group.tier:
        holding &= Q(post__tier=group.tier)
    if group.tag:
        holding &= Q(post__tags__tag=group.tag)
    if group.unit_id is not None:
        holding &= Q(unit__in=subtree_ids([group.unit_id]))
    return holding


def assignments_seen_by(account: Account, on: date) -> QuerySet[Assignment]:
    """What ``account`` may open: books set to him or reviewed by him; who oversees sees all."""
    assignments = Assignment.objects.select_related("book", "setter").order_by("-due_date", "-pk")
    if may_see_progress(account):
        return assignments
    if account.person is None:
        return assignments.none()
    person = account.person
    mine = assignments_for(person, on, Binding.REQUIRED, Binding.RECOMMENDED)
    tried = Attempt.objects.filter(Q(reader=person) | Q(reviewer=person))
    return assignments.filter(
        Q(pk__in=mine.values("pk")) | Q(pk__in=tried.values("assignment")) | Q(reviewers=person)
    ).distinct()


def _unit_and_above(unit: int, parents: dict[int, int | None]) -> tuple[int, ...]:
    found: list[int] = []
    above: int | None = unit
    while above is not None and above not in found:
        found.append(above)
        above = parents.get(above)
    return tuple(found)
