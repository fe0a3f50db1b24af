"""Quizzes as those see them who set them, oversee them or take them; papers are their taker's."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.org.queries import units_of, units_seen_by
from taihua.rooms.study.access import may_see_quizzes
from taihua.rooms.study.logic.law_stats import Figures, Sums, figures
from taihua.rooms.study.models import Paper, PaperAnswer, Quiz
from taihua.rooms.study.queries.law_audience import (
    is_asked,
    passed_by,
    passed_by_row,
    people_asked,
    quizzes_for,
)


def quizzes_like(setter: Unit, title: str, first: date, last: date) -> QuerySet[Quiz]:
    """The quizzes that ``setter`` has set under a title for the same days, and not withdrawn."""
    return Quiz.objects.filter(
        setter=setter, title=title, set_date=first, due_date=last, withdrawn_at=None
    )


@dataclass(frozen=True, slots=True)
class Task:
    """A quiz as it stands for one person."""

    quiz: Quiz
    papers: Sequence[Paper]
    is_passed: bool
    on: date

    @property
    def open_paper(self) -> Paper | None:
        return next((paper for paper in self.papers if paper.is_open), None)

    @property
    def failed(self) -> bool:
        """Whether the last paper handed in fell short, and no other has passed."""
        return not self.is_passed and any(not paper.is_open for paper in self.papers)

    @property
    def is_overdue(self) -> bool:
        return not self.is_passed and self.quiz.due_date < self.on

    @property
    def state(self) -> str:
        """The state as a page shows it."""
        if self.is_passed:
            return "done"
        return "owed" if self.is_overdue else "on_course"


def tasks_of(person: Person, on: date) -> list[Task]:
    """The quizzes set to ``person``: those of this year, and those still open from before."""
    tasks = _tasks(person, quizzes_for(person, on), on)
    return [task for task in tasks if not task.is_passed or task.quiz.due_date.year >= on.year]


def task_of(person: Person, quiz: Quiz, on: date) -> Task | None:
    """How a quiz stands for ``person``, if it is set to them."""
    return _tasks(person, [quiz], on)[0] if is_asked(quiz, person, on) else None


def _tasks(person: Person, quizzes: Sequence[Quiz], on: date) -> list[Task]:
    rows = passed_by_row(quizzes, [person])
    papers: dict[int, list[Paper]] = defaultdict(list)
    for paper in Paper.objects.filter(taker=person, quiz__in=quizzes).order_by("number"):
        papers[paper.quiz_id].append(paper)
    passed = {quiz for quiz, of in papers.items() if any(paper.passed for paper in of)}
    passed |= {quiz for quiz, _person in rows}
    return [Task(quiz, papers[quiz.pk], quiz.pk in passed, on) for quiz in quizzes]


def quizzes_seen_by(account: Account, on: date) -> QuerySet[Quiz]:
    """What ``account`` may open: what is set to them or was taken; who oversees sees all."""
    found = Quiz.objects.select_related("setter").order_by("-due_date", "-pk")
    if may_see_quizzes(account):
        return found
    if account.person is None:
        return found.none()
    mine = [quiz.pk for quiz in quizzes_for(account.person, on)]
    taken = Paper.objects.filter(taker=account.person).values("quiz")
    return found.filter(Q(pk__in=mine) | Q(pk__in=taken))


def papers_of(person: Person) -> QuerySet[Paper]:
    """The papers of ``person``, and nobody else's."""
    return Paper.objects.filter(taker=person).select_related("quiz")


def answers_of(paper: Paper) -> QuerySet[PaperAnswer]:
    """What a paper asks and what was answered, in its order."""
    return paper.answers.select_related("question").order_by("position")


def marks_of(paper: Paper) -> QuerySet[PaperAnswer]:
    """The same, with the article that proves each answer."""
    return answers_of(paper).select_related("question__article__version__law")


@dataclass(frozen=True, slots=True)
class UnitResult:
    """Of one unit, who passed and who has not; no paper is opened for it."""

    unit: Unit
    passed: Sequence[Person]
    waiting: Sequence[Person]

    @property
    def asked(self) -> int:
        return len(self.passed) + len(self.waiting)


def results_by_unit(quiz: Quiz, account: Account, on: date) -> list[UnitResult]:
    """Who passed, by unit, as far as ``account`` may see units; those lacking most come first."""
    people = list(people_asked(quiz, on))
    units, seen = units_of(people, min(on, quiz.due_date)), units_seen_by(account)
    done = {person for _quiz, person in passed_by([quiz], people)}
    grouped: dict[Unit, list[Person]] = defaultdict(list)
    for person in people:
        unit = units.get(person.pk)
        if unit is not None and unit.pk in seen:
            grouped[unit].append(person)
    rows = [
        UnitResult(
            unit,
            [person for person in members if person.pk in done],
            [person for person in members if person.pk not in done],
        )
        for unit, members in grouped.items()
    ]
    return sorted(rows, key=lambda row: (-len(row.waiting), row.unit.name, row.unit.pk))


def figures_of(questions: Sequence[int]) -> dict[int, Figures | None]:
    """Facility and discrimination of each of these questions (by id), from first papers only.

    Who sits again has just seen what was wrong: a resit says less about a question.
    """
    rows = PaperAnswer.objects.filter(
        question__in=questions, paper__handed_in_at__isnull=False, paper__number=1
    ).values_list("question", "is_right", "paper", "paper__right_count")
    told = list(rows)
    sizes = dict(
        PaperAnswer.objects.filter(paper__in={paper for _q, _own, paper, _right in told})
        .order_by()
        .values_list("paper")
        .annotate(Count("pk"))
    )
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0] * 5)
    for question, own, paper, right in told:
        others = sizes[paper] - 1
        rest = ((right or 0) - bool(own)) / others if others else 0.0
        for at, value in enumerate((1, bool(own), rest, rest * rest, rest * bool(own))):
            sums[question][at] += value
    return {question: figures(_sums(sums[question])) for question in questions}


def _sums(told: Sequence[float]) -> Sums:
    papers, right, rest, squared, together = told
    return Sums(int(papers), int(right), rest, squared, together)
