"""Whom a quiz is set: its groups against the posts that people held on the day that counts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import QuerySet

from taihua.kernel.org.models import Person
from taihua.kernel.org.queries import Seat, people_meant, seats_ever
from taihua.kernel.records.queries import statements
from taihua.rooms.study.logic.law_papers import object_path
from taihua.rooms.study.models import Paper, Quiz, QuizGroup

PASSED = "passed-law-quiz"


def label_of(quiz: Quiz) -> str:
    """What the record says was passed: the laws, as the ledger writes them; or a change of one."""
    laws = "".join(f"《{law.short}》" for law in sorted(quiz.laws.all(), key=lambda law: law.pk))
    return f"{laws}修改条文" if quiz.version_id else laws


def quizzes_for(person: Person, on: date) -> list[Quiz]:
    """The quizzes set to ``person`` and not withdrawn, the next due first.

    By the roster of ``on`` until a quiz is due, later by that of its due day.
    """
    seats = seats_ever(person)
    groups: dict[int, list[QuizGroup]] = defaultdict(list)
    for group in QuizGroup.objects.filter(quiz__withdrawn_at__isnull=True, quiz__set_date__lte=on):
        groups[group.quiz_id].append(group)
    set_to_all = Quiz.objects.filter(pk__in=groups).prefetch_related("laws")
    return [
        quiz
        for quiz in set_to_all.order_by("due_date", "pk")
        if _is_asked(groups[quiz.pk], seats, min(on, quiz.due_date))
    ]


def is_asked(quiz: Quiz, person: Person, on: date) -> bool:
    """Whether ``quiz`` is set to ``person``: what :func:`quizzes_for` says, asked of one quiz."""
    if quiz.set_date > on:
        return False
    groups = QuizGroup.objects.filter(quiz=quiz, quiz__withdrawn_at__isnull=True)
    return _is_asked(groups, seats_ever(person), min(on, quiz.due_date))


def _is_asked(groups: Iterable[QuizGroup], seats: Iterable[Seat], day: date) -> bool:
    held = [seat for seat in seats if seat.covers(day)]
    return any(seat.is_meant(group) for group in groups for seat in held)


def people_asked(quiz: Quiz, on: date) -> QuerySet[Person]:
    """Everybody who is to pass a quiz: the same as :func:`quizzes_for`, in one query."""
    return people_meant(quiz.groups.all(), min(on, quiz.due_date))


def passed_by(quizzes: Sequence[Quiz], people: Iterable[Person]) -> set[tuple[int, int]]:
    """Which of ``people`` passed which quiz (ids): by a paper of it, or by a row of the ledger."""
    people = list(people)
    papers = Paper.objects.filter(quiz__in=quizzes, taker__in=people, passed=True)
    return set(papers.values_list("quiz", "taker")) | passed_by_row(quizzes, people)


def passed_by_row(quizzes: Sequence[Quiz], people: Iterable[Person]) -> set[tuple[int, int]]:
    """Which of ``people`` passed which quiz (ids) by a row of the ledger that was brought in.

    Such a row counts for every quiz on the same laws set until that day; a paper taken here counts
    for its own quiz.
    """
    paths = {quiz.pk: object_path(label_of(quiz)) for quiz in quizzes}
    told = (
        statements()
        .filter(
            verb__code=PASSED,
            object_path__in=paths.values(),
            person__in=people,
            row_key__isnull=False,
        )
        .order_by()
        .values_list("object_path", "person", "day")
    )
    days: dict[str, list[tuple[int, date]]] = defaultdict(list)
    for path, person, day in told:
        if person is not None:
            days[path].append((person, day))
    return {
        (quiz.pk, person)
        for quiz in quizzes
        for person, day in days[paths[quiz.pk]]
        if day >= quiz.set_date
    }
