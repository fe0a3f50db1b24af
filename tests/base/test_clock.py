"""One clock for the house, which a demonstration may stop."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from taihua.base import clock

WEDNESDAY = datetime(2026, 11, 25, 16, 30, tzinfo=UTC)
FIXED = date(2013, 12, 4)


@time_machine.travel(WEDNESDAY, tick=False)
def test_the_day_is_the_one_in_shanghai():
    assert clock.now() == WEDNESDAY
    assert clock.today() == date(2026, 11, 26)
    assert clock.fixed_day() is None


@given(st.datetimes(datetime(2020, 1, 2), datetime(2059, 1, 1)), st.integers(1, 10**9))
def test_on_a_fixed_day_what_comes_later_has_the_later_moment(real, seconds):
    with override_settings(TAIHUA_TODAY=FIXED):
        first = at(real)
        second = at(real + timedelta(seconds=seconds))

    assert first < second or real.year + seconds // (365 * 86400) >= 2059
    assert clock.local_day(first) == clock.local_day(second) == FIXED


@pytest.mark.parametrize(
    "real", [datetime(1999, 1, 1), datetime(2026, 11, 28), datetime(2222, 1, 1)]
)
def test_a_fixed_day_stands_still_late_in_its_evening(settings, real):
    settings.TAIHUA_TODAY = FIXED

    assert at(real).date() == FIXED
    assert at(real).hour >= 22
    with time_machine.travel(real.replace(tzinfo=UTC), tick=False):
        assert clock.today() == FIXED


def at(real):
    with time_machine.travel(real.replace(tzinfo=UTC), tick=False):
        return clock.now()


def test_a_moment_falls_on_the_day_of_shanghai():
    assert clock.local_day(datetime(2013, 12, 3, 16, 0, tzinfo=UTC)) == date(2013, 12, 4)
    assert clock.local_day(datetime(2013, 12, 3, 15, 59, tzinfo=UTC)) == date(2013, 12, 3)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        clock.local_day(datetime(2013, 12, 4))  # that is the fault
