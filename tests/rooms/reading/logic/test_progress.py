from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.reading.enums import Outcome, Step
from taihua.rooms.reading.logic.progress import Standing, standing

DUE = date(2013, 11, 30)
AFTER = date(2013, 12, 4)


@pytest.mark.parametrize(
    ("started", "finished", "outcomes", "step", "overdue"),
    [
        (False, False, [], Step.TO_START, True),
        (True, False, [], Step.READING, True),
        (True, True, [], Step.TO_HAND_IN, True),
        (True, True, [Outcome.WAITING], Step.WAITING, False),
        (True, True, [Outcome.RESIT], Step.RESIT, True),
        (True, True, [Outcome.RESIT, Outcome.WAITING], Step.WAITING, False),
        (True, True, [Outcome.RESIT, Outcome.PASSED], Step.PASSED, False),
    ],
)
def test_each_step_after_the_due_day(started, finished, outcomes, step, overdue):
    where = standing(started=started, finished=finished, outcomes=outcomes, due=DUE, on=AFTER)

    assert where == Standing(step, overdue=overdue)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2013, 11, 15), "on_course"),
        (date(2013, 11, 16), "due_soon"),
        (DUE, "due_soon"),
        (date(2013, 12, 1), "owed"),
    ],
)
def test_a_book_comes_near_a_fortnight_before_and_is_owed_the_day_after(on, state):
    where = standing(started=True, finished=False, outcomes=[], due=DUE, on=on)

    assert where.state == state


@given(st.booleans(), st.booleans(), st.lists(st.sampled_from(Outcome)), st.dates())
def test_what_is_done_or_with_others_is_never_overdue(started, finished, outcomes, on):
    where = standing(started=started, finished=finished, outcomes=outcomes, due=DUE, on=on)

    assert where.is_done == (Outcome.PASSED in outcomes)
    assert not (where.overdue and not where.is_readers_turn)


def test_a_passed_check_is_done_for_good():
    where = standing(started=True, finished=True, outcomes=[Outcome.PASSED], due=DUE, on=AFTER)

    assert where.state == "done"
    assert not where.is_readers_turn
