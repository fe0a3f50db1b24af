"""One's own practice and what one probably knows: asked for one person, shown to that person."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from taihua.base.clock import local_day
from taihua.kernel.org.models import Person
from taihua.rooms.study.logic.law_mastery import Estimate, Said, estimate, lately
from taihua.rooms.study.models import Card, Law, LawQuestion, PaperAnswer, PracticeAnswer
from taihua.rooms.study.queries.law_bank import questions_in_force


def due_cards(person: Person, at: datetime, law: Law | None = None) -> QuerySet[Card]:
    """The questions worth asking again now, the longest due first; only those in force."""
    found = Card.objects.filter(
        person=person, due_at__lte=at, question__in=_askable(local_day(at), law)
    )
    return found.order_by("due_at", "pk")


def next_question(person: Person, at: datetime, law: Law | None = None) -> LawQuestion | None:
    """What to ask next: what is due, else something not yet asked, in the order of the law."""
    card = due_cards(person, at, law).select_related("question__article__version__law").first()
    if card is not None:
        return card.question
    met = Card.objects.filter(person=person).values("question")
    fresh = _askable(local_day(at), law).exclude(pk__in=met)
    return (
        fresh.select_related("article__version__law")
        .order_by("article__version__law", "article__number", "code", "pk")
        .first()
    )


def _askable(on: date, law: Law | None) -> QuerySet[LawQuestion]:
    found = questions_in_force(on)
    return found if law is None else found.filter(article__version__law=law)


@dataclass(frozen=True, slots=True)
class Mastery:
    """What one probably knows of a law, and what of it is due."""

    law: Law
    estimate: Estimate
    questions: int
    due: int


def mastery_of(person: Person, at: datetime) -> list[Mastery]:
    """The estimate for each law that has questions, from one's own answers on separate days."""
    on = local_day(at)
    where = dict(questions_in_force(on).values_list("pk", "article__version__law"))
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for question, right in lately(_said(person)).items():
        if (law := where.get(question)) is not None:
            counts[law][0] += right
            counts[law][1] += 1
    totals, due = _tally(where.values()), _tally(_laws_due(person, at, where))
    laws = Law.objects.filter(pk__in=totals).order_by("kind", "pk")
    return [
        Mastery(law, estimate(*counts[law.pk]), totals[law.pk], due.get(law.pk, 0)) for law in laws
    ]


def _laws_due(person: Person, at: datetime, where: dict[int, int]) -> list[int]:
    cards = Card.objects.filter(person=person, due_at__lte=at).values_list("question", flat=True)
    return [where[question] for question in cards if question in where]


def _tally(laws: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for law in laws:
        found[law] += 1
    return dict(found)


def _said(person: Person) -> list[Said]:
    """One's answers in papers handed in and in practice, in the order of time."""
    papers = PaperAnswer.objects.filter(
        paper__taker=person, paper__handed_in_at__isnull=False
    ).values_list("question", "paper__handed_in_at", "is_right")
    practice = PracticeAnswer.objects.filter(person=person).values_list(
        "question", "answered_at", "is_right"
    )
    told = [(at, question, bool(right)) for question, at, right in [*papers, *practice] if at]
    told.sort(key=lambda each: each[0])
    return [Said(question, local_day(at), right) for at, question, right in told]
