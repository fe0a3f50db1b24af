"""The pure parts: clauses, periods, near duplicates, the matrix."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.portal.logic.clauses import clauses, same
from taihua.rooms.portal.logic.lengths import is_short, one_year_on, working_days_open
from taihua.rooms.portal.logic.matrix import (
    Answer,
    Draft,
    Final,
    Lack,
    changed,
    likely_sources,
    missing,
    stretches,
)
from taihua.rooms.portal.logic.near import likeness, near_groups, runs

LINES = st.lists(
    st.sampled_from(
        ["第一条　办好学校。", "第二条", "第一章　总则", "一、目标", "（二）任务。", "一段话。", "", "  另一段"]
    ),
    max_size=12,
)  # fmt: skip
DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))
SOME = st.text("甲乙丙丁，。 ", max_size=20)


# --- clauses -----------------------------------------------------------------------------------------


def test_articles_are_clauses_and_chapters_head_the_first_below():
    found = clauses("第一章　总则\n第一条　办好学校。\n另起一段。\n第二章　学校\n第二条　建校。")

    assert [(each.number, each.heading, each.text) for each in found] == [
        ("第一条", "第一章　总则", "办好学校。\n另起一段。"),
        ("第二条", "第二章　学校", "建校。"),
    ]


def test_what_stands_before_the_first_article_is_a_clause_of_its_own():
    assert [each.text for each in clauses("根据上级要求，制定本办法。\n第一条　办好学校。")] == [
        "根据上级要求，制定本办法。",
        "办好学校。",
    ]


def test_points_are_clauses_with_their_short_heading():
    found = clauses("一、目标\n办好学校。\n二、每年建两所学校。")

    assert [(each.number, each.heading, each.text) for each in found] == [
        ("一、", "目标", "办好学校。"),
        ("二、", "", "每年建两所学校。"),
    ]


def test_without_numbers_each_paragraph_is_a_clause():
    assert [each.text for each in clauses("一段。\n\n　　另一段。\n")] == ["一段。", "另一段。"]
    assert clauses(" \n ") == []


@given(LINES)
def test_nothing_that_was_typed_is_lost(lines):
    typed = "\n".join(lines)
    kept = "".join(each.heading + each.number + each.text for each in clauses(typed))

    assert sorted("".join(typed.split())) == sorted("".join(kept.split()))


@given(LINES)
def test_a_number_never_stands_in_two_clauses_without_being_typed_twice(lines):
    numbers = [each.number for each in clauses("\n".join(lines)) if each.number]

    assert len(numbers) <= sum(line.strip().startswith(("第", "一、", "（")) for line in lines)


# --- periods -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "days", "short"),
    [
        ("plan", 29, True),
        ("plan", 30, False),
        ("decision", 29, True),
        ("business", 30, False),
        ("ordinary", 1, False),
        ("normative", 8, True),  # 4 to 12 December 2013: six working days
        ("normative", 9, False),
    ],
)
def test_how_long_a_draft_must_lie_depends_on_its_kind(kind, days, short):
    opens = date(2013, 12, 4)

    assert is_short(kind, opens, opens + timedelta(days=days)) is short


@given(DAYS, st.integers(0, 60), st.sampled_from(["plan", "normative", "ordinary"]))
def test_a_longer_period_is_never_shorter(opens, days, kind):
    if not is_short(kind, opens, opens + timedelta(days=days)):
        assert not is_short(kind, opens, opens + timedelta(days=days + 1))


@given(DAYS, st.integers(0, 20))
def test_full_weeks_have_five_working_days(opens, weeks):
    assert working_days_open(opens, opens + timedelta(days=7 * weeks - 1)) == 5 * weeks


@given(DAYS)
def test_a_year_on_is_365_or_366_days_on(day):
    assert 365 <= (one_year_on(day) - day).days <= 366


def test_a_leap_day_looks_back_on_the_28th():
    assert one_year_on(date(2012, 2, 29)) == date(2013, 2, 28)


# --- near duplicates ---------------------------------------------------------------------------------


def test_what_says_nearly_the_same_hangs_together():
    texts = {
        1: "城南也要建一所小学，孩子过铁路危险。",
        2: "希望城南也建一所小学，孩子过铁路危险。",
        3: "教师一年一换太快。",
    }

    assert near_groups(texts) == [[1, 2]]


@given(SOME, SOME)
def test_likeness_is_between_nothing_and_all_and_goes_both_ways(one, other):
    share = likeness(runs(one), runs(other))

    assert 0 <= share <= 1
    assert share == likeness(runs(other), runs(one))
    assert likeness(runs(one), runs(one)) == (1.0 if runs(one) else 0.0)


@given(st.dictionaries(st.integers(0, 9), SOME))
def test_groups_share_nobody_and_have_at_least_two(texts):
    groups = near_groups(texts)
    members = [key for keys in groups for key in keys]

    assert len(members) == len(set(members))
    assert all(len(keys) > 1 for keys in groups)
    assert set(members) <= set(texts)


@given(SOME)
def test_blanks_and_stops_make_no_difference(text):
    assert runs(text) == runs(text.replace(" ", "").replace("，", "。"))


# --- the matrix --------------------------------------------------------------------------------------

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


@given(st.lists(SOME, max_size=6))
def test_a_text_that_did_not_change_comes_from_itself_clause_by_clause(words):
    drafts = [Draft(key, text) for key, text in enumerate(words)]
    sources = likely_sources(drafts, words)

    assert all(same(words[next(iter(found))], text) for found, text in zip(sources, words, strict=True) if found)  # fmt: skip
    assert sum(len(found) for found in sources) == len(words)
