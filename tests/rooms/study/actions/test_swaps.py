"""Two lecturers change days when both want it, and not otherwise."""

from datetime import date

import pytest

from taihua.kernel.commitments.queries import of_origin
from taihua.kernel.records.queries import statements
from taihua.rooms.study.actions.rotas import RotaRefused, replace_lecturer
from taihua.rooms.study.actions.swaps import SwapRefused, answer_swap, ask_swap
from taihua.rooms.study.queries.rota_words import reasons_of
from taihua.rooms.study.queries.turns import turns_of
from tests.factories import LeaveFactory
from tests.rooms.study.sessions import SET_AT, rota_of

DAYS = [date(2014, 2, 20), date(2014, 3, 20), date(2014, 4, 21)]


@pytest.fixture
def turns(committee, leaders, su):
    return list(turns_of(rota_of(committee, DAYS, su.account)))


def ask(mine, theirs, person=None, reason="培训"):
    return ask_swap(
        mine=mine, theirs=theirs, person=person or mine.lecturer, reason=reason, at=SET_AT
    )


def reply(swap, *, agree=True, person=None):
    return answer_swap(
        swap=swap, person=person or swap.asked, agree=agree, reply="好", at=SET_AT, by=None
    )


def days(turns):
    for turn in turns:
        turn.refresh_from_db()
    return [turn.day for turn in turns]


def test_nothing_changes_before_the_other_agrees(turns):
    swap = ask(turns[0], turns[1])
    assert days(turns) == DAYS

    reply(swap)

    assert days(turns) == [DAYS[1], DAYS[0], DAYS[2]]


def test_days_change_topics_and_lecturers_stay_and_the_plan_is_stated_anew(turns):
    names = [(turn.topic, turn.lecturer) for turn in turns]

    reply(ask(turns[0], turns[1]))

    days(turns)
    assert [(turn.topic, turn.lecturer) for turn in turns] == names
    planned = {
        s.object_path: s.context["planned"]
        for s in statements().filter(verb__code="planned-session")
    }
    assert planned[turns[0].path] == DAYS[1].isoformat()
    assert of_origin(f"{turns[0].path}/material").get(closed_at=None).due == date(2014, 3, 17)
    assert turns[0].revision == 1
    assert any("经双方同意" in reason for reason in reasons_of(turns[0]))


def test_a_refusal_changes_nothing(turns):
    reply(ask(turns[0], turns[1]), agree=False)

    assert days(turns) == DAYS
    assert ask(turns[0], turns[2])


def test_only_the_one_who_was_asked_answers_and_once(turns):
    swap = ask(turns[0], turns[1])
    with pytest.raises(SwapRefused, match="不是向您提出的"):
        reply(swap, person=turns[2].lecturer)
    reply(swap)
    with pytest.raises(SwapRefused, match="已经答复过"):
        reply(swap)


def test_one_asks_with_the_own_lecture_for_somebody_elses(turns, leaders):
    with pytest.raises(SwapRefused, match="只能用自己的一讲"):
        ask(turns[0], turns[1], person=turns[2].lecturer)
    with pytest.raises(SwapRefused, match="请写明为什么"):
        ask(turns[0], turns[1], reason=" ")
    ask(turns[0], turns[1])
    with pytest.raises(SwapRefused, match="已经提出过"):
        ask(turns[0], turns[2])


def test_nobody_is_swapped_onto_a_day_of_leave(turns):
    LeaveFactory(person=turns[1].lecturer, first_day=DAYS[0], last_day=DAYS[0])

    with pytest.raises(RotaRefused, match="那天请假"):
        ask(turns[0], turns[1])


def test_leave_that_came_meanwhile_undoes_the_consent(turns):
    swap = ask(turns[0], turns[1])
    LeaveFactory(person=turns[0].lecturer, first_day=DAYS[1], last_day=DAYS[1])

    with pytest.raises(RotaRefused, match="那天请假"):
        reply(swap)

    assert days(turns) == DAYS
    swap.refresh_from_db()
    assert swap.answer == "asked"


def test_a_lecture_that_was_passed_on_is_not_swapped_by_an_old_request(turns, leaders, su):
    swap = ask(turns[0], turns[1])
    free = next(p for p in leaders if p not in {t.lecturer for t in turns})
    replace_lecturer(turn=turns[1], lecturer=free, reason="住院", at=SET_AT, by=su.account)

    with pytest.raises(RotaRefused, match="后来变了"):
        reply(swap)
