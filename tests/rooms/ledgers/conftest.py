"""The day, the cast, and who sits at the desk."""

import pytest
import time_machine

from tests.rooms.ledgers.browsing import HEADER, VISIT, confirm, hand_in
from tests.rooms.ledgers.sheets import xlsx


@pytest.fixture
def demonstration_day(settings):
    with time_machine.travel("2013-12-04T10:00:00+08:00", tick=False):
        yield


@pytest.fixture
def clerk(su, logged_in):
    return logged_in(su)


@pytest.fixture
def everybody(lin, zhou, shen, wu, su, zheng):
    """The whole cast, so that names in sheets are known."""


@pytest.fixture
def visits(everybody, clerk):
    rows = [
        VISIT,
        ("周明", "2013-11-05", "苔花二小", 1, "安全"),
        ("吴江", "2013-11-06", "苔花一小", 1, "听课"),
        ("沈青", "2013-11-07", "苔花二小", 1, "听课"),
    ]
    confirm(clerk, hand_in(clerk, xlsx(HEADER, *rows)))
