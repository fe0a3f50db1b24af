from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.outreach.logic.days import next_free_day
from taihua.rooms.outreach.logic.private import private_marks

FIRST = date(2013, 12, 5)  # a Thursday
LAST = FIRST + timedelta(days=20)
days = st.dates(FIRST, LAST)


@given(st.lists(st.tuples(days, days), max_size=3), st.sets(days, max_size=8))
def test_the_day_is_a_working_day_on_which_nothing_stands(away, taken):
    found = next_free_day(FIRST, LAST, away=away, taken=taken)

    if found is not None:
        assert FIRST <= found <= LAST
        assert found.weekday() < 5
        assert found not in taken
        assert not any(start <= found <= end for start, end in away)


def test_the_first_free_day_is_taken():
    assert next_free_day(FIRST, LAST) == FIRST
    assert next_free_day(FIRST, LAST, taken=[FIRST]) == FIRST + timedelta(days=1)
    assert next_free_day(date(2013, 12, 7), LAST) == date(2013, 12, 9)


def test_who_is_away_all_the_time_goes_on_no_day():
    assert next_free_day(FIRST, LAST, away=[(FIRST, LAST)]) is None


def test_numbers_of_people_are_found_and_others_are_not():
    assert private_marks("身份证 32070520030304123X，电话13812345678。") == [
        "32070520030304123X",
        "13812345678",
    ]
    assert private_marks("共 1200 元，编号 20131204001，2013-12-04。") == []
