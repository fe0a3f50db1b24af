from datetime import date, timedelta

import pytest

from taihua.kernel import house
from taihua.kernel.measures.queries import value
from taihua.kernel.records.queries import statements
from taihua.rooms.outreach.actions.notes import take_in
from taihua.rooms.outreach.actions.plans import PlanRefused, cancel_visit, plan_visit
from taihua.rooms.outreach.models import PlannedVisit
from taihua.rooms.outreach.queries.coverage import MOST_A_QUARTER
from taihua.rooms.outreach.queries.visits import plans_of
from tests.factories import NINE, LeaveFactory
from tests.rooms.outreach.conftest import TODAY, at

NEXT = date(2013, 12, 10)


def plan(lin, school, **changes):
    told = {"visitor": lin, "place": school, "day": NEXT, "topic": "校园安全", "at": NINE}
    return plan_visit(**(told | changes))


def test_a_planned_visit_stands_in_the_ledger_of_plans_and_in_its_figure(lin, school):
    plan(lin, school)

    row = next(iter(house.ledgers()["outreach-plans"].store.rows(None)))
    assert (row["unit"], row["kind"], row["topic"]) == ("苔花区教育局", "调研", "校园安全")
    assert (row["planned"], row["lead"]) == (NEXT, "林知远")
    year = {"first": date(2013, 1, 1), "last": date(2013, 12, 31)}
    assert value(house.figures()["outreach.planned"], **year).number == 1


def test_a_plan_is_done_when_its_visit_is_written_down(lin, school, note_of):
    plan(lin, school, day=TODAY)
    assert plans_of(lin).count() == 1

    take_in(note=note_of(day=TODAY), at=at(1))

    assert plans_of(lin).count() == 0


def test_a_cancelled_plan_is_taken_back_with_its_reason(lin, school):
    planned = plan(lin, school)
    with pytest.raises(PlanRefused, match="写明取消的原因"):
        cancel_visit(planned=planned, because=" ", at=NINE)

    cancel_visit(planned=planned, because="会议冲突", at=NINE)

    assert not statements().exists()
    with pytest.raises(PlanRefused, match="已经取消过"):
        cancel_visit(planned=planned, because="再取消", at=NINE)
    plan(lin, school)
    assert plans_of(lin).count() == 1


def test_the_past_a_leave_a_closed_unit_and_a_second_time_are_refused(lin, school):
    LeaveFactory(person=lin, first_day=date(2013, 12, 12), last_day=date(2013, 12, 12))
    plan(lin, school)

    for changes, reason in (
        ({"day": TODAY - timedelta(days=1)}, "2013 年 12 月 3 日已经过去"),
        ({"day": date(9999, 12, 31)}, "9999 年 12 月 31 日离今天一年以上"),
        ({"day": date(2013, 12, 12)}, "在请假"),
        ({}, "已经在计划里"),
    ):
        with pytest.raises(PlanRefused, match=reason):
            plan(lin, school, **changes)
    school.closed = TODAY
    with pytest.raises(PlanRefused, match="不在办"):
        plan(lin, school)

    assert PlannedVisit.objects.count() == 1


def test_no_place_is_piled_on(lin, zhou, school, other_school, note_of):
    for back in range(MOST_A_QUARTER - 1):
        take_in(note=note_of(day=TODAY - timedelta(days=back)), at=NINE)
    plan(lin, school)

    with pytest.raises(PlanRefused, match="不扎堆"):
        plan(zhou, school, day=date(2013, 12, 11))

    plan(zhou, school)  # on the very day on which somebody comes anyway
    plan(zhou, school, day=date(2014, 1, 9))  # in a quarter that has room
    plan(zhou, other_school, day=date(2013, 12, 11))
    assert PlannedVisit.objects.count() == 4


def test_who_works_nowhere_plans_nothing(lin, school):
    lin.terms.update(last_day=date(2013, 12, 5))

    with pytest.raises(PlanRefused, match="没有任职的单位"):
        plan(lin, school, at=at())
