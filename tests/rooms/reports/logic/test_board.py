from fractions import Fraction

import pytest

from taihua.rooms.reports.logic.board import Cell, MarkState, Row, Summary, summary


def cell(number, at_least=2, name="计划"):
    return Cell(name, Fraction(number), at_least, str(number), "缺计划")


@pytest.mark.parametrize(
    ("number", "state", "done"),
    [
        (0, MarkState.NONE, 0.0),
        (1, MarkState.PART, 1.0),
        (2, MarkState.DONE, 2.0),
        (9, MarkState.DONE, 2.0),
    ],
)
def test_a_mark_is_there_partly_or_not(number, state, done):
    assert (cell(number).state, cell(number).done) == (state, done)


def test_what_is_asked_is_written_as_the_number_is():
    assert cell(1, 2).asked == "2"
    assert Cell("效果", Fraction(1, 2), 1, "50%", "").asked == "100%"


def test_a_share_is_full_at_the_whole():
    assert cell(Fraction(99, 100), 1).state is MarkState.PART
    assert cell(Fraction(1), 1).state is MarkState.DONE


def test_a_mark_whose_rule_judges_nobody_asks_nothing():
    apart = Cell("计划", Fraction(0), 1, "0%", "缺计划", judged=0)
    row = Row("L1", "学习", (apart, cell(0, name="检查")))

    assert apart.state is MarkState.APART
    assert [gap.name for gap in row.gaps] == ["检查"]
    assert summary([row]) == Summary(0, 1)


def resting(judged, number=0):
    return Cell("计划", Fraction(number), 1, "", "", judged=judged)


@pytest.mark.parametrize(
    ("cells", "concerns"),
    [
        ([resting(0), resting(None)], False),
        ([resting(0), resting(3)], True),
        ([resting(0), resting(None, 1)], True),
        ([resting(None), resting(None)], True),
    ],
)
def test_a_mechanism_concerns_those_who_are_asked_or_who_did_something(cells, concerns):
    assert Row("L1", "学习", tuple(cells)).concerns is concerns


def test_the_gaps_are_the_marks_that_are_not_full():
    row = Row("L1", "学习", (cell(2), cell(0, name="检查"), cell(1, name="效果")))

    assert [gap.name for gap in row.gaps] == ["检查", "效果"]
    assert summary([row]) == Summary(1, 3)
    assert summary([]) == Summary(0, 0)
