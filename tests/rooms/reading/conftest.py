"""What the reading room's tests start from: a book, set by the committee, with its cast."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taihua.base.clock import ZONE
from taihua.kernel.org.models import Person, Unit
from taihua.rooms.reading.actions.assignments import (
    Setting,
    finish_book,
    set_book,
    start_book,
)
from taihua.rooms.reading.actions.books import take_in
from taihua.rooms.reading.models import Assignment, Book, Edition, ReaderGroup
from tests.factories import NINE
from tests.rooms.reading.books import epub

DUE = date(2013, 12, 20)
SET = date(2013, 9, 2)


@pytest.fixture(autouse=True)
def today(settings):
    settings.TAIHUA_TODAY = NINE.date()


@pytest.fixture
def book(db: None) -> Book:
    return Book.objects.create(title="劝学", author="荀子")


@pytest.fixture
def other_book(db: None) -> Book:
    return Book.objects.create(title="师说", author="韩愈")


@pytest.fixture
def edition(book: Book) -> Edition:
    return take_in(book=book, data=epub(), at=NINE)


@pytest.fixture
def assignment(book: Book, bureau: Unit, lin: Person, su: Person) -> Assignment:
    """《劝学》, required of the middle cadres, recommended to 苔花一小 and all below it."""
    return set_to(bureau, book, [lin, su], tier="middle")


def set_to(setter: Unit, book: Book, reviewers: list[Person], **options) -> Assignment:
    group = {key: options.pop(key) for key in ("tier", "tag", "unit") if key in options}
    recommended = options.pop("recommended", None)
    groups = [ReaderGroup(binding="required", **group)]
    if recommended:
        groups.append(ReaderGroup(binding="recommended", unit=recommended))
    setting = Setting(
        **{
            "book": book,
            "setter": setter,
            "set_date": SET,
            "due_date": DUE,
            "check_kind": "answers",
            "questions": ["学是什么？", "怎样学？"],
            "groups": groups,
            "reviewers": reviewers,
            **options,
        }
    )
    return set_book(setting=setting, at=NINE)


def read_through(reader: Person, book: Book, at: datetime = NINE) -> None:
    start_book(reader=reader, book=book, at=at - timedelta(days=30))
    finish_book(reader=reader, book=book, at=at)


def answers_to(assignment: Assignment, text: str = "学不可以已。") -> dict[int, str]:
    return dict.fromkeys(assignment.questions.values_list("pk", flat=True), text)


@pytest.fixture
def costs() -> Callable[[Client, str], int]:
    """How many queries a page asks, once it is warm."""

    def count(browser: Client, address: str) -> int:
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            answer = browser.get(address)
        assert answer.status_code == 200
        return len(asked)

    return count


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2013, 12, day, hour, tzinfo=ZONE)
