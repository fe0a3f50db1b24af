"""Sessions are set, changed and called off; what that leaves on record."""

from datetime import date, timedelta

import pytest

from taihua.kernel.commitments.queries import of_origin
from taihua.kernel.records.queries import everything_said, statements_of
from taihua.rooms.study.actions.plans import close_plan
from taihua.rooms.study.actions.sessions import (
    SessionRefused,
    cancel_session,
    change_session,
    set_session,
)
from taihua.rooms.study.models import Session
from taihua.rooms.study.queries.sessions import changes_of
from tests.factories import LeaveFactory, TermFactory
from tests.rooms.study.conftest import JANUARY
from tests.rooms.study.sessions import SET_AT, arrangement, moment, set_on

DAY = date(2013, 12, 10)


def test_a_session_of_the_plan_is_set_and_the_plan_goes_on_record(approved, lin, su):
    session = set_on(approved.plan.unit, date(2013, 11, 12), lin, su.account, slot=4)

    told = statements_of(session.unit).get(verb__code="planned-session")
    assert (told.kind.code, told.object_path) == ("study/session", session.path)
    assert told.context == {"planned": "2013-11-12", "lead": "lin"}
    assert told.uuid == session.planned_by
    assert session.plan == approved.plan


def test_whoever_keeps_the_record_owes_the_attendance(committee, lin, su):
    session = set_on(committee, DAY, lin, su.account)

    (owed,) = of_origin(f"{session.path}/attendance")
    assert (owed.person, owed.due) == (su, DAY + timedelta(days=3))


def test_the_study_secretary_of_the_day_is_the_recorder(committee, lin, su, shen):
    term = TermFactory(person=shen, unit=committee)
    term.post.tags.create(tag="study_secretary")

    assert set_on(committee, DAY, lin, su.account).recorder == shen


def test_what_no_plan_foresees_says_why(approved, lin):
    with pytest.raises(SessionRefused, match="不在计划里，请写明为什么"):
        set_session(unit=approved.plan.unit, arrangement=arrangement(DAY, lin), at=SET_AT)

    assert not Session.objects.exists()


def test_one_item_of_the_plan_has_one_session(approved, lin):
    set_on(approved.plan.unit, date(2013, 11, 12), lin, slot=4)

    with pytest.raises(SessionRefused, match="已经排定了"):
        set_on(approved.plan.unit, DAY, lin, slot=4)
    with pytest.raises(SessionRefused, match="没有这一项"):
        set_on(approved.plan.unit, DAY, lin, slot=9)

    assert Session.objects.count() == 1


def test_two_sessions_of_a_unit_never_overlap(committee, lin, leaders):
    set_on(committee, DAY, lin)

    with pytest.raises(SessionRefused, match="这段时间已有《校园安全》"):
        set_on(committee, DAY, leaders[0], starts_at=moment(DAY, 10), ends_at=moment(DAY, 12))

    assert set_on(committee, DAY, lin, starts_at=moment(DAY, 11), ends_at=moment(DAY, 12))


def test_a_lead_speaker_is_in_post_and_not_away_that_day(committee, lin, posts, bureau):
    LeaveFactory(person=lin, first_day=DAY, last_day=DAY)
    term = lin.terms.get()
    term.last_day = date(2013, 12, 31)
    term.save()

    with pytest.raises(SessionRefused, match="林知远在 2013 年 12 月 10 日请假"):
        set_on(committee, DAY, lin)
    with pytest.raises(SessionRefused, match="林知远在 2014 年 1 月 10 日没有任职"):
        set_on(committee, date(2014, 1, 10), lin)


def test_a_session_that_ends_before_it_begins_is_refused(committee, lin):
    with pytest.raises(SessionRefused, match="结束时间要晚于"):
        set_on(committee, DAY, lin, ends_at=moment(DAY, 8))


def test_a_change_keeps_the_day_of_planning_counts_on_the_new_day_and_tells_why(committee, lin, su):
    session = set_on(committee, DAY, lin, su.account)
    other = arrangement(date(2013, 12, 17), lin, topic="安全与法治")

    changed = change_session(
        session=session, arrangement=other, reason="十日市里开会", at=moment(DAY), by=su.account
    )

    told = statements_of(committee).get(verb__code="planned-session")
    assert (told.object_label, told.context["planned"]) == ("安全与法治", "2013-12-17")
    assert (told.day, told.counts_on) == (SET_AT.date(), date(2013, 12, 17))
    assert changed.revision == 1
    assert [each.context["reason"] for each in changes_of(changed)] == ["十日市里开会"]
    open_ones = of_origin(f"{session.path}/attendance").filter(closed_at=None)
    assert [each.due for each in open_ones] == [date(2013, 12, 20)]


def test_a_change_says_why_and_stays_in_the_year(approved, lin):
    session = set_on(approved.plan.unit, DAY, lin)
    same = arrangement(DAY, lin)

    with pytest.raises(SessionRefused, match="写明原因"):
        change_session(session=session, arrangement=same, reason=" ", at=SET_AT)
    with pytest.raises(SessionRefused, match="2013 年以内"):
        change_session(
            session=session,
            arrangement=arrangement(date(2014, 1, 3), lin),
            reason="推迟",
            at=SET_AT,
        )


def test_what_is_called_off_leaves_its_place_in_the_plan_and_no_duty(approved, lin):
    session = set_on(approved.plan.unit, date(2013, 11, 12), lin, slot=4)

    cancel_session(session=session, reason="防汛", at=SET_AT)

    assert not statements_of(session.unit).filter(verb__code="planned-session").exists()
    assert everything_said().filter(voids__isnull=False).count() == 1
    assert not of_origin(f"{session.path}/attendance").filter(closed_at=None).exists()
    assert set_on(approved.plan.unit, DAY, lin, slot=4)
    with pytest.raises(SessionRefused, match="已经登记或取消"):
        cancel_session(session=session, reason="再来", at=SET_AT)


def test_calling_off_says_why(committee, lin):
    with pytest.raises(SessionRefused, match="写明原因"):
        cancel_session(session=set_on(committee, DAY, lin), reason="", at=SET_AT)


def test_a_closed_year_takes_no_session_and_no_change(approved, lin, su):
    close_plan(plan=approved.plan, summary="收尾", at=JANUARY, by=su.account)

    with pytest.raises(SessionRefused, match="已经收尾"):
        set_on(approved.plan.unit, DAY, lin)


def test_a_year_with_a_session_still_open_is_not_closed(approved, lin, su):
    set_on(approved.plan.unit, DAY, lin)

    from_plan = pytest.raises(Exception, match="还没有登记，也没有取消")
    with from_plan:
        close_plan(plan=approved.plan, summary="收尾", at=SET_AT, by=su.account)
