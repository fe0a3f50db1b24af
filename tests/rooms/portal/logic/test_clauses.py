"""A draft as it is typed is cut into the clauses on which opinions are given; nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.portal.logic.clauses import clauses, same

LINES = st.lists(
    st.sampled_from(
        ["第一条　办好学校。", "第二条", "第一章　总则", "一、目标", "（二）任务。", "一段话。", "", "  另一段"]
    ),
    max_size=12,
)  # fmt: skip


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


@given(LINES)
def test_every_clause_says_something(lines):
    assert all(each.number or each.text for each in clauses("\n".join(lines)))


@given(LINES)
def test_the_words_of_a_clause_are_its_heading_and_its_text(lines):
    for each in clauses("\n".join(lines)):
        assert each.words == "\n".join(part for part in (each.heading, each.text) if part)


def test_what_hangs_below_the_last_clause_stays_with_it():
    *_before, last = clauses("第一条　办好学校。\n附则\n第二章　没有条的一章")

    assert last.text == "办好学校。\n附则\n第二章　没有条的一章"


@given(st.text("甲乙 　\t\n", max_size=12), st.text("甲乙 　\t\n", max_size=12))
def test_two_texts_are_the_same_but_for_blanks(one, other):
    assert same(one, other) == ("".join(one.split()) == "".join(other.split()))
