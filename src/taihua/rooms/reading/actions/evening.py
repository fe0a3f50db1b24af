"""The evening room: keep a place, mark a passage, leave a line."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from taihua.base.once import made_once
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.records.actions import record, void
from taihua.kernel.records.queries import statements_of
from taihua.rooms.reading.logic.anchors import Locator, Quote, find, locate
from taihua.rooms.reading.models import Book, Bookmark, Chapter, EveningLine, Mark


class MarkRefused(Exception):
    """Nothing was marked; the message is written for the reader."""


@transaction.atomic
def keep_place(*, reader: Person, chapter: Chapter, offset: int) -> Bookmark:
    """Remember where ``reader`` is, in place of where he was; not when, nor for how long."""
    place = locate(chapter.href, chapter.text, offset)
    return Bookmark.objects.update_or_create(
        reader=reader, book_id=chapter.edition.book_id, defaults=_fields(place)
    )[0]


def mark_passage(  # a passage is a start and an end
    *,
    reader: Person,
    chapter: Chapter,
    start: int,
    end: int,
    thought: str,
    at: datetime,
    once: UUID | None = None,
) -> Mark:
    """Underline ``start`` to ``end`` of a chapter's text, with a thought or without.

    It is a single row, whole by itself; in the evening hundreds are written at once, and a
    transaction around it would make all wait for each other's Python.

    :raises MarkRefused: the passage is empty or lies outside the chapter
    """
    if not 0 <= start < end <= len(chapter.text):
        raise MarkRefused(_("请先选出要划线的文字。"))
    place = locate(chapter.href, chapter.text, start, end)

    def underline() -> Mark:
        return Mark.objects.create(
            reader=reader,
            book_id=chapter.edition.book_id,
            thought=thought.strip(),
            made_at=at,
            once=once,
            **_fields(place),
        )

    return made_once(Mark.objects.filter(reader=reader), once, underline)[0]


def mark_words(  # the words, and where they are looked for
    *,
    reader: Person,
    chapter: Chapter,
    words: str,
    near: int,
    thought: str,
    at: datetime,
    once: UUID | None = None,
) -> Mark:
    """Underline ``words`` where they stand in a chapter, of several places the one at ``near``.

    :raises MarkRefused: the chapter does not say so
    """
    wanted = Locator(chapter.href, near, Quote("", words, ""))
    span = find(wanted, {chapter.href: chapter.text})
    if span is None or not span.exact:
        raise MarkRefused(_("这一章里没有找到这句话，请照原文写。"))
    return mark_passage(
        reader=reader,
        chapter=chapter,
        start=span.start,
        end=span.end,
        thought=thought,
        at=at,
        once=once,
    )


@transaction.atomic
def remove_mark(*, mark: Mark) -> None:
    """Rub a mark out."""
    mark.delete()


def _fields(place: Locator) -> dict[str, str | int]:
    return {"href": place.href, "offset": place.offset, **asdict(place.quote)}


@transaction.atomic
def leave_line(  # who, when, what, to whom
    *,
    reader: Person,
    day: date,
    words: str,
    at: datetime,
    book: Book | None = None,
    unit: Unit | None = None,
) -> EveningLine:
    """Tell the others tonight in a line; telling again rewrites it and is no second record."""
    line, left = EveningLine.objects.update_or_create(
        reader=reader,
        day=day,
        defaults={"words": words, "book": book, "unit": unit},
        create_defaults={"words": words, "book": book, "unit": unit, "said_at": at},
    )
    if left:
        record(
            person=reader,
            verb="shared-evening",
            kind="reading/evening",
            path=line.path,
            label=book.title if book else str(_("晚八点一句话")),
            at=at,
        )
    return line


@transaction.atomic
def take_back_line(*, line: EveningLine, at: datetime, by: Account | None = None) -> None:
    """Take tonight's line back, from the room and from the record."""
    for statement in statements_of(line.reader).filter(object_path=line.path):
        void(statement=statement, reason=_("本人撤回"), at=at, entered_by=by)
    line.delete()
