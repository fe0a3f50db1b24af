from itertools import permutations

import pytest

from taihua.rooms.outreach.enums import Decision, Stage, StepKind
from taihua.rooms.outreach.logic.stages import Done, line, may_follow, stage
from tests.factories import NINE

ADOPTED = Done(StepKind.ANSWERED, Decision.ADOPTED, NINE)
REFUSED = Done(StepKind.ANSWERED, Decision.REFUSED, NINE)
EXPLAINED = Done(StepKind.ANSWERED, Decision.EXPLAINED, NINE)
CARRIED = Done(StepKind.CARRIED, "", NINE)
LOOKED_BACK = Done(StepKind.LOOKED_BACK, "helped", NINE)
HANDED_ON = Done(StepKind.HANDED_ON, "", NINE)
FELT = Done(StepKind.FELT, "helped", NINE)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([], Stage.TO_ANSWER),
        ([HANDED_ON], Stage.TO_ANSWER),
        ([ADOPTED], Stage.TO_CARRY),
        ([Done(StepKind.ANSWERED, Decision.PARTLY)], Stage.TO_CARRY),
        ([ADOPTED, FELT], Stage.TO_CARRY),
        ([ADOPTED, CARRIED], Stage.TO_LOOK_BACK),
        ([ADOPTED, CARRIED, LOOKED_BACK], Stage.LOOKED_BACK),
        ([REFUSED], Stage.REFUSED),
        ([EXPLAINED, FELT], Stage.EXPLAINED),
    ],
)
def test_how_far_a_proposal_is(steps, expected):
    assert {stage(order) for order in permutations(steps)} == {expected}


def test_each_step_comes_once_and_in_order():
    assert may_follow(StepKind.ANSWERED, [])
    assert not may_follow(StepKind.ANSWERED, [ADOPTED])
    assert not may_follow(StepKind.CARRIED, [])
    assert may_follow(StepKind.CARRIED, [ADOPTED])
    assert not may_follow(StepKind.CARRIED, [REFUSED])
    assert not may_follow(StepKind.LOOKED_BACK, [ADOPTED])
    assert may_follow(StepKind.LOOKED_BACK, [ADOPTED, CARRIED])
    assert not may_follow(StepKind.FELT, [])
    assert may_follow(StepKind.FELT, [REFUSED])
    assert may_follow(StepKind.HANDED_ON, [HANDED_ON])
    assert not may_follow(StepKind.HANDED_ON, [ADOPTED])


def test_the_line_tells_what_is_reached_what_is_awaited_and_what_is_to_come():
    stations = line(NINE, [ADOPTED, FELT], NINE.date())

    assert [station.kind for station in stations] == [
        "proposed",
        "answered",
        "carried",
        "looked-back",
    ]
    assert [station.is_reached for station in stations] == [True, True, False, False]
    assert [station.is_next for station in stations] == [False, False, True, False]
    assert [station.due for station in stations] == [None, None, NINE.date(), None]


@pytest.mark.parametrize("answer", [REFUSED, EXPLAINED])
def test_after_a_refusal_or_an_explanation_nothing_is_to_come(answer):
    assert [station.kind for station in line(NINE, [answer])] == ["proposed", "answered"]
