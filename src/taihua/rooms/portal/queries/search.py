"""Finding public articles by their words: the same answers on SQLite and on PostgreSQL."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from taihua.base.clock import local_day
from taihua.rooms.portal.logic import index
from taihua.rooms.portal.models import Article
from taihua.rooms.portal.queries.public import public_articles

MOST = 500  # counted and shown: who finds more asks more closely
ON_SQLITE = """
SELECT e.article_id FROM portal_index i CROSS JOIN portal_searchentry e ON e.place = i.rowid
JOIN portal_article a ON a.id = e.article_id JOIN portal_column c ON c.id = a.column_id
WHERE a.live_id IS NOT NULL AND c.is_open AND a.published_at <= %s
AND (a.expires_at IS NULL OR a.expires_at > %s)
AND portal_index MATCH %s ORDER BY i.rowid DESC LIMIT %s
"""
ON_POSTGRESQL = """
SELECT e.article_id FROM portal_searchentry e
JOIN portal_article a ON a.id = e.article_id JOIN portal_column c ON c.id = a.column_id
WHERE a.live_id IS NOT NULL AND c.is_open AND a.published_at <= %s
AND (a.expires_at IS NULL OR a.expires_at > %s)
AND e.tokens @> %s::text[]
AND NOT EXISTS (SELECT FROM unnest(%s::text[]) word WHERE strpos(e.text, word) = 0)
ORDER BY e.place DESC LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """The articles in which all words stand, newest first: their numbers, and whether more exist."""

    numbers: tuple[int, ...]
    more: bool


def found_articles(
    words: Sequence[str],
    at: datetime,
    *,
    columns: Sequence[int] = (),
    year: int | None = None,
    most: int = MOST,
) -> Answer:
    """Which public articles hold every one of the words, in these columns, of this year.

    :raises ValueError: no word is asked for
    """
    if not words:
        raise ValueError("no word is asked for")
    ask = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
    with connection.cursor() as cursor:
        text, values = ask(words, at, list(columns), year, most + 1)
        cursor.execute(text, values)
        numbers = [row[0] for row in cursor.fetchall()]
    return Answer(tuple(numbers[:most]), more=len(numbers) > most)


def _on_sqlite(
    words: Sequence[str], at: datetime, columns: list[int], year: int | None, most: int
) -> tuple[str, list[Any]]:
    asked = [index.phrases(words)]
    if columns:
        asked.append(f"({' OR '.join(index.column_mark(column) for column in columns)})")
    if year is not None:
        asked.append(index.year_mark(year))
    moment = connection.ops.adapt_datetimefield_value(at)
    return ON_SQLITE, [moment, moment, " AND ".join(asked), most]


def _on_postgresql(
    words: Sequence[str], at: datetime, columns: list[int], year: int | None, most: int
) -> tuple[str, list[Any]]:
    tokens = [token for word in words for token in index.tokens_asked(word)]
    if year is not None:
        tokens.append(index.year_mark(year))
    text = ON_POSTGRESQL
    values: list[Any] = [at, at, tokens, list(words)]
    if columns:
        text = text.replace("ORDER BY", "AND a.column_id = ANY(%s) ORDER BY")
        return text, [*values, columns, most]
    return text, [*values, most]


def articles_numbered(numbers: Iterable[int]) -> list[Article]:
    """These articles with the words that everybody reads, in this order."""
    numbers = list(numbers)
    rows = (
        Article.objects.filter(pk__in=numbers, live__isnull=False)
        .select_related("live", "column")
        .defer("live__text", "live__html")
        .in_bulk()
    )
    return [rows[number] for number in numbers if number in rows]


def years_of_publication(at: datetime) -> list[int]:
    """The years from which there are public articles, the newest first."""
    # Two looks into the index: the least and the greatest of all would be a walk through every row.
    days = public_articles(at).select_related(None).values_list("published_at", flat=True)
    first, last = days.order_by("published_at", "pk").first(), days.first()
    if first is None or last is None:
        return []
    return list(range(local_day(last).year, local_day(first).year - 1, -1))
