from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.forums.logic.seats import seated
from taihua.rooms.forums.logic.slots import (
    Span,
    clash_in_hall,
    clashes_of_people,
    exchanged,
    minute_of,
    outside,
    time_of,
)
from taihua.rooms.forums.logic.wording import first_line, spread_as_told

minutes = st.integers(1, 200)
starts = st.integers(0, 1000)


@st.composite
def spans(draw, most=6):
    """Items with their own keys, in two halls, with a few people."""
    number = draw(st.integers(0, most))
    return [
        Span(
            key,
            draw(st.sampled_from(["", "二楼"])),
            draw(starts),
            draw(minutes),
            frozenset(draw(st.sets(st.integers(1, 3), max_size=2))),
        )
        for key in range(number)
    ]


def test_one_may_begin_as_the_other_ends():
    first, second = Span(1, "", 540, 40), Span(2, "", 580, 20)

    assert not first.meets(second)
    assert first.meets(Span(3, "", 579, 1))


@given(starts, minutes, starts, minutes)
def test_meeting_is_sharing_a_minute(start, length, other_start, other_length):
    one, other = Span(1, "", start, length), Span(2, "", other_start, other_length)

    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))

    assert one.meets(other) == other.meets(one) == bool(shared)


@given(spans(), starts, minutes)
def test_a_clash_is_in_the_same_hall_and_never_with_itself(there, start, length):
    mine = Span(0, "", start, length)

    found = clash_in_hall(mine, there)

    others = [each for each in there if each.key != 0 and each.hall == "" and each.meets(mine)]
    assert (found is None) == (not others)
    assert found is None or found in others


@given(spans())
def test_clashes_of_people_are_all_pairs_that_share_a_person_and_a_minute(there):
    found = {frozenset((one.key, other.key)) for one, other, _who in clashes_of_people(there)}

    expected = {
        frozenset((one.key, other.key))
        for one in there
        for other in there
        if one.key != other.key and one.who & other.who and one.meets(other)
    }
    assert found == expected


@given(st.integers(0, 400), minutes, st.integers(0, 60), minutes)
def test_an_exchange_fills_the_same_stretch_and_undoes_itself(start, length, gap, other_length):
    earlier = Span("a", "", start, length)
    later = Span("b", "", earlier.end + gap, other_length)

    first, second = exchanged(earlier, later)

    assert (first.key, second.key) == ("b", "a")
    assert (first.start, second.end) == (earlier.start, later.end)
    assert second.start - first.end == gap
    assert exchanged(first, second) == (earlier, later)


@given(st.times())
def test_a_time_is_its_minute(moment):
    assert time_of(minute_of(moment)) == moment.replace(second=0, microsecond=0)


def test_a_minute_of_another_day_has_no_time():
    with pytest.raises(ValueError, match="hour must be in"):
        time_of(24 * 60)


@pytest.mark.parametrize(
    ("start", "length", "out"), [(540, 60, False), (539, 1, True), (599, 2, True)]
)
def test_outside_the_hours(start, length, out):
    assert outside(Span(1, "", start, length), 540, 600) is out


def test_opening_hours_are_told_as_minutes():
    assert minute_of(time(9, 40)) == 580


# --- seats -------------------------------------------------------------------------------------------


@given(st.lists(st.integers(), unique=True), st.none() | st.integers(1, 20))
def test_nobody_is_lost_and_nobody_overtakes(asked, seats):
    have, wait = seated(asked, seats)

    assert [*have, *wait] == asked
    assert seats is None or len(have) <= seats
    assert not wait or len(have) == seats


@given(st.lists(st.integers(), unique=True, min_size=1), st.integers(1, 20), st.data())
def test_a_seat_given_back_lets_exactly_the_first_who_waits_move_up(asked, seats, data):
    have, wait = seated(asked, seats)
    leaving = data.draw(st.sampled_from(have))

    now, still = seated([each for each in asked if each != leaving], seats)

    assert now == [*(each for each in have if each != leaving), *wait[:1]]
    assert still == wait[1:]


# --- words -------------------------------------------------------------------------------------------


def test_spread_is_told_a_line_a_unit():
    assert spread_as_told([("一小", "做了"), ("二小", "也做了")]) == "一小：做了\n二小：也做了"


@pytest.mark.parametrize(
    ("text", "line"), [("一\n二", "一"), ("  \n", ""), ("", ""), ("长" * 200, "长" * 120)]
)
def test_the_first_line_names_a_text(text, line):
    assert first_line(text) == line
