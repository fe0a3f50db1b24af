"""A draft is the office's; what is issued is everybody's, and nobody's to change."""

import pytest

from taihua.rooms.reports import actions
from taihua.rooms.reports.access import may_read_report, may_write_report
from tests.factories import NINE
from tests.rooms.reports.views.reading import TEN, TODAY

CAST = ("lin", "zhou", "shen", "wu", "su", "zheng")


@pytest.fixture
def cast(lin, zhou, shen, wu, su, zheng, keeper):
    named = dict(zip(CAST, (lin, zhou, shen, wu, su, zheng), strict=True))
    return {name: person.account for name, person in named.items()} | {"keeper": keeper}


@pytest.fixture
def draft(bureau, su):
    return actions.begin(year=2013, on=TODAY, at=NINE, by=su.account)


@pytest.fixture
def issued(draft, su):
    return actions.issue(version=draft, expected=1, number="一号", on=TODAY, at=TEN, by=su.account)


def those(may, cast, version):
    return {name for name, account in cast.items() if may(account, version)}


@pytest.mark.parametrize("stage", ["none", "draft"])
def test_what_is_not_issued_is_read_by_the_office_and_written_by_its_clerk(cast, request, stage):
    version = request.getfixturevalue(stage) if stage != "none" else None

    assert those(may_read_report, cast, version) == {"su", "zheng", "keeper"}
    assert those(may_write_report, cast, version) == {"su", "keeper"}


def test_what_is_issued_is_read_by_all_and_written_by_none(cast, issued):
    assert those(may_read_report, cast, issued) == set(cast)
    assert those(may_write_report, cast, issued) == set()
