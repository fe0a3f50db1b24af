from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.outreach.logic.sync import CLOCK_MAY_BE_OFF, clock_doubt, digest, is_newer

REAL = datetime(2026, 11, 27, 12, tzinfo=UTC)
writings = st.tuples(st.integers(1, 3), st.sampled_from("abc"))


def arrive(order):
    """What stands after these writings of one number came in."""
    there = order[0]
    for each in order[1:]:
        if is_newer(*each, than=there):
            there = each
    return there


@given(st.lists(writings, min_size=1, max_size=5), st.randoms())
def test_of_several_writings_the_same_one_stays_whatever_came_first(written, chance):
    shuffled = written * 2
    chance.shuffle(shuffled)

    assert arrive(shuffled) == arrive(written)


def test_the_same_writing_is_not_newer():
    assert not is_newer(1, "a", than=(1, "a"))


def test_a_fingerprint_does_not_depend_on_the_order_of_the_parts():
    assert digest({"day": "1", "seen": "二"}) == digest({"seen": "二", "day": "1"})
    assert digest({"day": "1"}) != digest({"day": "2"})


@pytest.mark.parametrize(
    ("hours", "doubted"), [(0, False), (3, False), (-3, False), (3.1, True), (-24, True)]
)
def test_a_clock_that_is_off_by_more_than_some_hours_is_doubted(hours, doubted):
    off = timedelta(hours=hours)

    assert clock_doubt(REAL + off, REAL) == (off if doubted else None)
    assert (abs(off) > CLOCK_MAY_BE_OFF) is doubted
