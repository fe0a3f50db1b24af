"""The catalogue, and what of a book can be had."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Length

from taihua.base.search import LONGEST
from taihua.kernel.org.models import Person
from taihua.rooms.reading.models import Book, Chapter, Copy, Edition, Loan, Reading

WORDS = """
SELECT c.id, c.edition_id, c.href, c.text, e.book_id
FROM reading_chapter c JOIN reading_edition e ON e.id = c.edition_id
WHERE c.edition_id = %s AND c.position = %s
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents; ``length`` is that of the chapter's text."""

    position: int
    title: str
    length: int


def catalogue(words: str = "") -> QuerySet[Book]:
    """The books whose title, author or ISBN contains ``words``, by title."""
    books = Book.objects.annotate(
        readable=Exists(Edition.objects.filter(book=OuterRef("pk"))),
        at_hand=Count(
            "copies", filter=~Exists(loans_out().filter(copy=OuterRef("copies"))), distinct=True
        ),
        held=Count("copies", distinct=True),
    ).order_by("title", "pk")
    if words := words.replace("\0", "").strip()[:LONGEST]:
        plain = words.replace("-", "")
        books = books.filter(
            Q(title__icontains=words) | Q(author__icontains=words) | Q(isbn__startswith=plain)
        )
    return books


def titles() -> QuerySet[Book]:
    """All books by title, to choose from."""
    return Book.objects.order_by("title", "pk")


def readable_books() -> QuerySet[Book]:
    """The books whose text can be read here, by title."""
    return titles().filter(Exists(Edition.objects.filter(book=OuterRef("pk"))))


def editions_of(book: Book) -> QuerySet[Edition]:
    """The texts of a book, the newest first: that one is read."""
    return Edition.objects.filter(book=book).order_by("-number")


def contents_of(edition: Edition) -> list[Entry]:
    """The table of contents, in reading order."""
    chapters = Chapter.objects.filter(edition=edition).order_by("position")
    return [Entry(*row) for row in chapters.values_list("position", "title", Length("text"))]


def texts_of(edition: Edition) -> dict[str, str]:
    """The words of each chapter, in reading order."""
    chapters = Chapter.objects.filter(edition=edition).order_by("position")
    return dict(chapters.values_list("href", "text"))


def words_of(edition: int, position: int) -> Chapter | None:
    """A chapter without its page: what is enough to keep a place or a line in it.

    Asked at every few lines that anybody reads: by hand it costs a fifth of what it would else.
    """
    for chapter in Chapter.objects.raw(WORDS, [edition, position]):
        book_id = chapter.book_id  # type: ignore[attr-defined]  # a column of its own in WORDS
        chapter.edition = Edition(pk=edition, book_id=book_id)
        return chapter
    return None


def loans_out() -> QuerySet[Loan]:
    """The loans not given back, the first due first."""
    return Loan.objects.filter(returned_date__isnull=True).order_by("due_date", "pk")


def loans_of(person: Person) -> QuerySet[Loan]:
    """What ``person`` has borrowed and not given back."""
    return loans_out().filter(borrower=person).select_related("copy__book")


def copies_of(book: Book) -> QuerySet[Copy]:
    """The copies of a book; ``out`` holds the loan of one that is away."""
    away = Prefetch("loans", loans_out().select_related("borrower"), to_attr="out")
    return (
        Copy.objects.filter(book=book)
        .select_related("unit")
        .prefetch_related(away)
        .order_by("label")
    )


def readings_of(person: Person) -> QuerySet[Reading]:
    """The books that ``person`` has begun, those not finished first, the latest first."""
    return (
        Reading.objects.filter(reader=person)
        .select_related("book")
        .order_by(F("finished_date").desc(nulls_first=True), "-started_date", "-pk")
    )


def reading_of(person: Person, book: Book) -> Reading | None:
    return Reading.objects.filter(reader=person, book=book).first()
