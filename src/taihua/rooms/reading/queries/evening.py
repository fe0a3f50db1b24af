"""What the evening room shows: where one was, and what others chose to tell tonight."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from taihua.base.clock import ZONE
from taihua.kernel.org.models import Person
from taihua.kernel.org.queries import seats_of
from taihua.rooms.reading.logic.anchors import Span, find
from taihua.rooms.reading.models import (
    Book,
    Bookmark,
    Chapter,
    Edition,
    EveningLine,
    Mark,
    Note,
)
from taihua.rooms.reading.queries.books import editions_of, texts_of
from taihua.rooms.reading.queries.notes import notes_shared_with, shares_seen_by


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a bookmark leads in the newest text of its book."""

    edition: Edition
    position: int
    offset: int


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A mark and where its words stand now; without a span they are gone from the text."""

    mark: Mark
    span: Span | None


def lines_seen_by(person: Person, day: date) -> QuerySet[EveningLine]:
    """The lines of an evening that were left for ``person`` too, the latest first."""
    units = {unit for seat in seats_of(person, day) for unit in seat.units}
    return (
        EveningLine.objects.filter(
            Q(unit__isnull=True) | Q(unit__in=units) | Q(reader=person), day=day
        )
        .select_related("reader", "book", "unit")
        .order_by("-said_at", "-pk")
    )


def notes_shared_on(person: Person, day: date) -> QuerySet[Note]:
    """What colleagues began to show ``person`` on ``day``."""
    first = datetime.combine(day, time.min, ZONE)
    today = shares_seen_by(person, day).filter(
        note=OuterRef("pk"), shared_at__gte=first, shared_at__lt=first + timedelta(days=1)
    )
    return notes_shared_with(person, day).filter(Exists(today))


def bookmarks_of(person: Person) -> QuerySet[Bookmark]:
    """Where ``person`` stands in each book he reads here, by title."""
    return Bookmark.objects.filter(reader=person).select_related("book").order_by("book__title")


def landing(person: Person, book: Book) -> Landing | None:
    """Where ``person`` goes on in ``book``: to the character, whichever edition he left."""
    edition = editions_of(book).first()
    if edition is None:
        return None
    bookmark = Bookmark.objects.filter(reader=person, book=book).first()
    if bookmark is None:
        return Landing(edition, 1, 0)
    texts = texts_of(edition)
    span = find(bookmark.locator, texts)
    if span is not None:
        return Landing(edition, list(texts).index(span.href) + 1, span.start)
    if bookmark.href in texts:
        offset = min(bookmark.offset, len(texts[bookmark.href]))
        return Landing(edition, list(texts).index(bookmark.href) + 1, offset)
    return Landing(edition, 1, 0)


def marks_of(person: Person, book: Book) -> QuerySet[Mark]:
    """What ``person`` marked in ``book``, in the order of making."""
    return Mark.objects.filter(reader=person, book=book).order_by("made_at", "pk")


def marks_in(person: Person, chapter: Chapter) -> list[PlacedMark]:
    """The marks that stand in ``chapter``, and those of it whose words are gone, by place."""
    texts = texts_of(chapter.edition)
    placed = [
        PlacedMark(mark, find(mark.locator, texts))
        for mark in marks_of(person, chapter.edition.book)
    ]
    here = [
        each for each in placed if (each.span.href if each.span else each.mark.href) == chapter.href
    ]
    return sorted(here, key=lambda each: each.span.start if each.span else len(chapter.text))
