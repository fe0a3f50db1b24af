"""A report that is begun, and one that is issued."""

import pytest

from taihua.rooms.reports import actions
from tests.factories import NINE
from tests.rooms.reports.views.reading import TEN, TODAY


@pytest.fixture
def begun(bureau, su, lin, helped):
    """A report of 612 person-times of help, begun by the clerk."""
    helped(lin, 612)
    return actions.begin(year=2013, on=TODAY, at=NINE, by=su.account)


@pytest.fixture
def issued(begun, su):
    return actions.issue(
        version=begun, expected=1, number="苔教〔2013〕1号", on=TODAY, at=TEN, by=su.account
    )
