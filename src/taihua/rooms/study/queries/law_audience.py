"""Whom a quiz is set: its groups against the posts that people held on the day that counts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from taihua.kernel.org.models import Person, Term, Unit
from taihua.kernel.org.queries import subtree_ids, terms_on
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
    terms = list(
        Term.objects.known()
        .filter(person=person)
        .select_related("post")
        .prefetch_related("post__tags")
    )
    groups: dict[int, list[QuizGroup]] = defaultdict(list)
    for group in QuizGroup.objects.filter(quiz__withdrawn_at__isnull=True, quiz__set_date__lte=on):
        groups[group.quiz_id].append(group)
    set_to_all = Quiz.objects.filter(pk__in=groups).prefetch_related("laws")
    by_unit = any(group.unit_id for found in groups.values() for group in found)
    parents: dict[int, int | None] = (
        dict(Unit.objects.values_list("pk", "parent_id")) if by_unit else {}
    )
    return [
        quiz
        for quiz in set_to_all.order_by("due_date", "pk")
        if _is_asked(groups[quiz.pk], _running(terms, min(on, quiz.due_date)), parents)
    ]


def _running(terms: Iterable[Term], day: date) -> list[Term]:
    return [t for t in terms if t.first_day <= day and (t.last_day is None or day <= t.last_day)]


def _is_asked(
    groups: Iterable[QuizGroup], terms: Sequence[Term], parents: dict[int, int | None]
) -> bool:
    return any(_reaches(group, term, parents) for group in groups for term in terms)


def _reaches(group: QuizGroup, term: Term, parents: dict[int, int | None]) -> bool:
    tags = {tag.tag for tag in term.post.tags.all()}
    fits = group.tier in {"", term.post.tier} and (not group.tag or group.tag in tags)
    return fits and (group.unit_id is None or _lies_in(term.unit_id, group.unit_id, parents))


def _lies_in(unit: int, above: int, parents: dict[int, int | None]) -> bool:
    place: int | None = unit
    while place is not None and place != above:
        place = parents.get(place)
    return place == above


def people_asked(quiz: Quiz, on: date) -> QuerySet[Person]:
    """Everybody who is to pass a quiz: the same as :func:`quizzes_for`, in one query."""
    reached = Q(pk__in=[])
    for group in quiz.groups.all():
        holding = Q(pk__isnull=False)
        if group.tier:
            holding &= Q(post__tier=group.tier)
        if group.tag:
            holding &= Q(post__tags__tag=group.tag)
        if group.unit_id is not None:
            holding &= Q(unit__in=subtree_ids([group.unit_id]))
        reached |= holding
    terms = terms_on(min(on, quiz.due_date)).filter(reached)
    return Person.objects.filter(pk__in=terms.values("person")).order_by("name", "pk")


def passed_by(quizzes: Sequence[Quiz], people: Iterable[Person]) -> set[tuple[int, int]]:
    """Which of ``people`` passed which quiz (ids): by a paper of it, or by a row of the ledger.

    A row that was brought in counts for every quiz on the same laws set until that day; a paper
    taken here counts for its own quiz.
    """
    people = list(people)
    papers = Paper.objects.filter(quiz__in=quizzes, taker__in=people, passed=True)
    found = set(papers.values_list("quiz", "taker"))
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
    return found | {
        (quiz.pk, person)
        for quiz in quizzes
        for person, day in days[paths[quiz.pk]]
        if day >= quiz.set_date
    }
