"""The columns as those see them who keep them."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from taihua.kernel import house
from taihua.kernel.documents.models import Version
from taihua.rooms.portal.models import Article, Column


def open_columns() -> QuerySet[Column]:
    """The columns in which something may stand, in their order."""
    return Column.objects.filter(is_open=True).select_related("above").order_by("place", "pk")


def column_for(version: Version) -> Column | None:
    """Where a document is looked for: beside the last of its kind, else where its room says."""
    kind = version.document.kind
    alike = Version.objects.filter(document__kind=kind).values("pk")
    stands = Article.objects.filter(version__in=alike, column__is_open=True)
    if last := stands.select_related("column").order_by("-pk").first():
        return last.column
    found = open_columns()
    return found.filter(title=house.columns().get(kind, "")).first() or found.first()


def columns_by_tree() -> list[tuple[int, Column]]:
    """Every column below the one above it, with its depth; each knows its ``count`` of articles."""
    rows: Iterable[Column] = (
        Column.objects.annotate(count=Count("articles"))
        .select_related("above")
        .order_by("place", "pk")
    )
    below: dict[int | None, list[Column]] = {}
    for column in rows:
        below.setdefault(column.above_id, []).append(column)
    found: list[tuple[int, Column]] = []
    waiting = [(0, column) for column in reversed(below.get(None, []))]
    while waiting:
        depth, column = waiting.pop()
        found.append((depth, column))
        waiting += [(depth + 1, each) for each in reversed(below.get(column.pk, []))]
    return found
