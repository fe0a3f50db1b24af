from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.reading.logic.turns import in_turn, monday

days = st.dates(date(2011, 1, 1), date(2030, 1, 1))


def test_nobody_has_a_turn_where_nobody_reads():
    assert in_turn([], date(2013, 12, 4)) is None


@given(days)
def test_a_week_has_one_monday_and_one_turn(day):
    first = monday(day)

    assert first.weekday() == 0
    assert 0 <= (day - first).days < 7
    assert {in_turn("甲乙丙", first + timedelta(days=n)) for n in range(7)} == {
        in_turn("甲乙丙", day)
    }


@given(days, st.integers(1, 9))
def test_everybody_has_a_turn_before_anybody_has_another(day, count):
    turns = [in_turn(range(count), day + timedelta(weeks=n)) for n in range(2 * count)]

    assert sorted(turns[:count]) == list(range(count))
    assert turns[:count] == turns[count:]
