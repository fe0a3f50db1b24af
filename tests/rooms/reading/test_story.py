"""What the demonstration district tells of reading: laid out once, looked at by every test."""

from datetime import date
from random import Random

import pytest
from django.db.models import F

from taihua.kernel import house
from taihua.kernel.commitments.queries import open_for
from taihua.kernel.house import Story
from taihua.kernel.measures.queries import value
from taihua.kernel.org.models import Person
from taihua.kernel.records.actions import record_many
from taihua.kernel.records.queries import statements
from taihua.rooms.reading.models import (
    Assignment,
    Attempt,
    Edition,
    EveningLine,
    Note,
    Reading,
    Volume,
)
from taihua.rooms.reading.queries.anthology import gaps_of, open_calls
from taihua.rooms.reading.queries.reviews import waiting_for
from taihua.rooms.reading.room import ROOM
from taihua.rooms.reading.room.anthology import PRINTED
from taihua.rooms.reading.room.texts import SHELF
from tests.conftest import lay_out
from tests.factories import NINE, PersonFactory, TermFactory

TODAY = date(2013, 12, 4)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]


@pytest.fixture(scope="module")
def told(laid_out):
    made = lay_out()
    for number in range(12):
        unit = made["section"] if number % 2 else made["school"]
        TermFactory(
            person=PersonFactory(name=f"干部{number}"), post=made["posts"]["科长"], unit=unit
        )
    story = Story(Random(2013), date(2011, 1, 1), TODAY)
    ROOM.demo(story)
    record_many(story.drafts, at=NINE)
    return story


def test_the_story_sets_two_books_a_year():
    figures = house.figures()
    for year in (2011, 2012, 2013):
        number = value(
            figures["reading.books-set"], first=date(year, 1, 1), last=date(year, 12, 31)
        )
        assert str(number) == "2"
    assert Assignment.objects.count() == 6


def test_a_story_that_goes_on_sets_other_books():
    assert Assignment.objects.values("book").distinct().count() == 6
    assert not Assignment.objects.filter(set_date__gt=TODAY).exists()


def test_what_was_passed_was_answered():
    passed = Attempt.objects.filter(outcome="passed")

    assert passed.exists()
    assert not passed.filter(answers__isnull=True).exists()
    assert not passed.filter(reader=F("reviewer")).exists()


def test_the_story_reproduces_what_the_article_says():
    figures = house.figures()

    def since_2011(code):
        return value(figures[code], first=date(2011, 1, 1), last=TODAY).number

    assert since_2011("reading.volumes") == 2
    evenings = statements().filter(verb__code="shared-evening")
    assert evenings.last().day == date(2011, 8, 8)
    assert evenings.first().day == TODAY
    assert since_2011("reading.evening-lines") == evenings.count()


def test_the_story_leaves_something_to_do_and_something_to_read():
    assert waiting_for(Person.objects.get(code="lin")).exists()
    printed = Edition.objects.filter(book__title__startswith="苔花风景")
    assert printed.count() == 2
    assert Edition.objects.count() == len(SHELF) + 2
    assert Reading.objects.filter(finished_date__isnull=True).exists()
    assert EveningLine.objects.filter(day=TODAY).exists()
    assert Note.objects.filter(shares__isnull=True).exists()
    assert Note.objects.filter(shares__isnull=False).exists()


def test_the_story_has_printed_two_volumes_and_collects_a_third():
    first, second, third = Volume.objects.order_by("number")

    assert [each.issued_date for each in (first, second)] == list(PRINTED)
    assert first.errata.count() == 1
    assert third in open_calls(TODAY)
    gaps = gaps_of(third)
    assert any("没有定取舍" in gap for gap in gaps)
    assert any("作者还没有同意" in gap for gap in gaps)


def test_nothing_in_the_story_lies_after_its_last_day(told):
    assert not statements().filter(day__gt=TODAY).exists()
    assert not Reading.objects.filter(finished_date__gt=TODAY).exists()
    assert not Attempt.objects.filter(reviewed_at__gt=told.moment(TODAY, 23, 59)).exists()


def test_the_story_plans_the_evening_and_the_anthology_but_no_exchange():
    figures, year = house.figures(), {"first": date(2013, 1, 1), "last": TODAY}

    assert value(figures["reading.planned-evening"], **year).number == 1
    assert value(figures["reading.planned-volume"], **year).number == 1
    assert value(figures["reading.planned-exchange"], **year).number == 0


def test_of_the_cast_the_section_head_owes_a_resit():
    zhou = Person.objects.get(code="zhou")
    attempt = Attempt.objects.get(outcome="resit")
    assert attempt.reader == zhou
    assert [c.due < TODAY for c in open_for(zhou) if c.origin == attempt.assignment.path] == [True]
