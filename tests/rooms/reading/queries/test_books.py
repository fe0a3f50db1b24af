from datetime import date

import pytest

from taihua.rooms.reading.actions.assignments import finish_book, start_book
from taihua.rooms.reading.actions.books import add_copy, borrow
from taihua.rooms.reading.models import Book
from taihua.rooms.reading.queries.books import (
    catalogue,
    copies_of,
    loans_of,
    readable_books,
    readings_of,
)
from tests.rooms.reading.conftest import at

TODAY = date(2013, 12, 4)


def test_the_catalogue_is_found_by_title_author_and_isbn(book, other_book):
    third = Book.objects.create(title="红楼梦", author="曹雪芹", isbn="9787020002207")

    assert list(catalogue("学")) == [book]
    assert list(catalogue("韩")) == [other_book]
    assert list(catalogue("978-7-02")) == [third]
    assert catalogue(" ").count() == 3
    assert not catalogue("没有").exists()


def test_the_catalogue_says_what_can_be_read_and_borrowed(edition, other_book, school, shen):
    copies = [add_copy(book=other_book, label=label, unit=school) for label in "甲乙"]
    borrow(borrower=shen, copy=copies[0], on=TODAY, until=TODAY)

    told = {b.title: (b.readable, b.held, b.at_hand) for b in catalogue()}
    assert told == {"劝学": (True, 0, 0), "师说": (False, 2, 1)}
    assert [b.title for b in readable_books()] == ["劝学"]


@pytest.mark.parametrize("count", [1, 3, 30])
def test_copies_cost_the_same_however_many(book, school, shen, django_assert_num_queries, count):
    for number in range(count):
        copy = add_copy(book=book, label=f"TH-{number:03}", unit=school)
        borrow(borrower=shen, copy=copy, on=TODAY, until=TODAY)

    with django_assert_num_queries(2):
        told = [(c.unit.name, c.out[0].borrower.name) for c in copies_of(book)]

    assert told == [("苔花一小", "沈青")] * count


def test_loans_are_seen_by_their_borrower(book, school, shen, zhou):
    copy = add_copy(book=book, label="甲", unit=school)
    loan = borrow(borrower=shen, copy=copy, on=date(2013, 11, 1), until=date(2013, 12, 3))

    assert list(loans_of(shen)) == [loan]
    assert list(loans_of(zhou)) == []


def test_books_in_hand_come_before_books_read(book, other_book, shen):
    start_book(reader=shen, book=book, at=at(1))
    start_book(reader=shen, book=other_book, at=at(2))
    finish_book(reader=shen, book=book, at=at(3))

    assert [reading.book.title for reading in readings_of(shen)] == ["师说", "劝学"]
