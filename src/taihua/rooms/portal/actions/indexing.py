"""Let published articles be found: what is searched of them is kept beside them."""

from collections.abc import Sequence
from itertools import batched

from django.db import connection, transaction

from taihua.base.clock import local_day
from taihua.rooms.portal.logic import index
from taihua.rooms.portal.models import Article, SearchEntry

A_BATCH = 500
ADD = "INSERT INTO portal_index(rowid, words) VALUES (%s, %s)"
TAKE = "INSERT INTO portal_index(portal_index, rowid, words) VALUES ('delete', %s, %s)"
EMPTY = "INSERT INTO portal_index(portal_index) VALUES ('delete-all')"
SET = "UPDATE portal_searchentry SET tokens = %s WHERE article_id = %s"


@transaction.atomic
def reindex(article: Article) -> None:
    """Let an article be found by the words that everybody reads; one that has none is forgotten.

    To be called whenever it is issued, withdrawn, restored or moved to another column. Whether it is
    public at this moment is asked when somebody searches: a text to come may be known before.
    """
    unindex(article)
    if entry := _entry_of(article):
        entry.save(force_insert=True)
        _add([entry])


@transaction.atomic
def unindex(article: Article) -> None:
    """Let an article be found no more."""
    entry = SearchEntry.objects.filter(article=article).select_for_update().first()
    if entry is None:
        return
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # Without the words it holds, FTS5 could not find them again to take them out.
            cursor.execute(TAKE, [entry.place, index.sentence(entry.text, entry.marks.split())])
    entry.delete()


@transaction.atomic
def reindex_all() -> int:
    """Make the whole index anew; how many articles can be found."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(EMPTY)
    SearchEntry.objects.all().delete()
    issued = Article.objects.filter(live__isnull=False).select_related("live").defer("live__html")
    entries = filter(None, map(_entry_of, issued.order_by("pk").iterator(chunk_size=A_BATCH)))
    count = 0
    for batch in batched(entries, A_BATCH, strict=False):
        SearchEntry.objects.bulk_create(batch)
        _add(batch)
        count += len(batch)
    return count


def _entry_of(article: Article) -> SearchEntry | None:
    """What an article is found by; nothing where nobody may read it."""
    words, at = article.live, article.published_at
    if words is None or at is None:
        return None
    marks = [index.column_mark(article.column_id), index.year_mark(local_day(at).year)]
    return SearchEntry(
        article=article,
        place=index.place_of(int(at.timestamp()), article.pk),
        text=index.searched_text(
            words.title, words.source, words.byline, words.summary, words.plain
        ).replace("\0", " "),
        marks=" ".join(marks),
    )


def _add(entries: Sequence[SearchEntry]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            rows = [(each.place, index.sentence(each.text, each.marks.split())) for each in entries]
            cursor.executemany(ADD, rows)
        else:
            sets = [(index.token_set(each.text, each.marks.split()), each.pk) for each in entries]
            cursor.executemany(SET, sets)
