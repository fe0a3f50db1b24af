"""How long a draft must lie open, beside a calendar that is gone through day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.portal.logic.lengths import (
    Moved,
    days_open,
    is_short,
    one_year_on,
    working_days_open,
)

DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))
SPANS = st.integers(-3, 60)
NEEDED = {"plan": 30, "decision": 30, "business": 30}


def each_day(first, last):
    """The days from first to last, one after the other."""
    day, found = first, []
    while day <= last:
        found.append(day)
        day = day + timedelta(days=1)
    return found


@given(DAYS, SPANS)
def test_days_open_are_those_of_the_calendar_both_ends_among_them(opens, span):
    closes = opens + timedelta(days=span)

    assert days_open(opens, closes) == len(each_day(opens, closes))


@given(DAYS, SPANS)
def test_working_days_are_those_that_the_calendar_calls_monday_to_friday(opens, span):
    closes = opens + timedelta(days=span)
    working = [day for day in each_day(opens, closes) if day.strftime("%a") not in {"Sat", "Sun"}]

    assert working_days_open(opens, closes) == len(working)


@given(DAYS, SPANS, st.sampled_from(["plan", "decision", "business", "normative", "ordinary"]))
def test_too_short_is_what_the_calendar_counts_after_the_first_day(opens, span, kind):
    closes = opens + timedelta(days=span)
    after = each_day(opens + timedelta(days=1), closes)
    if kind == "normative":
        expected = sum(day.strftime("%a") not in {"Sat", "Sun"} for day in after) < 7
    else:
        expected = len(after) < NEEDED.get(kind, 0)

    assert is_short(kind, opens, closes) is expected


@given(DAYS, SPANS, st.sets(SPANS), st.sets(SPANS))
def test_holidays_are_taken_off_and_worked_weekends_put_on(opens, span, off, worked):
    closes = opens + timedelta(days=span)
    moved = Moved(
        frozenset(opens + timedelta(days=n) for n in off),
        frozenset(opens + timedelta(days=n) for n in worked),
    )
    calendar = each_day(opens, closes)
    weekdays = {day for day in calendar if day.strftime("%a") not in {"Sat", "Sun"}}
    working = (weekdays - moved.off) | (moved.worked & set(calendar))

    assert working_days_open(opens, closes, moved) == len(working)


def test_a_festival_makes_seven_working_days_longer():
    opens, closes = date(2014, 1, 27), date(2014, 2, 5)
    moved = Moved(off=frozenset(date(2014, 1, 31) + timedelta(days=n) for n in range(7)))

    assert not is_short("normative", opens, closes)
    assert is_short("normative", opens, closes, moved)
    assert is_short("normative", opens, date(2014, 2, 11), moved)
    assert not is_short("normative", opens, date(2014, 2, 12), moved)


@given(DAYS)
def test_a_year_on_it_is_the_same_day_of_the_month(day):
    later = one_year_on(day)

    assert later.year == day.year + 1
    assert (later.month, later.day) == (day.month, min(day.day, 28) if day.month == 2 and day.day == 29 else day.day)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "days", "short"),
    [
        ("plan", 29, True),
        ("plan", 30, False),
        ("decision", 29, True),
        ("business", 30, False),
        ("ordinary", 1, False),
        ("normative", 8, True),  # 4 to 12 December 2013: six working days
        ("normative", 9, False),
    ],
)
def test_how_long_a_draft_must_lie_depends_on_its_kind(kind, days, short):
    opens = date(2013, 12, 4)

    assert is_short(kind, opens, opens + timedelta(days=days)) is short


@given(DAYS, st.integers(0, 60), st.sampled_from(["plan", "normative", "ordinary"]))
def test_a_longer_period_is_never_shorter(opens, days, kind):
    if not is_short(kind, opens, opens + timedelta(days=days)):
        assert not is_short(kind, opens, opens + timedelta(days=days + 1))


@given(DAYS, st.integers(0, 20))
def test_full_weeks_have_five_working_days(opens, weeks):
    assert working_days_open(opens, opens + timedelta(days=7 * weeks - 1)) == 5 * weeks


@given(DAYS)
def test_a_year_on_is_365_or_366_days_on(day):
    assert 365 <= (one_year_on(day) - day).days <= 366


def test_a_leap_day_looks_back_on_the_28th():
    assert one_year_on(date(2012, 2, 29)) == date(2013, 2, 28)
