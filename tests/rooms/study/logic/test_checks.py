"""The group's change: paired, with its interval, and silent on few."""

from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.study.logic.checks import FEWEST, group_change, student

shares = st.integers(0, 10).map(lambda n: n / 10)
pairs = st.lists(st.tuples(shares, shares), max_size=40)


@given(pairs)
def test_nothing_is_said_of_fewer_than_five(pairs):
    assert (group_change(pairs) is None) == (len(pairs) < FEWEST)


@given(pairs.filter(lambda pairs: len(pairs) >= FEWEST))
def test_the_interval_holds_the_change_and_stays_within_bounds(pairs):
    found = group_change(pairs)

    assert found.change == pytest.approx(mean(after - before for before, after in pairs))
    assert -1 <= found.low <= found.change + 1e-9
    assert found.change - 1e-9 <= found.high <= 1


def test_the_interval_is_that_of_students_t():
    told = [(0.2, 0.6), (0.4, 0.6), (0.4, 0.8), (0.6, 0.6), (0.2, 0.8)]

    found = group_change(told)

    # mean 0.32, deviation 0.2280, 2.776 × 0.2280 / √5
    assert (found.low, found.high) == pytest.approx((0.0369, 0.6031), abs=1e-3)
    assert found.is_certain


def test_a_group_that_answered_as_before_did_not_change():
    found = group_change([(0.5, 0.5)] * 6)

    assert (found.change, found.low, found.high) == (0, 0, 0)
    assert not found.is_certain


@pytest.mark.parametrize(
    ("freedom", "quantile"), [(4, 2.776), (30, 2.042), (60, 2.000), (500, 1.965)]
)
def test_the_quantile_is_right_or_a_little_wide(freedom, quantile):
    assert quantile - 1e-9 <= student(freedom) <= quantile + 0.01
