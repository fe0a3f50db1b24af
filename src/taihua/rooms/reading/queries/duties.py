"""How each reader stands with each required book."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.org.queries import units_of, units_seen_by
from taihua.rooms.reading.enums import Decision
from taihua.rooms.reading.logic.progress import Standing, standing
from taihua.rooms.reading.models import Assignment, Attempt, Book, Reading, Substitute
from taihua.rooms.reading.queries.readers import assignments_for, people_asked


@dataclass(frozen=True, slots=True)
class Duty:
    """A book that a person is set: what is to be read, and how far it is."""

    person: Person
    assignment: Assignment
    book: Book
    reading: Reading | None
    attempts: Sequence[Attempt]
    substitute: Substitute | None
    standing: Standing

    @property
    def last_attempt(self) -> Attempt | None:
        """The last paper handed in; a draft is none."""
        return next((a for a in reversed(self.attempts) if not a.is_draft), None)


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """Plan against done, for one unit and one book."""

    unit: Unit
    duties: Sequence[Duty]

    @property
    def asked(self) -> int:
        return len(self.duties)

    @property
    def read(self) -> int:
        return sum(
            d.reading is not None and d.reading.finished_date is not None for d in self.duties
        )

    @property
    def passed(self) -> int:
        return sum(duty.standing.is_done for duty in self.duties)

    @property
    def overdue(self) -> int:
        return sum(duty.standing.overdue for duty in self.duties)


def duties_of(person: Person, on: date) -> list[Duty]:
    """The required books of this year and those still open from before, the next due first."""
    assignments = list(assignments_for(person, on))
    duties = _duties([(person, assignment) for assignment in assignments], on, reader=person)
    return [
        duty
        for duty in duties
        if duty.assignment.due_date.year >= on.year or not duty.standing.is_done
    ]


def duty_of(person: Person, assignment: Assignment, on: date) -> Duty | None:
    """How ``person`` stands with ``assignment``, if it is required of him."""
    if not assignments_for(person, on).filter(pk=assignment.pk).exists():
        return None
    return _duties([(person, assignment)], on, reader=person)[0]


def progress_by_unit(assignment: Assignment, account: Account, on: date) -> list[UnitProgress]:
    """Plan against done of one book, by unit, as far as ``account`` may see units.

    The units that lack most come first.
    """
    people = list(people_asked(assignment, on))
    units = units_of(people, min(on, assignment.due_date))
    seen = units_seen_by(account)
    grouped: dict[Unit, list[Duty]] = defaultdict(list)
    for duty in _duties([(person, assignment) for person in people], on):
        unit = units.get(duty.person.pk)
        if unit is not None and unit.pk in seen:
            grouped[unit].append(duty)
    rows = [UnitProgress(unit, duties) for unit, duties in grouped.items()]
    return sorted(rows, key=lambda row: (row.passed - row.asked, row.unit.name, row.unit.pk))


def handed_in(assignment: Assignment, person: Person) -> QuerySet[Attempt]:
    """What ``person`` handed in so far, the newest first."""
    return (
        Attempt.objects.filter(assignment=assignment, reader=person, handed_in_at__isnull=False)
        .select_related("reviewer", "version")
        .prefetch_related("answers__question")
        .order_by("-number")
    )


def _duties(
    pairs: Sequence[tuple[Person, Assignment]], on: date, reader: Person | None = None
) -> list[Duty]:
    """The duties of one reader in many books or of many readers in one, in three queries."""
    whose = Q(reader=reader) if reader else Q()
    assignments = {assignment.pk for _, assignment in pairs}
    substitutes = {
        (asked.assignment_id, asked.reader_id): asked
        for asked in Substitute.objects.filter(whose, assignment__in=assignments)
        .select_related("book")
        .order_by("pk")
    }
    attempts: dict[tuple[int, int], list[Attempt]] = defaultdict(list)
    for attempt in Attempt.objects.filter(whose, assignment__in=assignments).order_by("number"):
        attempts[attempt.assignment_id, attempt.reader_id].append(attempt)
    books = {assignment.book_id for _, assignment in pairs} | {
        asked.book_id for asked in substitutes.values() if asked.book_id
    }
    readings = {
        (reading.reader_id, reading.book_id): reading
        for reading in Reading.objects.filter(whose, book__in=books)
    }
    return [
        _duty(
            person,
            assignment,
            readings,
            attempts.get((assignment.pk, person.pk), []),
            substitutes.get((assignment.pk, person.pk)),
            on,
        )
        for person, assignment in pairs
    ]


def _duty(  # one row of a join
    person: Person,
    assignment: Assignment,
    readings: dict[tuple[int, int], Reading],
    attempts: list[Attempt],
    substitute: Substitute | None,
    on: date,
) -> Duty:
    book = assignment.book
    if substitute and substitute.decision == Decision.APPROVED and substitute.book:
        book = substitute.book
    reading = readings.get((person.pk, book.pk))
    where = standing(
        started=reading is not None,
        finished=reading is not None and reading.finished_date is not None,
        outcomes=[attempt.outcome for attempt in attempts if not attempt.is_draft],
        due=assignment.due_date,
        on=on,
    )
    return Duty(person, assignment, book, reading, attempts, substitute, where)
