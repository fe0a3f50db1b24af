"""A row of a ledger of plans counts on the day it is for, and comes back as it went out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.kernel.records.actions import learn_words
from taihua.kernel.records.ledgers.plans import plan_ledger
from taihua.kernel.records.models import Statement
from taihua.kernel.records.queries import statements
from tests.kernel.records.ledgers.trial import TEN, put, told

PLANS = plan_ledger("plans", "计划", "", "planned-thing", {"党员大会": "meetings/assembly"}).store


@pytest.fixture
def plans(house):
    learn_words([("planned-thing", "计划")], [], plans=["planned-thing"])


def row(topic, day, planned):
    return {
        "unit": "苔花一小", "kind": "党员大会", "day": day, "topic": topic, "planned": planned,
        "lead": None,
    }  # fmt: skip


rows = st.builds(
    row,
    topic=st.sampled_from("甲乙丙丁"),
    day=st.dates(date(2013, 10, 1), date(2013, 12, 4)),
    planned=st.none() | st.dates(date(2013, 9, 1), date(2014, 12, 31)),
)


@given(rows=st.lists(rows, max_size=5))
def test_each_counts_on_the_day_it_is_for_and_export_then_import_changes_nothing(plans, rows):
    put(PLANS, *rows)

    exported = list(PLANS.rows(None))
    said = Statement.objects.count()
    live = PLANS.live().order_by("day", "pk")
    assert [each.counts_on for each in live] == [
        each["planned"] or each["day"] for each in exported
    ]
    assert put(PLANS, *exported, at=TEN).same == len(exported)
    assert Statement.objects.count() == said
    assert list(PLANS.rows(None)) == exported


@pytest.mark.usefixtures("plans")
def test_an_imported_plan_for_another_day_counts_there_alone():
    put(PLANS, row("甲", date(2013, 12, 2), date(2014, 3, 14)))

    put(PLANS, row("甲", date(2013, 12, 2), date(2014, 11, 14)), at=TEN)

    assert statements().get().counts_on == date(2014, 11, 14)


@pytest.mark.usefixtures("plans")
@pytest.mark.parametrize(
    ("planned", "told_of"),
    [
        (date(2014, 12, 2), []),
        (None, []),
        (date(2012, 12, 2), []),
        (date(2031, 3, 14), ["2031"]),
        (date(2003, 3, 14), ["2003"]),
    ],
)
def test_a_plan_more_than_a_year_off_is_doubted_and_comes_in_all_the_same(planned, told_of):
    sheet = [row("甲", date(2013, 12, 2), planned)]

    assert told(PLANS.plan(sheet).notices) == [
        (0, "planned", f"计划时间离制定日期一年多，这项计划会算在{year}年。") for year in told_of
    ]
    assert put(PLANS, *sheet).new == 1
