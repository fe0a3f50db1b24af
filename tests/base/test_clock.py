"""One clock for the house, which a demonstration may stop."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from taihua.base import clock

WEDNESDAY = datetime(2026, 11, 25, 16, 30, tzinfo=UTC)


@time_machine.travel(WEDNESDAY, tick=False)
def test_the_day_is_the_one_in_shanghai():
    assert clock.now() == WEDNESDAY
    assert clock.today() == date(2026, 11, 26)
    assert clock.fixed_day() is None


@time_machine.travel(WEDNESDAY, tick=False)
def test_on_a_fixed_day_the_hours_still_pass(settings):
    settings.TAIHUA_TODAY = date(2013, 12, 4)

    assert clock.today() == date(2013, 12, 4)
    assert clock.now() == datetime(2013, 12, 4, 0, 30, tzinfo=clock.ZONE)


def test_a_moment_falls_on_the_day_of_shanghai():
    assert clock.local_day(datetime(2013, 12, 3, 16, 0, tzinfo=UTC)) == date(2013, 12, 4)
    assert clock.local_day(datetime(2013, 12, 3, 15, 59, tzinfo=UTC)) == date(2013, 12, 3)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        clock.local_day(datetime(2013, 12, 4))  # that is the fault
