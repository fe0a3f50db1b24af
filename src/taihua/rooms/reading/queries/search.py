"""What of the room is found by words: books, and notes as far as they may be seen."""

from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import and_

from django.db.models import Q, QuerySet

from taihua.kernel.org.models import Person
from taihua.rooms.reading.models import Book, Note
from taihua.rooms.reading.queries.books import titles
from taihua.rooms.reading.queries.notes import notes_seen_by

OF_BOOKS = ("title", "author", "isbn", "summary")
OF_NOTES = ("head__title", "head__text", "book__title", "writer__name")


def books_with(words: Sequence[str]) -> QuerySet[Book]:
    """The books in whose entry all ``words`` stand, by title."""
    return titles().filter(_all_of(words, OF_BOOKS))


def notes_with(words: Sequence[str], person: Person, on: date) -> QuerySet[Note]:
    """The notes that ``person`` may see on a day and in which all ``words`` stand, latest first."""
    return notes_seen_by(person, on).filter(_all_of(words, OF_NOTES), head__isnull=False)


def _all_of(words: Sequence[str], fields: Sequence[str]) -> Q:
    """The condition that each of ``words`` stands in one of ``fields``; no words find nothing."""
    wanted = [word.replace("\0", "").strip() for word in words]
    each = [_in_one_of(word, fields) for word in wanted if word]
    return reduce(and_, each, Q()) if each else Q(pk__in=[])


def _in_one_of(word: str, fields: Sequence[str]) -> Q:
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": word})
    return found
