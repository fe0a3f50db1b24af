"""The matrix is complete just when the final text may be published."""

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.portal.logic.matrix import (
    Answer,
    Draft,
    Final,
    Lack,
    Stretch,
    changed,
    missing,
    stretches,
)

SOME = st.text("甲乙丙丁，。 ", max_size=20)
KEYS = st.integers(1, 4)
WORDS = st.sampled_from(["甲", "乙", "丙 ", "丙"])
ALL_DRAFTS = st.lists(WORDS, max_size=4).map(lambda told: [Draft(n, w) for n, w in enumerate(told, 1)])  # fmt: skip
ALL_FINALS = st.lists(st.builds(Final, WORDS, st.frozensets(KEYS, max_size=2)), max_size=4)
ANSWERS = st.lists(
    st.builds(
        Answer,
        st.integers(1, 99),
        answered=st.booleans(),
        heeded=st.booleans(),
        clause=st.none() | KEYS,
        adds=st.booleans(),
    ),
    max_size=5,
)


def bare(words):
    return "".join("".join(words).split())


def is_kept(answer, drafts, finals):
    """Whether an opinion has its answer, and what the answer says was done is there to be seen."""
    if not answer.answered or not answer.heeded:
        return answer.answered
    if answer.adds:
        return any(not final.sources for final in finals)
    became = [final.words for final in finals if answer.clause in final.sources]
    said = [draft.words for draft in drafts if draft.key == answer.clause]
    return bool(said) and (not became or bare(said) != bare(became))


def may_be_published(drafts, finals, answers):
    """The rule of the institution, read out word for word."""
    return bool(finals) and all(is_kept(answer, drafts, finals) for answer in answers)


@given(ALL_DRAFTS, ALL_FINALS, ANSWERS)
def test_nothing_is_missing_just_when_every_opinion_is_answered_and_every_promise_kept(
    drafts, finals, answers
):
    assert (missing(drafts, finals, answers) == []) == may_be_published(drafts, finals, answers)


@given(ALL_DRAFTS, ALL_FINALS, ANSWERS)
def test_what_is_missing_is_said_once_of_each_opinion_in_their_order(drafts, finals, answers):
    told = missing(drafts, finals, answers)
    about = [each.opinion for each in told if each.lack is not Lack.NO_FINAL]
    alone = [a.opinion for a in answers if missing(drafts, finals or [Final("x")], [a])]

    if finals:
        assert about == alone
    assert [each.lack for each in told].count(Lack.NO_FINAL) == (not finals)


@given(ALL_DRAFTS, ALL_FINALS, ANSWERS, st.data())
def test_one_more_unanswered_opinion_always_holds_the_final_text_back(
    drafts, finals, answers, data
):
    place = data.draw(st.integers(0, len(answers)))
    more = [*answers[:place], Answer(100, answered=False), *answers[place:]]

    assert missing(drafts, finals, more) != []


@given(ALL_DRAFTS)
def test_a_final_text_that_is_the_draft_changes_nothing(drafts):
    finals = [Final(draft.words, frozenset([draft.key])) for draft in drafts]

    assert not any(changed(drafts, finals).values())


DRAFTS = [Draft(1, "办好学校。"), Draft(2, "建两所。")]
CHANGED = [Final("办好学校。", frozenset([1])), Final("建三所。", frozenset([2]))]


@pytest.mark.parametrize(
    ("answer", "lack"),
    [
        (Answer(7, answered=False), Lack.UNANSWERED),
        (Answer(7, answered=True), None),
        (Answer(7, answered=True, heeded=True), Lack.NO_CLAUSE),
        (Answer(7, answered=True, heeded=True, clause=1), Lack.UNCHANGED),
        (Answer(7, answered=True, heeded=True, clause=2), None),
        (Answer(7, answered=True, heeded=True, clause=9), Lack.UNCHANGED),
        (Answer(7, answered=True, heeded=True, adds=True), Lack.NOT_ADDED),
    ],
)
def test_what_an_opinion_still_lacks(answer, lack):
    assert [each.lack for each in missing(DRAFTS, CHANGED, [answer])] == ([lack] if lack else [])


def test_a_new_clause_satisfies_those_who_asked_for_one():
    finals = [*CHANGED, Final("另加一条。")]

    assert missing(DRAFTS, finals, [Answer(7, answered=True, heeded=True, adds=True)]) == []


def test_without_a_final_text_nothing_is_published():
    assert [each.lack for each in missing(DRAFTS, [], [])] == [Lack.NO_FINAL]


def test_a_dropped_or_merged_clause_differs_and_a_blank_does_not():
    assert changed(DRAFTS, [Final("办好 学校。", frozenset([1]))]) == {1: False, 2: True}
    assert changed(DRAFTS, [Final("办好学校，建两所。", frozenset([1, 2]))]) == {1: True, 2: True}


@given(SOME, SOME)
def test_a_difference_gives_both_texts_again(before, after):
    told = stretches(before, after)

    assert "".join(each.text for each in told if each.mark != "ins") == before
    assert "".join(each.text for each in told if each.mark != "del") == after


@given(SOME, SOME)
def test_a_difference_is_that_of_difflib(before, after):
    told = SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()
    parts = [
        part
        for kind, i, j, k, m in told
        for part in (
            [("same", before[i:j])]
            if kind == "equal"
            else [("del", before[i:j]), ("ins", after[k:m])]
        )
    ]

    assert [(each.mark, each.text) for each in stretches(before, after)] == [
        part for part in parts if part[1]
    ]


def test_what_did_not_change_is_one_stretch_and_nothing_is_none():
    assert stretches("甲乙", "甲乙") == [Stretch("same", "甲乙")]
    assert stretches("", "") == []
