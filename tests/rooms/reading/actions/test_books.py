from datetime import date

import pytest

from taihua.rooms.reading.actions.books import (
    BookRefused,
    LoanRefused,
    add_copy,
    borrow,
    catalogue_book,
    give_back,
    take_in,
)
from taihua.rooms.reading.enums import Fault
from taihua.rooms.reading.logic.archive import EpubRefused
from taihua.rooms.reading.models import Book, Chapter, Copy, Edition, Loan, Picture
from tests.factories import NINE
from tests.rooms.reading.books import epub, epub_with

TODAY = date(2013, 12, 4)
LATER = date(2014, 1, 3)


@pytest.fixture
def copy(book, school):
    return add_copy(book=book, label="TH-0001", unit=school, place="图书角")


def test_a_book_is_catalogued_once(book):
    with pytest.raises(BookRefused, match="已经有《劝学》"):
        catalogue_book(title="劝学", author="荀子")

    assert Book.objects.count() == 1
    assert catalogue_book(title="劝学", author="张之洞").pk != book.pk


def test_an_isbn_is_catalogued_once(db):
    catalogue_book(title="一", isbn="9787020002207")

    with pytest.raises(BookRefused):
        catalogue_book(title="二", isbn="9787020002207")

    assert catalogue_book(title="三").isbn == catalogue_book(title="四").isbn == ""


def test_an_epub_is_taken_in_chapter_by_chapter(edition):
    chapters = Chapter.objects.filter(edition=edition).order_by("position")

    assert [(c.position, c.title) for c in chapters] == [(1, "上篇"), (2, "积土")]
    assert chapters[0].text.startswith("劝学\n学不可以已。")
    assert Picture.objects.get(edition=edition).media_type == "image/png"


def test_the_same_file_is_known_again_whatever_book_it_is_sent_for(edition, other_book):
    with pytest.raises(BookRefused, match="已经收在《劝学》里"):
        take_in(book=other_book, data=epub(), at=NINE)

    assert Edition.objects.count() == 1
    assert Chapter.objects.count() == 2


def test_another_file_is_the_next_edition(book, edition):
    newer = take_in(book=book, data=epub_with("<p>新版</p>"), at=NINE)

    assert (edition.number, newer.number) == (1, 2)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"not a book", Fault.NOT_ZIP),
        (epub_with("<script>alert(1)</script>"), Fault.SCRIPT),
        (epub({"META-INF/container.xml": None}), Fault.NO_CONTAINER),
        (epub({"bomb": bytes(20_000_000)}), Fault.SWELLS),
        (bytes(50 * 1024 * 1024), Fault.TOO_BIG),
    ],
)
def test_a_hostile_file_changes_nothing(book, edition, data, fault):
    with pytest.raises(EpubRefused) as refusal:
        take_in(book=book, data=data, at=NINE)

    assert refusal.value.fault == fault
    assert list(Edition.objects.all()) == [edition]
    assert Chapter.objects.count() == 2


def test_a_copy_goes_out_once_and_comes_back(copy, shen, zhou):
    loan = borrow(borrower=shen, copy=copy, on=TODAY, until=LATER)

    with pytest.raises(LoanRefused, match="已被借走"):
        borrow(borrower=zhou, copy=copy, on=TODAY, until=LATER)
    give_back(loan=loan, on=TODAY)

    assert borrow(borrower=zhou, copy=copy, on=TODAY, until=LATER).borrower == zhou
    assert Loan.objects.count() == 2


def test_a_copy_given_back_twice_keeps_its_first_day(copy, shen):
    loan = borrow(borrower=shen, copy=copy, on=TODAY, until=LATER)
    give_back(loan=loan, on=TODAY)

    assert give_back(loan=loan, on=LATER).returned_date == TODAY


def test_a_loan_that_ends_before_it_begins_is_refused(copy, shen):
    with pytest.raises(LoanRefused, match="不能早于今天"):
        borrow(borrower=shen, copy=copy, on=TODAY, until=date(2013, 12, 3))

    assert not Loan.objects.exists()


def test_a_label_is_given_once(copy, other_book, school):
    with pytest.raises(BookRefused, match="TH-0001"):
        add_copy(book=other_book, label="TH-0001", unit=school)

    assert Copy.objects.get() == copy
