"""Rows of a sheet as statements, and everything that is said on the way."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from taihua.base.clock import ZONE
from taihua.base.ledger import LedgerRefused, Outcome
from taihua.kernel.org.models import Person, Term
from taihua.kernel.records.actions import record
from taihua.kernel.records.queries import statements
from tests.kernel.records.ledgers.trial import (
    MEETINGS,
    NINE,
    READING,
    TEN,
    book,
    put,
    told,
)


def test_a_new_row_becomes_a_statement(house):
    outcome = put(READING, book(author="袁枚", score=Decimal("92.5")))

    statement = statements().get()
    assert outcome == Outcome(new=1)
    assert statement.person.name == "沈青"
    assert (statement.day, statement.counts_on) == (date(2013, 5, 4), date(2013, 5, 4))
    assert statement.object_label == "苔花"
    assert statement.object_path.startswith("reading/book/")
    assert (statement.context, statement.result) == ({"author": "袁枚"}, {"score": "92.5"})
    assert statement.row_key.startswith("books:")


def test_two_readers_of_one_book_have_one_object(house):
    put(READING, book(), book("王伟（T2）"), book(title="牡丹"))

    assert len(set(statements().values_list("object_path", flat=True))) == 2


def test_the_same_rows_again_change_nothing(house):
    rows = [book(), book("王伟（T2）", "牡丹")]
    put(READING, *rows)

    outcome = put(READING, *rows, at=TEN)

    assert outcome == Outcome(same=2)
    assert statements().count() == 2


def test_a_changed_row_voids_and_restates(house):
    put(READING, book(author="袁牧"))
    first = statements().get()

    plan = READING.plan([book(author="袁枚")])
    outcome = READING.apply(plan, None, TEN)

    assert outcome == Outcome(changed=1)
    [change] = plan.steps[0].changes
    assert (change.column, change.before, change.after) == ("author", "袁牧", "袁枚")
    assert statements().get().context == {"author": "袁枚"}
    assert statements().get().row_key == first.row_key
    assert statements(NINE).get() == first


def test_an_unknown_person_is_refused_with_near_names(house):
    plan = READING.plan([book("沈清")])

    [error] = plan.errors
    assert told(plan.errors) == [(0, "person", "没有“沈清”这个人。")]
    assert error.mend == "是不是“沈青”？"


def test_a_plan_with_errors_writes_nothing(house):
    with pytest.raises(LedgerRefused, match="什么都没有导入"):
        put(READING, book(), book("无名氏"))

    assert not statements().exists()


def test_namesakes_are_asked_for_their_code(house):
    plan = READING.plan([book("王伟")])

    [error] = plan.errors
    assert error.reason == "有 2 位“王伟”：王伟（T2，苔花一小）、王伟（T3，苔花二小）。"
    assert "王伟（T2）" in error.mend


@pytest.mark.parametrize(
    ("named", "unit"),
    [("王伟（T3）", None), ("王伟", "苔花二小"), ("王伟（苔花二小）", None), ("T3", None)],
)
def test_namesakes_are_told_apart_by_code_or_unit(house, named, unit):
    put(READING, book(named, unit=unit))

    assert statements().get().person.code == "T3"


def test_namesakes_of_whom_one_serves_then_need_no_code(house):
    Term.objects.filter(person__code="T3").update(last_day=date(2012, 1, 1))

    put(READING, book("王伟"))

    assert statements().get().person.code == "T2"


def test_a_day_outside_the_terms_and_a_foreign_unit_are_only_warned_of(house):
    plan = READING.plan([book(day=date(2000, 1, 1)), book(unit="苔花二小"), book(unit="苔花九小")])

    assert plan.errors == []
    assert told(plan.notices)[:3] == [
        (0, "day", "沈青这一天没有任何职务。"),
        (1, "unit", "沈青不在苔花二小任职。"),
        (2, "unit", "没有“苔花九小”这个单位。"),
    ]


def test_a_row_that_stands_twice_in_the_sheet_is_two_records_and_told(house):
    plan = READING.plan([book(), book()])
    READING.apply(plan, None, NINE)

    assert told(plan.notices) == [(1, "person", "这一行和前面的一行完全相同，按两条记。")]
    assert put(READING, book(), book()) == Outcome(same=2)


def test_with_one_of_two_like_rows_changed_the_other_stays(house):
    put(READING, book(author="甲"), book(author="乙"))

    assert put(READING, book(author="乙"), book(author="丙")) == Outcome(changed=1, same=1)


def test_what_a_room_recorded_is_the_same_row_and_cannot_be_changed_by_a_sheet(house):
    record(
        verb="read",
        kind="reading/book",
        path="reading/book/12",
        label="苔花",
        person=Person.objects.get(code="T1"),
        occurred_at=datetime(2013, 5, 4, 20, tzinfo=ZONE),
        at=NINE,
    )

    assert put(READING, book()) == Outcome(same=1)
    assert told(READING.plan([book(author="袁枚")]).errors) == [
        (0, "author", "这条是在平台里登记的，那里写的是“”。")
    ]


def test_rows_come_back_as_they_went_in(house):
    rows = [
        book(unit="苔花一小"),
        book("王伟（T3）", "牡丹", date(2013, 6, 1), unit="苔花二小", author="袁枚"),
    ]
    put(READING, *rows)

    assert list(READING.rows(2013)) == rows
    assert list(READING.rows(2012)) == []
    assert list(READING.rows(None)) == rows


def test_a_meeting_records_those_present_as_well(house):
    row = {
        "unit": "苔花一小",
        "type": "支委会",
        "day": date(2013, 3, 1),
        "topic": "春季学习",
        "days": None,
        "present": ("沈青", "王伟（T2）"),
    }
    put(MEETINGS, row)

    own = statements().get(verb__code="held-meeting")
    attended = statements().filter(verb__code="attended")
    assert (own.unit.name, own.kind.code) == ("苔花一小", "meetings/committee")
    assert {one.person.code for one in attended} == {"T1", "T2"}
    assert {one.object_path for one in attended} == {own.object_path}
    assert list(MEETINGS.rows(None)) == [row | {"days": Decimal(1)}]


def test_those_present_are_found_by_the_unit_that_met(house):
    row = {"unit": "苔花二小", "type": "支委会", "day": date(2013, 3, 1), "present": ("王伟",)}

    put(MEETINGS, row)

    assert statements().get(verb__code="attended").person.code == "T3"


def test_a_changed_meeting_takes_back_those_who_were_not_there(house):
    row = {"unit": "苔花一小", "type": "支委会", "day": date(2013, 3, 1)}
    put(MEETINGS, row | {"present": ("沈青", "王伟（T2）")})

    outcome = put(MEETINGS, row | {"present": ("沈青",)}, at=TEN)

    assert outcome == Outcome(changed=1)
    assert statements().get(verb__code="attended").person.code == "T1"
