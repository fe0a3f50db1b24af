from datetime import UTC, date, datetime, timedelta
from statistics import correlation

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from taihua.rooms.study.logic.law_mastery import Said, estimate, lately
from taihua.rooms.study.logic.law_practice import after_answer, recall
from taihua.rooms.study.logic.law_stats import FEWEST, Sums, figures

AT = datetime(2013, 12, 4, 20, tzinfo=UTC)
papers = st.lists(st.tuples(st.booleans(), st.integers(0, 10)), min_size=FEWEST, max_size=60)


def summed(papers):
    rest = [right / 10 for _own, right in papers]
    return Sums(
        papers=len(papers),
        right=sum(own for own, _right in papers),
        rest=sum(rest),
        rest_squared=sum(share * share for share in rest),
        rest_when_right=sum(share for (own, _), share in zip(papers, rest, strict=True) if own),
    )


@given(papers)
def test_discrimination_is_the_correlation_with_the_rest_of_the_paper(papers):
    own, rest = [float(own) for own, _ in papers], [right / 10 for _, right in papers]
    assume(len(set(own)) > 1)
    assume(len(set(rest)) > 1)

    found = figures(summed(papers))

    assert found.discrimination == pytest.approx(correlation(own, rest), abs=1e-6)
    assert found.facility == pytest.approx(sum(own) / len(own))
    assert found.papers == len(papers)


def test_a_question_that_only_those_who_know_get_right_tells_them_apart():
    papers = [(True, 9)] * 15 + [(False, 3)] * 15

    found = figures(summed(papers))

    assert (found.percent, found.discrimination) == (50, pytest.approx(1))


def test_where_all_are_alike_nothing_is_told_apart():
    assert figures(summed([(True, 5)] * 30)).discrimination is None
    assert figures(summed([(True, 5)] * 15 + [(False, 5)] * 15)).discrimination is None


def test_too_few_papers_give_no_figures():
    assert figures(summed([(True, 5)] * (FEWEST - 1))) is None
    assert figures(Sums(0, 0, 0, 0, 0), fewest=0) is None


@given(st.integers(0, 400), st.integers(0, 400))
def test_the_interval_holds_the_share_and_narrows_with_more_answers(right, wrong):
    assume(right + wrong)
    found = estimate(right, right + wrong)
    more = estimate(right * 4, (right + wrong) * 4)

    assert 0 <= found.low <= right / (right + wrong) + 1e-9
    assert right / (right + wrong) - 1e-9 <= found.high <= 1
    assert more.high - more.low < found.high - found.low


def test_the_interval_is_wilsons():
    found = estimate(8, 10)

    assert (found.percent, found.low_percent, found.high_percent) == (80, 49, 94)


def test_of_nothing_asked_everything_is_possible():
    found = estimate(0, 0)

    assert (found.low, found.high, found.percent) == (0, 1, 0)
    with pytest.raises(ValueError, match="3 right of 2"):
        estimate(3, 2)


def test_the_first_answer_of_the_last_day_counts():
    monday, friday = date(2013, 12, 2), date(2013, 12, 6)
    told = [
        Said(1, monday, is_right=False),
        Said(1, monday, is_right=True),
        Said(2, monday, is_right=True),
        Said(2, friday, is_right=False),
        Said(2, friday, is_right=True),
    ]

    assert lately(told) == {1: False, 2: False}


def test_what_was_known_comes_back_later_than_what_was_not():
    known = after_answer(None, is_right=True, at=AT)
    unknown = after_answer(None, is_right=False, at=AT)

    assert AT < unknown.due < known.due


def test_the_pauses_grow_while_it_is_known():
    memory, pauses = after_answer(None, is_right=True, at=AT), []
    for _turn in range(5):
        at = memory.due
        memory = after_answer(memory.state, is_right=True, at=at)
        pauses.append(memory.due - at)

    assert pauses[-1] > pauses[1] > timedelta(days=1)
    assert recall(memory.state, at) > recall(memory.state, at + timedelta(days=400)) > 0


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_the_same_answers_give_the_same_days_and_plain_data(answers):
    def lived():
        memory = None
        at = AT
        for is_right in answers:
            memory = after_answer(memory.state if memory else None, is_right=is_right, at=at)
            at = max(memory.due, at + timedelta(hours=1))
        return memory

    assert lived() == lived()
    assert {type(value) for value in lived().state.values()} <= {int, float, str, type(None)}
