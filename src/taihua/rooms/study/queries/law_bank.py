"""The bank of questions: what may be drawn on a day, what waits to be confirmed, what is gone."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleIn

from taihua.base.clock import local_day
from taihua.rooms.study.enums import Standing
from taihua.rooms.study.logic.law_papers import Sort, Stocked
from taihua.rooms.study.models import Article, Confirmation, Law, LawQuestion, LawVersion

# Where a question says what the fields of its Sort are.
SORT = ("article__version__law", "kind", "difficulty")


def held_on(
    on: date, known: datetime | None = None, laws: Collection[int] | None = None
) -> list[int]:
    """The version of each law (ids) that holds on ``on``: the last to begin, unless it has ended.

    With ``known`` as far as versions were known then; with ``laws`` (ids) only of these.
    """
    said = LawVersion.objects.filter(effective_date__lte=on).order_by("effective_date")
    if known is not None:
        said = said.filter(entered_at__lte=known)
    if laws is not None:
        said = said.filter(law__in=laws)
    last = {law: (pk, ended) for law, pk, ended in said.values_list("law", "pk", "ended_date")}
    return [pk for pk, ended in last.values() if ended is None or ended >= on]


def versions_in_force(on: date) -> QuerySet[LawVersion]:
    """The version of each law that holds on ``on``."""
    return LawVersion.objects.filter(pk__in=held_on(on))


def version_on(law: Law, on: date) -> LawVersion | None:
    """The version of ``law`` that holds on ``on``."""
    return versions_in_force(on).filter(law=law).first()


def version_to_ask(law: Law, on: date) -> LawVersion | None:
    """The version to which a new question belongs: that in force, else the next to come."""
    coming = law.versions.filter(effective_date__gt=on).order_by("effective_date")
    return version_on(law, on) or coming.first()


def newest_version(law: Law, _on: date) -> LawVersion | None:
    """The last version of ``law`` that is known, in force or not."""
    return law.versions.order_by("-effective_date").first()


def questions_in_force(
    on: date, known: datetime | None = None, laws: Collection[int] | None = None
) -> QuerySet[LawQuestion]:
    """The questions that may be drawn on ``on``: their article, or one confirmed, holds that day.

    With ``known`` the bank as it was at that moment; with ``laws`` (ids) only of these.
    """
    # Laws have few versions: their ids make the statement lighter than a query in a query.
    holding = held_on(on, known, laws)
    confirmed = Confirmation.objects.filter(question=OuterRef("pk"), article__version__in=holding)
    found = LawQuestion.objects.all()
    if known is None:
        found = found.filter(retired_at__isnull=True)
    else:
        confirmed = confirmed.filter(confirmed_at__lte=known)
        live = Q(retired_at__isnull=True) | Q(retired_at__gt=known)
        found = found.filter(live, added_at__lte=known)
    return found.filter(Q(article__version__in=holding) | Exists(confirmed))


def stale_questions(on: date) -> QuerySet[LawQuestion]:
    """The questions whose article holds no more, and that nobody has confirmed or replaced."""
    coming = LawVersion.objects.filter(effective_date__gt=on).values("pk")
    holding = questions_in_force(on).values("pk")
    return (
        LawQuestion.objects.filter(retired_at__isnull=True)
        .exclude(pk__in=holding)
        .exclude(article__version__in=coming)
    )


def stock(
    at: datetime,
    laws: Iterable[int],
    changed_by: LawVersion | None = None,
    sorts: Collection[Sort] | None = None,
) -> list[Stocked]:
    """What could be drawn at that moment from those laws; of ``changed_by`` only what it changed.

    With ``sorts`` only questions of these: a paper needs few of many sorts.
    """
    found = questions_in_force(local_day(at), at, list(laws))
    if changed_by is not None:
        found = found.filter(article__version=changed_by, article__is_changed=True)
    if sorts is not None:
        # Asked sort by sort, the statement takes as long to write as to run.
        wanted = [(sort.law, sort.kind, sort.difficulty) for sort in sorts]
        found = found.filter(TupleIn(Tuple(*SORT), wanted))
    known: dict[tuple[object, ...], Sort] = {}
    stocked: list[Stocked] = []
    for pk, *fields in found.order_by().values_list("pk", *SORT):
        sort = known.get(told := tuple(fields))
        if sort is None:
            sort = known[told] = Sort(*told)
        stocked.append(Stocked(pk, sort))
    return stocked


@dataclass(frozen=True, slots=True)
class Kept:
    """A question as the keepers' list shows it."""

    question: LawQuestion
    standing: Standing


def standings(questions: Iterable[LawQuestion], on: date) -> list[Kept]:
    """How each of a page of questions stands on ``on``, in two queries."""
    page = list(questions)
    wanted = [question.pk for question in page]
    holding = set(questions_in_force(on).filter(pk__in=wanted).values_list("pk", flat=True))
    return [Kept(question, _standing(question, holding, on)) for question in page]


def _standing(question: LawQuestion, holding: Collection[int], on: date) -> Standing:
    if question.is_retired:
        return Standing.RETIRED
    if question.pk in holding:
        return Standing.IN_FORCE
    if question.article.version.effective_date > on:
        return Standing.COMING
    return Standing.STALE


def bank(
    on: date, *, law: Law | None = None, kind: str = "", standing: str = "", words: str = ""
) -> QuerySet[LawQuestion]:
    """The questions asked for, by law, article and code; retired ones only if asked for."""
    match standing:
        case Standing.STALE:
            found = stale_questions(on)
        case Standing.IN_FORCE:
            found = questions_in_force(on)
        case Standing.COMING:
            coming = LawVersion.objects.filter(effective_date__gt=on).values("pk")
            live = LawQuestion.objects.filter(retired_at__isnull=True)
            found = live.filter(article__version__in=coming)
        case Standing.RETIRED:
            found = LawQuestion.objects.filter(retired_at__isnull=False)
        case _:
            found = LawQuestion.objects.filter(retired_at__isnull=True)
    if law is not None:
        found = found.filter(article__version__law=law)
    if kind:
        found = found.filter(kind=kind)
    if words:
        found = found.filter(Q(stem__icontains=words) | Q(code__icontains=words))
    return with_law(found).order_by("article__version__law", "article__number", "code", "pk")


def with_law(questions: QuerySet[LawQuestion]) -> QuerySet[LawQuestion]:
    """The same, with the article, version and law that every page names."""
    return questions.select_related("article__version__law")


@dataclass(frozen=True, slots=True)
class LawRow:
    """A law as a list shows it: its version in force, and how many questions it has."""

    law: Law
    version: LawVersion | None
    coming: LawVersion | None
    in_force: int
    stale: int


def law_rows(on: date) -> list[LawRow]:
    """Every law, with its version on ``on``."""
    current = {version.law_id: version for version in versions_in_force(on)}
    coming = {
        version.law_id: version
        for version in LawVersion.objects.filter(effective_date__gt=on).order_by("-effective_date")
    }
    ready, stale = _by_law(questions_in_force(on)), _by_law(stale_questions(on))
    return [
        LawRow(
            law,
            current.get(law.pk),
            coming.get(law.pk),
            ready.get(law.pk, 0),
            stale.get(law.pk, 0),
        )
        for law in Law.objects.order_by("kind", "pk")
    ]


def _by_law(questions: QuerySet[LawQuestion]) -> dict[int, int]:
    rows = questions.order_by().values_list("article__version__law").annotate(Count("pk"))
    return {law: count for law, count in rows if law is not None}


def articles_shown(version: LawVersion) -> QuerySet[Article]:
    """The articles of a version that have words, questions or changes, in order."""
    live = LawQuestion.objects.filter(retired_at__isnull=True).order_by("code")
    return (
        version.articles.filter(
            ~Q(text="")
            | Q(is_changed=True)
            | Q(questions__in=live)
            | Q(confirmations__isnull=False)
        )
        .distinct()
        .prefetch_related(Prefetch("questions", live))
        .order_by("number")
    )


def confirmable(version: LawVersion, on: date) -> QuerySet[LawQuestion]:
    """The stale questions whose article no version since has changed, under its old number.

    What was once confirmed under another number is looked at one by one.
    """
    same_place = Article.objects.filter(
        version__law=version.law_id, number=OuterRef("article__number")
    )
    changed_since = same_place.filter(
        is_changed=True,
        version__effective_date__gt=OuterRef("article__version__effective_date"),
        version__effective_date__lte=version.effective_date,
    )
    moved = Confirmation.objects.filter(question=OuterRef("pk")).exclude(
        article__number=OuterRef("article__number")
    )
    return (
        stale_questions(on)
        .filter(Exists(same_place.filter(version=version)), article__version__law=version.law_id)
        .exclude(Exists(changed_since))
        .exclude(Exists(moved))
    )


def proof_of(question: LawQuestion, on: date) -> Article:
    """The article that proves a question on ``on``: its own, or the one it was confirmed by."""
    holding = held_on(on)
    confirmed = Article.objects.filter(
        confirmations__question=question, version__in=holding
    ).select_related("version__law")
    return confirmed.first() or question.article
