"""One row written, put right or taken back: cleaned like one from a sheet, and never half."""

from datetime import timedelta

import pytest

from taihua.base.ledger import ALL, LedgerRefused, Scope
from taihua.kernel import house
from taihua.kernel.records.actions import record, void
from taihua.kernel.records.queries import statements
from taihua.rooms.ledgers import actions
from tests.factories import NINE
from tests.rooms.ledgers.browsing import VISIT

TODAY = NINE.date()
TEN = NINE + timedelta(hours=1)
WRONG = ("林之远", *VISIT[1:])
ROW = {
    "person": "林知远",
    "day": "2013-11-04",
    "place": "苔花一小",
    "days": "0.5",
    "topic": "课堂教学",
}

pytestmark = pytest.mark.usefixtures("everybody")


@pytest.fixture
def ledger():
    return house.ledgers()["visits"]


@pytest.fixture
def entered(ledger, su):
    """Write one row: ``entered(days="1")``."""

    def enter(scope=ALL, by=su, **changes):
        actions.enter(ledger, ROW | changes, scope=scope, by=by.account, at=NINE)
        return statements().latest("pk")

    return enter


def test_a_row_typed_in_is_cleaned_like_one_from_a_sheet(entered):
    statement = entered(person=" 林　知远 ", day="2013年11月4日", days="半天")

    assert (statement.person.name, str(statement.day), statement.hundredths) == (
        "林知远",
        "2013-11-04",
        50,
    )


@pytest.mark.parametrize(
    ("changes", "column", "reason"),
    [
        ({"person": "林之远"}, "person", "没有“林之远”这个人。"),
        ({"person": ""}, "person", "没有填调研人。"),
        ({"day": "2013-12-05"}, "day", "2013-12-05 还没有到。"),
        ({"days": "许多"}, "days", "“许多”不是数。"),
        ({"place": "苔花九小"}, "place", "没有“苔花九小”这个单位。"),
        ({"topic": "同上"}, "topic", "“同上”没有写明是什么。"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_recorded(entered, changes, column, reason):
    with pytest.raises(LedgerRefused, match="有几格要改") as refused:
        entered(**changes)

    assert [(one.column, one.reason) for one in refused.value.errors] == [(column, reason)]
    assert not statements().exists()


def test_a_row_that_is_there_is_not_entered_again(entered):
    entered()

    with pytest.raises(LedgerRefused, match="台账里已经有这一行了"):
        entered()
    with pytest.raises(LedgerRefused, match="请到那一行里更正"):
        entered(days="1")
    assert statements().count() == 1


def test_a_row_about_somebody_else_is_not_theirs_to_write(entered, wu):
    with pytest.raises(LedgerRefused) as refused:
        entered(scope=Scope(person=wu.pk), by=wu)

    assert [one.reason for one in refused.value.errors] == ["这一行不归您登记。"]
    assert not statements().exists()


def corrected(ledger, statement, by, *, scope=ALL, reason="写错了", **changes):
    actions.correct(
        ledger,
        str(statement.uuid),
        ROW | changes,
        reason=reason,
        scope=scope,
        by=by.account,
        at=TEN,
    )


def test_a_correction_takes_the_old_row_back_and_states_it_anew(ledger, entered, su):
    old = entered()

    corrected(ledger, old, su, days="1")

    new = statements().get()
    assert (new.hundredths, new.row_key) == (100, old.row_key)
    old.refresh_from_db()
    assert old.voided_by.context["reason"] == "写错了"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, "和原来的一样"),
        ({"person": "林之远"}, "有几格填得不对"),
        ({"day": "明天"}, "有几格要改"),
        ({"topic": ""}, "有几格要改"),
    ],
)
def test_a_correction_that_cannot_be_leaves_the_row(ledger, entered, su, changes, reason):
    old = entered()

    with pytest.raises(LedgerRefused, match=reason):
        corrected(ledger, old, su, **changes)

    assert statements().get() == old


def test_a_row_cannot_be_corrected_into_somebody_elses(ledger, entered, wu):
    old = entered(person="吴江", place="苔花二小")
    own = Scope(person=wu.pk)

    with pytest.raises(LedgerRefused) as refused:
        corrected(ledger, old, wu, scope=own, person="林知远")

    assert [one.reason for one in refused.value.errors] == ["这一行不归您登记。"]
    assert statements().get() == old


def test_a_row_taken_back_meanwhile_cannot_be_corrected(ledger, entered, su):
    old = entered()
    void(statement=old, reason="重复", at=NINE)

    with pytest.raises(LedgerRefused, match="已经作废过了"):
        corrected(ledger, old, su, days="1")

    assert not statements().exists()


def test_what_a_room_put_on_record_is_corrected_there(ledger, lin, su):
    told = record(
        verb="visited",
        kind="outreach/visit",
        path="outreach/visit/1",
        label="课堂教学",
        person=lin,
        at=NINE,
        context={"place": "school-1"},
    )

    with pytest.raises(LedgerRefused, match="请到登记它的地方更正"):
        corrected(ledger, told, su, day="2013-12-04", days="2")

    assert statements().get() == told
