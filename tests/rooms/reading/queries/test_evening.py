from datetime import date

import pytest

from taihua.rooms.reading.actions.evening import leave_line, mark_passage
from taihua.rooms.reading.actions.notes import share_note, write_note
from taihua.rooms.reading.models import Chapter
from taihua.rooms.reading.queries.evening import lines_seen_by, marks_in, notes_shared_on
from taihua.rooms.reading.queries.notes import Audience
from tests.factories import NINE, PersonFactory
from tests.rooms.reading.conftest import at

TONIGHT = date(2013, 12, 4)
HOUSE = Audience("house", "全局")


def test_a_line_for_ones_unit_is_not_for_others(shen, wu, lin, school):
    line = leave_line(reader=shen, day=TONIGHT, words="读了", unit=school, at=at(4, 20))

    assert list(lines_seen_by(shen, TONIGHT)) == [line]
    assert list(lines_seen_by(wu, TONIGHT)) == []
    assert list(lines_seen_by(lin, TONIGHT)) == []


def test_a_line_for_all_is_seen_tonight_and_not_tomorrow(shen, wu):
    line = leave_line(reader=shen, day=TONIGHT, words="读了", at=at(4, 20))

    assert list(lines_seen_by(wu, TONIGHT)) == [line]
    assert list(lines_seen_by(wu, date(2013, 12, 5))) == []


@pytest.mark.parametrize(
    ("shared", "seen"), [(at(4, 0), True), (at(4, 23), True), (at(5, 0), False)]
)
def test_the_notes_of_an_evening_are_those_shared_that_day(shen, wu, shared, seen):
    note = write_note(writer=shen, kind="note", title="题", text="文", at=at(1))
    share_note(note=note, audience=HOUSE, at=shared)

    assert (note in notes_shared_on(wu, TONIGHT)) == seen


def test_a_note_shared_before_and_given_to_a_circle_tonight_is_not_new_to_the_others(
    shen, wu, school
):
    note = write_note(writer=shen, kind="note", title="题", text="文", at=at(1))
    share_note(note=note, audience=HOUSE, at=at(1))
    share_note(note=note, audience=Audience("", "", unit=school), at=at(4))

    assert note not in notes_shared_on(wu, TONIGHT)


def test_marks_are_ones_own_and_stand_in_the_order_of_the_text(edition, shen, wu):
    chapter = Chapter.objects.get(edition=edition, position=1)
    for start in (10, 3):
        mark_passage(reader=shen, chapter=chapter, start=start, end=start + 4, thought="", at=NINE)

    assert [placed.span.start for placed in marks_in(shen, chapter)] == [3, 10]
    assert marks_in(wu, chapter) == []


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_lines_cost_the_same_however_many(shen, book, school, django_assert_num_queries, count):
    for _each in range(count):
        leave_line(
            reader=PersonFactory(), day=TONIGHT, words="读", book=book, unit=None, at=at(4, 20)
        )

    with django_assert_num_queries(5):
        told = [(line.reader.name, line.book.title) for line in lines_seen_by(shen, TONIGHT)]

    assert len(told) == count
