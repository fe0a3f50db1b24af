"""What the database refuses, whoever asks."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from taihua.rooms.study.models import (
    Attendance,
    CheckSheet,
    Effect,
    Material,
    Plan,
    PlanVersion,
    Session,
    Swap,
    Turn,
)
from tests.factories import NINE
from tests.rooms.study.sessions import moment, rota_of, set_on

DAY = date(2013, 12, 10)


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


@pytest.fixture
def session(committee, leaders, lin, su):
    return set_on(committee, DAY, lin, su.account)


def test_a_unit_has_one_plan_a_year_and_one_version_that_waits(written):
    refused(lambda: Plan.objects.create(unit=written.plan.unit, year=2013))
    refused(
        lambda: PlanVersion.objects.create(
            plan=written.plan, number=2, reason="改", written_at=NINE
        )
    )


def test_a_later_version_without_a_reason_is_refused(approved):
    refused(lambda: PlanVersion.objects.create(plan=approved.plan, number=2, written_at=NINE))


@pytest.mark.parametrize(
    "changed",
    [
        {"ends_at": moment(DAY, 8)},
        {"days": 0},
        {"slot": 1},
        {"held_at": NINE, "cancelled_at": NINE},
    ],
)
def test_a_session_that_contradicts_itself_is_refused(session, changed):
    refused(lambda: Session.objects.filter(pk=session.pk).update(**changed))


@pytest.mark.parametrize(
    "changed",
    [
        {"turnout": "leave", "reason": ""},
        {"turnout": "present", "made_up_date": DAY, "made_up_how": "读"},
        {"turnout": "absent", "made_up_date": DAY, "made_up_how": ""},
    ],
)
def test_an_attendance_that_contradicts_itself_is_refused(session, lin, changed):
    refused(
        lambda: Attendance.objects.create(session=session, person=lin, noted_at=NINE, **changed)
    )


def test_one_person_is_noted_once(session, lin):
    one = {"session": session, "person": lin, "turnout": "present", "noted_at": NINE}
    Attendance.objects.create(**one)

    refused(lambda: Attendance.objects.create(**one))


def test_a_sheet_has_no_more_right_than_asked_and_is_there_once(session):
    one = {"session": session, "phase": "before", "token": "a" * 64, "asked": 2}
    refused(lambda: CheckSheet.objects.create(**one, right=3))
    CheckSheet.objects.create(**one, right=2)
    refused(lambda: CheckSheet.objects.create(**one, right=1))


def test_an_effect_has_one_owner_and_an_outcome_when_it_is_done(session, lin, section):
    one = {"session": session, "kind": "decision", "text": "甲", "due": DAY, "opened_at": NINE}
    refused(lambda: Effect.objects.create(**one))
    refused(lambda: Effect.objects.create(**one, owner=lin, owner_unit=section))
    refused(lambda: Effect.objects.create(**one, owner=lin, outcome_date=DAY))


def test_a_material_is_of_a_session_or_of_a_lecture(session):
    refused(lambda: Material.objects.create(title="甲", added_at=NINE))


def test_a_lecture_has_another_as_reserve_and_a_swap_two_lectures(committee, leaders, su):
    turn = rota_of(committee, [DAY], su.account).turns.get()
    refused(lambda: Turn.objects.filter(pk=turn.pk).update(reserve=turn.lecturer))
    person = turn.lecturer
    refused(
        lambda: Swap.objects.create(
            mine=turn, theirs=turn, asker=person, asked=person, reason="甲", asked_at=NINE
        )
    )
