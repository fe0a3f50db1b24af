"""What the database itself refuses, whoever writes to it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from taihua.rooms.outreach.models import FieldVisit, PlannedVisit, Problem, ProposalStep
from tests.factories import NINE
from tests.rooms.outreach.conftest import DAY


def refuses(build, *, told=""):
    """The row is refused by the database, and where a person may cause it, in plain words."""
    with pytest.raises(IntegrityError), transaction.atomic():
        build().save()
    if told:
        with pytest.raises(ValidationError, match=told):
            build().validate_constraints()


def a_visit(lin, school, **changes):
    said = {
        "uuid": uuid4(), "visitor": lin, "place": school, "day": DAY, "halves": 2, "topic": "甲",
        "heard": "乙", "seen": "丙", "written": "", "digest": "", "taken_at": NINE,
        "counting": "counted", "statement": uuid4(),
    }  # fmt: skip
    return FieldVisit(**(said | changes))


def test_a_visit_is_half_a_day_or_a_whole_one(lin, school):
    for halves in (0, 3):
        refuses(lambda halves=halves: a_visit(lin, school, halves=halves), told="半天或一天")


def test_a_visit_makes_up_only_for_an_earlier_day(lin, school):
    refuses(lambda: a_visit(lin, school, makes_up=DAY), told="只能补以前的日子")


def test_a_visit_that_counts_has_its_record_and_no_other_has(lin, school):
    refuses(lambda: a_visit(lin, school, statement=None))
    refuses(lambda: a_visit(lin, school, counting="same"))


def test_a_number_is_given_once(lin, school, visit):
    refuses(lambda: a_visit(lin, school, uuid=visit.uuid))


def test_the_same_is_planned_once_and_cancelled_with_a_reason(lin, school):
    def planned(**changes):
        said = {
            "visitor": lin, "place": school, "day": DAY + timedelta(days=9), "topic": "甲",
            "planned_at": NINE, "statement": uuid4(),
        }  # fmt: skip
        return PlannedVisit(**(said | changes))

    planned().save()
    refuses(planned, told="已经在计划里")
    refuses(lambda: planned(cancelled_at=NINE), told="写明原因")
    planned(cancelled_at=NINE, cancelled_because="会议").save()


def test_a_problem_is_settled_in_words(visit, school):
    refuses(
        lambda: Problem(
            visit=visit, uuid=uuid4(), text="甲", owner=school, due=date(2013, 12, 20),
            settled_at=NINE, statement=uuid4(),
        ),
        told="写明办理结果",
    )  # fmt: skip


def test_a_step_is_taken_once_and_in_words_and_handing_on_any_number_of_times(proposal):
    def step(kind, words="说明"):
        return ProposalStep(proposal=proposal, kind=kind, words=words, at=NINE, statement=uuid4())

    step("answered").save()
    refuses(lambda: step("answered"), told="已经办过")
    refuses(lambda: step("carried", words=""))
    for _time in range(2):
        step("handed-on").save()


def test_things_call_themselves_by_what_they_are(visit, proposal):
    assert str(visit) == f"{visit.place_id} {visit.day}"
    assert str(proposal) == proposal.text
    assert str(visit.problems.get()) == "操场排水不畅。"
    assert str(ProposalStep(proposal=proposal, kind="felt")) == f"{proposal.pk} felt"
    assert str(PlannedVisit(place=visit.place, day=DAY)) == f"{visit.place_id} {DAY}"
