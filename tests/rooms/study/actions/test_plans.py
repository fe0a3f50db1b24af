"""Plans are written, approved, changed with a reason, and closed."""

from datetime import date, datetime, timedelta

import pytest

from taihua.base.clock import ZONE
from taihua.kernel.records.queries import statements_of
from taihua.rooms.study.actions.plans import PlanRefused, close_plan, decide, write_plan
from taihua.rooms.study.enums import Decision
from taihua.rooms.study.models import Plan, PlanItem, PlanVersion
from taihua.rooms.study.queries.plans import chapters_of, holding
from tests.factories import PersonFactory
from tests.rooms.study.conftest import JANUARY, four_quarters, item

LATER = JANUARY + timedelta(days=60)


def again(version: PlanVersion, **changed) -> list[PlanItem]:
    """The rows of a version once more, the first of them changed."""
    rows = [
        PlanItem(slot=i.slot, planned_date=i.planned_date, topic=i.topic, lead=i.lead)
        for i in version.items.order_by("slot")
    ]
    for name, value in changed.items():
        setattr(rows[0], name, value)
    return rows


def test_a_plan_holds_only_once_it_is_approved(written, lin):
    assert holding(written.plan) is None

    decide(version=written, approve=True, reply="", at=LATER, by=lin.account)

    assert holding(written.plan) == written
    told = statements_of(written.plan.unit).get(verb__code="approved-study-plan")
    assert told.object_path == written.plan.path
    assert told.entered_by == lin.account


def test_the_first_version_needs_no_reason_and_numbers_its_sessions(written):
    assert (written.number, written.reason) == (1, "")
    assert sorted(written.items.values_list("slot", flat=True)) == [1, 2, 3, 4]


def test_a_change_keeps_what_was_planned_first_and_why_it_changed(approved, su, lin):
    rows = again(approved, planned_date=date(2013, 3, 20))
    second = write_plan(
        unit=approved.plan.unit,
        year=2013,
        items=rows,
        at=LATER,
        by=su.account,
        reason="二月迎检，推迟到三月",
        expected=1,
    )
    assert holding(approved.plan) == approved
    decide(version=second, approve=True, reply="同意", at=LATER, by=lin.account)

    newest, oldest = chapters_of(approved.plan)

    assert newest.version.reason == "二月迎检，推迟到三月"
    (change,) = newest.changes
    assert (change.before.day, change.after.day) == (date(2013, 2, 10), date(2013, 3, 20))
    assert [i.day.month for i in oldest.items] == [2, 5, 8, 11]


def test_a_dropped_session_never_lends_its_number_to_another(approved, su):
    rows = again(approved)[:3]

    second = write_plan(
        unit=approved.plan.unit,
        year=2013,
        items=[*rows, item(date(2013, 12, 10), "总结")],
        at=LATER,
        reason="合并两次",
        expected=1,
    )

    assert sorted(second.items.values_list("slot", flat=True)) == [1, 2, 3, 5]


def test_a_new_version_replaces_one_that_still_waits(written, su):
    second = write_plan(
        unit=written.plan.unit,
        year=2013,
        items=again(written),
        at=LATER,
        reason="补一处",
        expected=1,
    )

    written.refresh_from_db()
    assert written.decision == Decision.REPLACED
    assert second.decision == Decision.WAITING


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([], "还没有一次学习"),
        ([item(date(2014, 1, 10))], "不在这一年"),
        ([item(date(2013, 5, 1)), item(date(2013, 5, 1), "别的")], "排了两次学习"),
        ([item(date(2013, 1, 1) + timedelta(days=n)) for n in range(61)], "最多写 60 次"),
    ],
)
def test_a_plan_that_cannot_be_carried_out_is_refused(committee, items, said):
    with pytest.raises(PlanRefused, match=said):
        write_plan(unit=committee, year=2013, items=items, at=JANUARY)

    assert not Plan.objects.exists()


def test_a_lead_speaker_who_is_not_in_post_that_day_is_refused(committee, lin, posts, bureau):
    gone = PersonFactory(name="旧人")
    gone.terms.create(
        post=posts["局长"],
        unit=bureau,
        first_day=date(2010, 1, 1),
        last_day=date(2013, 3, 31),
        known_from=JANUARY,
    )
    early, late = (item(date(2013, month, 10), lead=gone) for month in (2, 5))

    with pytest.raises(PlanRefused, match="旧人在 2013 年 5 月 10 日不在班子里任职"):
        write_plan(unit=committee, year=2013, items=[late], at=JANUARY)

    assert write_plan(unit=committee, year=2013, items=[early], at=JANUARY).items.count() == 1


def test_a_year_that_is_over_takes_no_plan(committee):
    with pytest.raises(PlanRefused, match="2012 年已经过去"):
        write_plan(unit=committee, year=2012, items=four_quarters(), at=JANUARY)


def test_of_two_who_change_a_plan_at_once_the_second_is_told(approved):
    def change() -> PlanVersion:
        return write_plan(
            unit=approved.plan.unit,
            year=2013,
            items=again(approved),
            at=LATER,
            reason="调整",
            expected=1,
        )

    change()
    with pytest.raises(PlanRefused, match="别人已写了第 2 版"):
        change()

    assert approved.plan.versions.count() == 2


def test_a_change_without_a_reason_is_refused(approved):
    with pytest.raises(PlanRefused, match="写明原因"):
        write_plan(
            unit=approved.plan.unit,
            year=2013,
            items=again(approved),
            at=LATER,
            reason="  ",
            expected=1,
        )


def test_a_plan_is_returned_with_a_word_and_decided_on_once(written, lin):
    with pytest.raises(PlanRefused, match="写明要改什么"):
        decide(version=written, approve=False, reply=" ", at=LATER, by=lin.account)
    decide(version=written, approve=False, reply="少一次调研交流", at=LATER, by=lin.account)

    with pytest.raises(PlanRefused, match="已经有了结论"):
        decide(version=written, approve=True, reply="", at=LATER, by=lin.account)

    assert holding(written.plan) is None
    assert not statements_of(written.plan.unit).exists()


def test_a_closed_year_is_changed_no_more(approved, su):
    close_plan(plan=approved.plan, summary="四次都学了。", at=LATER, by=su.account)

    with pytest.raises(PlanRefused, match="已经收尾"):
        write_plan(
            unit=approved.plan.unit,
            year=2013,
            items=again(approved),
            at=LATER,
            reason="再加一次",
            expected=1,
        )
    with pytest.raises(PlanRefused, match="已经收尾"):
        close_plan(plan=approved.plan, summary="再来", at=LATER, by=su.account)
    assert approved.plan.versions.count() == 1


def test_a_year_is_not_closed_without_a_word(approved, su):
    with pytest.raises(PlanRefused, match="请写几句"):
        close_plan(plan=approved.plan, summary=" ", at=LATER, by=su.account)


def test_the_decision_is_dated_by_the_clock_of_the_house(approved):
    assert approved.decided_at == datetime(2013, 1, 8, 9, tzinfo=ZONE)
