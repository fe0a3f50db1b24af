"""The recorder notes who came; leave, make-up study, corrections; the ledgers say the same."""

from datetime import date, timedelta

import pytest

from taihua.kernel import house
from taihua.kernel.commitments.queries import of_origin
from taihua.kernel.records.queries import everything_said, statements_of
from taihua.rooms.study.actions.attendance import (
    AttendanceRefused,
    Noted,
    ask_leave,
    correct_attendance,
    make_up,
    note_attendance,
)
from taihua.rooms.study.models import Attendance
from taihua.rooms.study.queries.sessions import expected_at, owed_by
from tests.factories import LeaveFactory, PersonFactory, TermFactory
from tests.rooms.study.sessions import hold, moment, noted_all, set_on

DAY = date(2013, 11, 12)
AFTER = moment(date(2013, 11, 13))


@pytest.fixture
def session(committee, leaders, lin, su):
    return set_on(committee, DAY, lin, su.account)


def test_the_roster_is_that_of_the_day_with_leave_marked(
    committee, session, leaders, bureau, posts
):
    newcomer = PersonFactory(code="new", name="后来")
    TermFactory(person=newcomer, post=posts["局长"], unit=bureau, first_day=DAY + timedelta(1))
    LeaveFactory(person=leaders[0], first_day=DAY, last_day=DAY, kind="sick")

    expected = expected_at(session)

    assert [each.person for each in expected] == leaders
    assert (expected[0].turnout, expected[0].reason) == ("leave", "病假")
    assert {e.turnout for e in expected[1:]} == {"present"}


def test_who_came_goes_on_record_as_the_ledger_would_have_it(session, leaders, su):
    hold(session, su.account, l0=("leave", "开会"))

    held = statements_of(session.unit).get(verb__code="held-session")
    assert (held.day, held.quantity, held.object_label) == (DAY, session.days, "校园安全")
    assert held.context == {"present": ["l2", "l1", "lin"]}
    studied = [statements_of(p).filter(verb__code="studied").count() for p in leaders]
    assert studied == [1, 1, 1, 0]


def test_the_ledger_shows_the_row_and_takes_it_back_in_unchanged(session, su):
    hold(session, su.account)
    store = house.ledgers()["study"].store

    (row,) = store.rows(None)
    plan = store.plan([row])

    assert (row["kind"], row["day"], row["topic"]) == ("中心组学习", DAY, "校园安全")
    assert set(row["present"]) == {"何平", "方正", "林知远", "高山"}
    assert [step.state.value for step in plan.steps] == ["same"]
    assert not plan.errors


def test_the_ledger_of_plans_shows_what_was_set(session, su):
    (row,) = house.ledgers()["study-plans"].store.rows(None)

    assert (row["topic"], row["planned"], row["lead"]) == ("校园安全", DAY, "林知远")
    assert row["kind"] == "中心组学习"


def test_the_recorder_has_done_it_and_owes_the_minutes(session, su):
    hold(session, su.account)

    assert of_origin(f"{session.path}/attendance").get().closed_by is not None
    (minutes,) = of_origin(f"{session.path}/minutes")
    assert (minutes.person, minutes.is_open) == (su, True)


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        ({"l0": ("leave", " ")}, "高山请假的原因还没有写"),
        (dict.fromkeys(("lin", "l0", "l1", "l2"), ("absent", "")), "没有人到会"),
    ],
)
def test_a_record_that_is_not_whole_is_refused(session, su, noted, said):
    with pytest.raises(AttendanceRefused, match=said):
        hold(session, su.account, **noted)

    assert not Attendance.objects.exists()
    assert not statements_of(session.unit).filter(verb__code="held-session").exists()


def test_everybody_expected_is_noted(session, lin, su):
    with pytest.raises(AttendanceRefused, match="还没有登记：何平、方正、高山"):
        note_attendance(session=session, noted={lin: Noted("present")}, at=AFTER, by=su.account)


def test_whoever_left_before_the_day_is_not_noted(session, su, bureau, posts):
    gone = PersonFactory(name="旧人")
    TermFactory(person=gone, post=posts["局长"], unit=bureau, last_day=date(2013, 10, 31))
    noted = noted_all(session) | {gone: Noted("present")}

    with pytest.raises(AttendanceRefused, match="旧人已在 2013 年 10 月 31 日离任"):
        note_attendance(session=session, noted=noted, at=AFTER, by=su.account)

    assert not Attendance.objects.exists()


def test_whoever_comes_later_than_the_day_is_not_noted(session, su, bureau, posts):
    early = PersonFactory(name="新人")
    TermFactory(person=early, post=posts["局长"], unit=bureau, first_day=date(2013, 12, 1))

    with pytest.raises(AttendanceRefused, match="新人在 2013 年 11 月 12 日还没有任职"):
        note_attendance(
            session=session,
            noted=noted_all(session) | {early: Noted("present")},
            at=AFTER,
            by=su.account,
        )


def test_attendance_is_noted_after_it_began_and_once(session, su):
    with pytest.raises(AttendanceRefused, match="还没有开始"):
        note_attendance(session=session, noted=noted_all(session), at=moment(DAY, 8), by=su.account)
    hold(session, su.account)

    with pytest.raises(AttendanceRefused, match="已经登记或取消"):
        hold(session, su.account)


def test_leave_is_asked_beforehand_with_the_reason_and_stands_on_the_list(session, leaders):
    ask_leave(session=session, person=leaders[0], reason="住院", at=moment(DAY, 8))

    (first, *_rest) = expected_at(session)
    assert (first.turnout, first.reason) == ("leave", "住院")


def test_leave_is_for_those_expected_and_says_why(session, wu, leaders):
    with pytest.raises(AttendanceRefused, match="没有安排您"):
        ask_leave(session=session, person=wu, reason="有课", at=moment(DAY, 8))
    with pytest.raises(AttendanceRefused, match="写明原因"):
        ask_leave(session=session, person=leaders[0], reason="", at=moment(DAY, 8))


def test_make_up_study_counts_for_the_session_missed(session, leaders, su):
    hold(session, su.account, l0=("leave", "开会"))
    missed = leaders[3]
    (owed,) = owed_by(missed)

    make_up(
        attendance=owed,
        day=date(2013, 11, 20),
        how="读了材料",
        at=moment(date(2013, 11, 21)),
        by=su.account,
    )

    told = statements_of(missed).get(verb__code="studied")
    assert (told.day, told.counts_on) == (date(2013, 11, 20), DAY)
    assert told.quantity == session.days
    assert not owed_by(missed).exists()


@pytest.mark.parametrize(
    ("day", "how", "said"),
    [
        (date(2013, 11, 11), "读了", "补学日期要在 2013 年 11 月 12 日到今天之间"),
        (date(2013, 12, 1), "读了", "到今天之间"),
        (DAY, " ", "请写几句"),
    ],
)
def test_make_up_study_that_cannot_be_is_refused(session, leaders, su, day, how, said):
    hold(session, su.account, l0=("absent", ""))
    (owed,) = owed_by(leaders[3])

    with pytest.raises(AttendanceRefused, match=said):
        make_up(attendance=owed, day=day, how=how, at=moment(date(2013, 11, 25)), by=su.account)

    assert not statements_of(leaders[3]).filter(verb__code="studied").exists()


def test_what_was_attended_is_not_made_up_for(session, lin, su):
    hold(session, su.account)
    attended = session.attendances.get(person=lin)

    with pytest.raises(AttendanceRefused, match="不用补学"):
        make_up(attendance=attended, day=DAY, how="读了", at=AFTER, by=su.account)


def test_a_correction_states_anew_and_keeps_what_stood(session, leaders, su):
    hold(session, su.account, l0=("absent", ""))
    noted = noted_all(session, l0=("present", ""), l1=("leave", "出差"))

    correct_attendance(session=session, noted=noted, reason="记错一人", at=AFTER, by=su.account)

    (held,) = statements_of(session.unit).filter(verb__code="held-session")
    assert held.context["present"] == ["l2", "lin", "l0"]
    here = {p.code: statements_of(p).filter(verb__code="studied").count() for p in leaders}
    assert here == {"l0": 1, "l1": 0, "l2": 1, "lin": 1}
    assert everything_said().filter(voids__isnull=False).count() == 2


def test_a_correction_says_why_and_leaves_make_up_study_alone(session, leaders, su):
    hold(session, su.account, l0=("absent", ""))
    with pytest.raises(AttendanceRefused, match="写明原因"):
        correct_attendance(
            session=session, noted=noted_all(session), reason="", at=AFTER, by=su.account
        )
    make_up(attendance=owed_by(leaders[3]).get(), day=DAY, how="读了", at=AFTER, by=su.account)

    with pytest.raises(AttendanceRefused, match="高山已经补学过"):
        correct_attendance(
            session=session, noted=noted_all(session), reason="到了", at=AFTER, by=su.account
        )
