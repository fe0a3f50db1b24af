"""What waits for a reviewer, and for the party office."""

from datetime import date, datetime, time

from django.db.models import Count, F, Q, QuerySet

from taihua.base.clock import ZONE
from taihua.kernel.org.models import Account, Person
from taihua.rooms.reading.access import LOOK_BACK, may_set_books
from taihua.rooms.reading.enums import Outcome
from taihua.rooms.reading.models import Assignment, Attempt, Substitute


def waiting_for(reviewer: Person) -> QuerySet[Attempt]:
    """The papers that ``reviewer`` has to read, the oldest first."""
    return _papers().filter(reviewer=reviewer, reviewed_at__isnull=True).order_by("handed_in_at")


def reviewed_by(reviewer: Person) -> QuerySet[Attempt]:
    """The papers that ``reviewer`` has read, the latest first."""
    return _papers().filter(reviewer=reviewer, reviewed_at__isnull=False).order_by("-reviewed_at")


def attempts_seen_by(person: Person, on: date) -> QuerySet[Attempt]:
    """The papers that ``person`` may read on a day: :func:`may_read_paper`, in one query."""
    since = datetime.combine(on - LOOK_BACK, time.min, ZONE)
    given = Q(reviewer=person) & (Q(reviewed_at__isnull=True) | Q(reviewed_at__gte=since))
    return _papers().filter(Q(reader=person) | given).order_by("-handed_in_at")


def with_counts(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Each with how many papers ``wait`` for a review and how many ``passed``."""
    waits = Q(attempts__reviewed_at__isnull=True, attempts__handed_in_at__isnull=False)
    passes = Q(attempts__outcome=Outcome.PASSED)
    return assignments.annotate(
        waiting=Count("attempts", filter=waits, distinct=True),
        passed=Count("attempts", filter=passes, distinct=True),
    )


def next_reviewer(assignment: Assignment, reader: Person) -> Person | None:
    """Of the assignment's reviewers the one with the fewest papers waiting; never the reader."""
    reviewers = assignment.reviewers.exclude(pk=reader.pk)
    load = dict(
        Attempt.objects.filter(
            reviewer__in=reviewers, reviewed_at__isnull=True, handed_in_at__isnull=False
        )
        .values_list("reviewer")
        .annotate(papers=Count("pk"))
        .order_by("reviewer")
    )
    return min(reviewers, key=lambda person: (load.get(person.pk, 0), person.pk), default=None)


def substitutes_seen_by(account: Account) -> QuerySet[Substitute]:
    """The requests for another book: one's own; all of them for who decides. Open ones first."""
    asked = Substitute.objects.select_related("assignment__book", "reader", "book").order_by(
        F("decided_at").desc(nulls_first=True), "-asked_at", "-pk"
    )
    return asked if may_set_books(account) else asked.filter(reader=account.person)


def _papers() -> QuerySet[Attempt]:
    return (
        Attempt.objects.filter(handed_in_at__isnull=False)
        .select_related("assignment__book", "reader", "reviewer", "version__note")
        .prefetch_related("answers__question")
    )
