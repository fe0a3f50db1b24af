"""Counting for many at once gives what counting for each gives."""

from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.portal.logic.bits import at_least, counted

SIGNS = st.sets(st.sampled_from("甲乙丙丁戊己庚辛壬癸"))
MANY = st.lists(SIGNS, max_size=12)


def having(sets):
    found = {}
    for number, signs in enumerate(sets):
        for sign in signs:
            found[sign] = found.get(sign, 0) | 1 << number
    return found


@given(MANY, SIGNS)
def test_a_count_is_that_of_each(sets, asked):
    digits = counted(sorted(asked), having(sets))

    for number, signs in enumerate(sets):
        told = sum((digit >> number & 1) << place for place, digit in enumerate(digits))
        assert told == len(signs & asked)


@given(MANY, SIGNS, st.integers(0, 12), st.integers(0, 2**12 - 1))
def test_those_with_enough_are_told_among_those_that_are_asked_about(sets, asked, number, whom):
    found = at_least(counted(asked, having(sets)), number, whom & (1 << len(sets)) - 1)

    assert found == sum(
        1 << at for at, signs in enumerate(sets) if whom >> at & 1 and len(signs & asked) >= number
    )
