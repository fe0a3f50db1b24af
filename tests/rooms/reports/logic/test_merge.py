import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.reports.logic.merge import (
    Agreed,
    Choice,
    Conflict,
    conflicts,
    merge,
    sentences,
    settled,
)

sentence = st.sampled_from(["甲。", "乙。", "丙；", "丁！", "戊？”", "\n", "己", "庚，辛。"])
texts = st.lists(sentence, max_size=8).map("".join)


@given(st.text(max_size=80))
def test_sentences_put_together_again_are_the_text(text):
    assert "".join(sentences(text)) == text


def test_a_sentence_ends_with_its_mark_and_what_closes_after_it():
    assert sentences("他说：“好。”又走了。\n第二段；完") == [
        "他说：“好。”", "又走了。", "\n", "第二段；", "完",
    ]  # fmt: skip


@given(texts, texts)
def test_where_nobody_wrote_the_new_text_wins(base, theirs):
    assert settled(merge(base, base, theirs)) == theirs
    assert conflicts(merge(base, base, theirs)) == []


@given(texts, texts)
def test_where_nothing_was_generated_anew_what_people_wrote_wins(base, mine):
    assert settled(merge(base, mine, base)) == mine
    assert conflicts(merge(base, mine, base)) == []


@given(texts, texts)
def test_the_same_change_on_both_sides_is_taken_once(base, changed):
    assert merge(base, changed, changed) == ([Agreed(changed)] if changed else [])


@given(texts, texts, texts)
def test_mine_is_never_lost_and_theirs_can_always_be_had(base, mine, theirs):
    segments = merge(base, mine, theirs)
    found = conflicts(segments)

    for conflict in found:
        assert conflict.mine in mine
        assert conflict.theirs in theirs
    for added in set(sentences(mine)) - set(sentences(base)):
        assert added in settled(segments, [Choice.MINE] * len(found))
    for added in set(sentences(theirs)) - set(sentences(base)):
        assert added in settled(segments, [Choice.THEIRS] * len(found))


@given(texts, texts, texts)
def test_every_sentence_that_one_side_added_is_in_the_outcome(base, mine, theirs):
    segments = merge(base, mine, theirs)
    outcome = settled(segments, [Choice.BOTH] * len(conflicts(segments)))

    for side in (mine, theirs):
        for added in set(sentences(side)) - set(sentences(base)):
            assert added in outcome


@given(texts, texts, texts)
def test_merging_is_the_same_from_either_side(base, mine, theirs):
    there, back = merge(base, mine, theirs), merge(base, theirs, mine)

    assert [(c.mine, c.theirs) for c in conflicts(there)] == [
        (c.theirs, c.mine) for c in conflicts(back)
    ]


def test_edits_of_different_sentences_are_both_taken():
    base = "全年学习十次。读书两本。走访三天。"

    merged = merge(
        base, "全年学习十次，场场有记录。读书两本。走访三天。", "全年学习十次。读书两本。走访四天。"
    )

    assert settled(merged) == "全年学习十次，场场有记录。读书两本。走访四天。"


def test_edits_of_neighbouring_sentences_are_both_taken():
    merged = merge("甲。乙。", "甲改。乙。", "甲。乙新。")

    assert merged == [Agreed("甲改。乙新。")]


def test_a_sentence_added_beside_a_changed_one_is_no_conflict():
    merged = merge("甲。没有记录。", "甲。没有记录。另外。", "甲。共七次。")

    assert merged == [Agreed("甲。共七次。另外。")]


def test_sentences_added_at_the_same_place_are_a_choice():
    assert merge("甲。", "甲。我加。", "甲。新加。") == [
        Agreed("甲。"),
        Conflict("", "我加。", "新加。"),
    ]


def test_a_sentence_changed_on_both_sides_is_a_choice_with_both_texts():
    merged = merge("开头。读书两本。结尾。", "开头。读书两本以上。结尾。", "开头。没有记录。结尾。")

    assert merged == [
        Agreed("开头。"),
        Conflict("读书两本。", "读书两本以上。", "没有记录。"),
        Agreed("结尾。"),
    ]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice.MINE, "开头。我写。结尾。"),
        (Choice.THEIRS, "开头。新写。结尾。"),
        (Choice.BOTH, "开头。我写。新写。结尾。"),
    ],
)
def test_a_choice_settles_a_conflict(choice, expected):
    merged = merge("开头。原来。结尾。", "开头。我写。结尾。", "开头。新写。结尾。")

    assert settled(merged, [choice]) == expected


def test_a_conflict_left_alone_keeps_what_people_wrote():
    assert settled(merge("原来。", "我写。", "新写。")) == "我写。"
