"""Periods tile the calendar: every day lies in exactly one of each kind."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.base.periods import Every, once, period_of, periods_between, rolling, school_year

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
calendars = st.sampled_from([e for e in Every if e not in {Every.ONCE, Every.ROLLING}])
years = st.integers(1, 5)


@given(days, calendars, years)
def test_a_day_lies_in_its_period(day, every, n):
    period = period_of(every, day, n)

    assert period.first <= day <= period.last
    assert period_of(every, period.first, n) == period == period_of(every, period.last, n)


@given(days, calendars, years)
def test_the_next_period_begins_the_day_after(day, every, n):
    period = period_of(every, day, n)
    following = period_of(every, period.last + timedelta(days=1), n)

    assert following.first == period.last + timedelta(days=1)
    assert following.key != period.key


@given(days, calendars, years)
def test_a_year_holds_each_period_that_ends_in_it_once(day, every, n):
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    found = list(periods_between(every, first, last, n))

    assert all(first <= period.last <= last for period in found)
    assert len({period.key for period in found}) == len(found)
    assert all(a.last + timedelta(days=1) == b.first for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("every", "day", "key", "first", "last"),
    [
        (Every.MONTH, date(2012, 2, 29), "2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        (Every.QUARTER, date(2013, 12, 31), "2013-Q4", date(2013, 10, 1), date(2013, 12, 31)),
        (Every.HALF, date(2013, 7, 1), "2013-H2", date(2013, 7, 1), date(2013, 12, 31)),
        (Every.YEAR, date(2013, 7, 1), "2013", date(2013, 1, 1), date(2013, 12, 31)),
        (Every.WEEK, date(2012, 12, 31), "2013-W01", date(2012, 12, 31), date(2013, 1, 6)),
        (Every.SCHOOL_YEAR, date(2013, 8, 31), "SY2012", date(2012, 9, 1), date(2013, 8, 31)),
        (Every.YEARS, date(2013, 5, 1), "2012/2013", date(2012, 1, 1), date(2013, 12, 31)),
    ],
)
def test_periods_are_called_and_bounded_as_people_do(every, day, key, first, last):
    n = 2 if every is Every.YEARS else 1
    period = period_of(every, day, n)

    assert (period.key, period.first, period.last) == (key, first, last)
    assert period.due == period.until == last


def test_grace_moves_what_may_be_made_up_not_what_is_on_time():
    period = period_of(Every.MONTH, date(2013, 11, 5), grace=10)

    assert period.due == date(2013, 11, 30)
    assert period.until == date(2013, 12, 10)
    assert period.owed_from == date(2013, 12, 11)


def test_a_single_duty_may_be_done_late_within_its_grace():
    single = once(date(2013, 3, 1), date(2013, 6, 30), grace=5)

    assert (single.last, single.due, single.until) == (
        date(2013, 7, 5), date(2013, 6, 30), date(2013, 7, 5),
    )  # fmt: skip
    with pytest.raises(ValueError, match="single duty"):
        period_of(Every.ONCE, date(2013, 3, 1))


def test_what_a_rolling_window_misses_is_owed_the_same_day():
    window = rolling(date(2013, 12, 4), 30)

    assert (window.first, window.days) == (date(2013, 11, 5), 30)
    assert window.owed_from == date(2013, 12, 4)
    assert list(periods_between(Every.ROLLING, date(2013, 1, 1), window.last, 30)) == [window]


def test_a_school_year_is_called_by_the_autumn_it_begins_in():
    assert school_year(date(2013, 8, 31)) == 2012
    assert school_year(date(2013, 9, 1)) == 2013
