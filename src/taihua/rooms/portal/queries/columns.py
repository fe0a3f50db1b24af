"""The columns as those see them who keep them."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from taihua.rooms.portal.models import Column


def open_columns() -> QuerySet[Column]:
    """The columns in which something may stand, in their order."""
    return Column.objects.filter(is_open=True).select_related("above").order_by("place", "pk")


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
