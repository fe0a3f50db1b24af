"""What everybody may read at a moment."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery, Sum

from taihua.kernel import house
from taihua.kernel.documents.models import Version
from taihua.rooms.portal.models import Article, ArticleFile, Column, OldAddress, Picture

# Shown in lists without their text.
HEAVY = ("live__text", "live__html", "live__plain")
ON_FRONT = 7  # articles of a column


@dataclass(slots=True)
class Place:
    """A column in its order among the others, with the columns in it."""

    column: Column
    below: list["Place"] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Around:
    """The articles beside one in its column: published just before it, and just after."""

    older: Article | None
    newer: Article | None


def open_columns() -> QuerySet[Column]:
    """The columns that everybody sees, in their order."""
    return Column.objects.filter(is_open=True).order_by("place", "pk")


def places() -> list[Place]:
    """The open columns as they stand in each other; one whose upper column is closed stands free."""
    found = {column.pk: Place(column) for column in open_columns()}
    tops: list[Place] = []
    for place in found.values():
        above = found.get(place.column.above_id or 0)
        (above.below if above else tops).append(place)
    return tops


def public_articles(at: datetime) -> QuerySet[Article]:
    """The articles that everybody may read, the newest first."""
    return (
        Article.objects.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=at),
            live__isnull=False,
            published_at__lte=at,
            column__is_open=True,
        )
        .select_related("live", "column")
        .order_by("-published_at", "-pk")
    )


def articles_in(column: Column, at: datetime) -> QuerySet[Article]:
    """The public articles of a column, the newest first, without their text."""
    return public_articles(at).filter(column=column).defer(*HEAVY)


def newest_by_column(at: datetime, each: int = ON_FRONT) -> dict[int, list[Article]]:
    """The newest public articles of every open column; in two queries, however many there are."""
    own = public_articles(at).filter(column=OuterRef("pk")).select_related(None).values("pk")
    nth = {f"nth_{n}": Subquery(own[n : n + 1]) for n in range(each)}
    rows = open_columns().annotate(**nth).values_list(*nth)
    numbers = [number for row in rows for number in row if number]
    found: dict[int, list[Article]] = {}
    for article in public_articles(at).filter(pk__in=numbers).defer(*HEAVY):
        found.setdefault(article.column_id, []).append(article)
    return found


def front_places(at: datetime) -> list[Place]:
    """The columns in their order, each with its newest articles."""
    newest, tops = newest_by_column(at), places()
    waiting = list(tops)
    while waiting:
        place = waiting.pop()
        place.articles = newest.get(place.column.pk, [])
        waiting += place.below
    return tops


def article_to_read(pk: int, at: datetime) -> Article | None:
    """A public article with its words and the list of its files."""
    files = ArticleFile.objects.defer("content").order_by("pk")
    return (
        public_articles(at)
        .select_related("live", "column__above")
        .defer("live__text", "live__plain")
        .prefetch_related(Prefetch("files", files))
        .filter(pk=pk)
        .first()
    )


def around(article: Article, at: datetime) -> Around:
    """What stands beside an article in its column."""
    listed = articles_in(article.column, at)
    on, pk = article.published_at, article.pk
    # Both bounds on the day first: that part the index answers.
    older = listed.filter(published_at__lte=on).exclude(published_at=on, pk__gte=pk)
    newer = listed.filter(published_at__gte=on).exclude(published_at=on, pk__lte=pk)
    return Around(older.first(), newer.order_by("published_at", "pk").first())


@dataclass(frozen=True, slots=True)
class Replaced:
    """What stands in the place of a published document: a number, and its article where all read it."""

    number: str
    article: Article | None


def replaced(article: Article, at: datetime) -> Replaced | None:
    """What stands in the place of the document that an article is, where it is out of date."""
    versions = Version.objects.filter(pk=article.version or 0).select_related("document")
    version = versions.first() if article.version else None
    newer = house.replacement_of(version) if version else None
    if newer is None:
        return None
    shown = public_articles(at).filter(version=newer.pk).defer(*HEAVY)
    return Replaced(newer.document.number, shown.first())


def documents_shown(at: datetime) -> QuerySet[Article]:
    """The public articles that are documents of kinds in which one may take the place of another."""
    kinds = [kind for room in house.rooms() for kind in room.replaced]
    versions = Version.objects.filter(document__kind__in=kinds)
    return public_articles(at).filter(version__in=versions.values("pk")).defer(*HEAVY)


def views_of(article: Article) -> int:
    """How often an article was opened, as far as it has been written down."""
    return int(article.view_counts.aggregate(times=Sum("times"))["times"] or 0)


def old_addresses(numbers: Collection[int]) -> list[tuple[str, int]]:
    """The former addresses of these articles, each with the article's key."""
    shown = set(numbers)
    rows = OldAddress.objects.order_by("pk").values_list("address", "article_id")
    return [row for row in rows if row[1] in shown]


def article_formerly_at(address: str, at: datetime) -> int | None:
    """The number of the public article that once stood at an address of a former site."""
    old = OldAddress.objects.filter(address=address)
    return public_articles(at).filter(old_addresses__in=old).values_list("pk", flat=True).first()


def picture_of(pk: int, number: int) -> Picture | None:
    """A picture with its article, whoever may see it."""
    rows = Picture.objects.select_related("article__column")
    return rows.filter(article=pk, number=number).first()


def file_of(pk: int, number: int) -> ArticleFile | None:
    """A file with its article, whoever may see it."""
    rows = ArticleFile.objects.select_related("article__column")
    return rows.filter(article=pk, pk=number).first()


def is_shown(article: Article, at: datetime) -> bool:
    """Whether everybody may read an article at a moment, its column being open."""
    return article.is_public(at) and article.column.is_open


def family(column: Column, tops: Sequence[Place]) -> list[int]:
    """The numbers of a column and of the open columns in it, however deep."""
    waiting, inside = list(tops), False
    while waiting:
        place = waiting.pop()
        if place.column.pk == column.pk:
            inside, waiting = True, [place]
            break
        waiting += place.below
    found = []
    while inside and waiting:
        place = waiting.pop()
        found.append(place.column.pk)
        waiting += place.below
    return found
