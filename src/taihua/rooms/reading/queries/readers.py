"""Whom a book is set: groups of readers against the posts that people held on the day that counts."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from taihua.kernel.org.models import Account, Person
from taihua.kernel.org.queries import Seat, people_meant, seats_ever
from taihua.rooms.reading.access import may_see_progress
from taihua.rooms.reading.enums import Binding
from taihua.rooms.reading.models import Assignment, Attempt, ReaderGroup


def is_asked(groups: Iterable[ReaderGroup], seats: Iterable[Seat], due: date, on: date) -> bool:
    """Whether a book is asked of whoever held ``seats``: by the roster of ``on`` until it is due.

    Later by the roster of its due day: who came after it owes nothing, who left owes what he owed.
    """
    held = [seat for seat in seats if seat.covers(min(on, due))]
    return any(seat.is_meant(group) for group in groups for seat in held)


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
    groups = assignment.groups.filter(binding=Binding.REQUIRED)
    return people_meant(groups, min(on, assignment.due_date))


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
