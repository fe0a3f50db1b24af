"""The shelf: books, their texts, copies that go out and come back."""

from datetime import date, datetime
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taihua.kernel.org.models import Account, Person, Unit
from taihua.rooms.reading.logic.epub import Epub, read_epub
from taihua.rooms.reading.models import Book, Chapter, Copy, Edition, Loan, Picture


class BookRefused(Exception):
    """The shelf was not changed; the message is written for whoever keeps it."""


class LoanRefused(Exception):
    """A copy was not lent; the message is written for the borrower."""


@transaction.atomic
def catalogue_book(
    *, title: str, author: str = "", publisher: str = "", isbn: str = "", summary: str = ""
) -> Book:
    """Put a book into the catalogue.

    :raises BookRefused: a book of this title and author, or of this ISBN, is there already
    """
    try:
        with transaction.atomic():
            return Book.objects.create(
                title=title, author=author, publisher=publisher, isbn=isbn, summary=summary
            )
    except IntegrityError:
        raise BookRefused(_("书目里已经有《%(title)s》。") % {"title": title}) from None


def take_in(*, book: Book, data: bytes, at: datetime, by: Account | None = None) -> Edition:
    """Take in an EPUB as the newest text of ``book``.

    Reading the file takes a while and happens before the transaction: others can write meanwhile.
    Bookmarks and marks are not touched: they find their places in the new text by its words.

    :raises EpubRefused: the file is no sound EPUB, or would act or fetch
    :raises BookRefused: the very same file was taken in before
    """
    digest = sha256(data).hexdigest()
    _refuse_again(digest)
    return _take_in(book=book, text=read_epub(data), digest=digest, at=at, by=by)


def _refuse_again(digest: str) -> None:
    there = Edition.objects.filter(digest=digest).select_related("book").first()
    if there:
        raise BookRefused(
            _("这份文件已经收在《%(title)s》里，没有重复收入。") % {"title": there.book.title}
        )


@transaction.atomic
def _take_in(*, book: Book, text: Epub, digest: str, at: datetime, by: Account | None) -> Edition:
    _refuse_again(digest)
    Book.objects.select_for_update().get(pk=book.pk)  # one at a time: editions are numbered
    edition = Edition.objects.create(
        book=book,
        number=Edition.objects.filter(book=book).count() + 1,
        digest=digest,
        uploaded_at=at,
        uploaded_by=by,
    )
    _store(edition, text)
    return edition


def _store(edition: Edition, text: Epub) -> None:
    Chapter.objects.bulk_create(
        Chapter(
            edition=edition,
            position=position,
            href=chapter.href,
            title=chapter.title[:200],
            sections=[[section.start, section.html] for section in chapter.sections],
            text=chapter.text,
        )
        for position, chapter in enumerate(text.chapters, start=1)
    )
    Picture.objects.bulk_create(
        Picture(
            edition=edition, position=position, media_type=picture.media_type, data=picture.data
        )
        for position, picture in enumerate(text.pictures, start=1)
    )


@transaction.atomic
def add_copy(*, book: Book, label: str, unit: Unit, place: str = "") -> Copy:
    """Put a copy on the shelf of a unit.

    :raises BookRefused: another copy bears this label
    """
    try:
        with transaction.atomic():
            return Copy.objects.create(book=book, label=label, unit=unit, place=place)
    except IntegrityError:
        raise BookRefused(_("已经有一本编号 %(label)s 的藏书。") % {"label": label}) from None


@transaction.atomic
def borrow(*, borrower: Person, copy: Copy, on: date, until: date) -> Loan:
    """Take a copy home.

    :raises LoanRefused: it is away, or the day of return lies before today
    """
    if until < on:
        raise LoanRefused(_("归还日期不能早于今天。"))
    try:
        with transaction.atomic():
            return Loan.objects.create(copy=copy, borrower=borrower, lent_date=on, due_date=until)
    except IntegrityError:
        raise LoanRefused(_("%(label)s 已被借走，请换一本。") % {"label": copy.label}) from None


@transaction.atomic
def give_back(*, loan: Loan, on: date) -> Loan:
    """Bring a copy back; bringing it twice changes nothing."""
    Loan.objects.filter(pk=loan.pk, returned_date__isnull=True).update(returned_date=on)
    loan.refresh_from_db()
    return loan
