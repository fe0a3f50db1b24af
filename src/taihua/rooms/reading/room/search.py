"""What the room answers to the house's search."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from taihua.base import clock
from taihua.kernel.house import Found
from taihua.kernel.org.models import Account
from taihua.rooms.reading.logic.excerpt import excerpt
from taihua.rooms.reading.models import Book, Note
from taihua.rooms.reading.queries.search import books_with, notes_with


def found(account: Account, words: Sequence[str], limit: int) -> Iterator[Found]:
    """Books first, then one's own notes and those that colleagues show; ``limit`` in all."""
    books = list(books_with(words)[:limit])
    yield from map(_book, books)
    if account.person is not None and len(books) < limit:
        notes = notes_with(words, account.person, clock.today())[: limit - len(books)]
        for note in notes:
            yield _note(note, words)


def _book(book: Book) -> Found:
    title = f"《{book.title}》{book.author}"
    return Found(
        title=title, url=reverse("reading:book", args=[book.pk]), excerpt=book.summary[:80]
    )


def _note(note: Note, words: Sequence[str]) -> Found:
    title, text = (note.head.title, note.head.text) if note.head else ("", "")
    return Found(
        title=_("%(writer)s：%(title)s") % {"writer": note.writer, "title": title},
        url=reverse("reading:note", args=[note.pk]),
        excerpt=excerpt(text, words),
    )
