from dataclasses import replace

import pytest

from taihua.rooms.study.enums import ItemFault, QuestionKind
from taihua.rooms.study.logic.items import Choice, Item, faults_of, is_right, plain, tidy, truth

ITEM = Item(
    code="义务教育法-11-1",
    law="义务教育法",
    article=11,
    kind=QuestionKind.SINGLE,
    stem="几岁入学？",
    choices=(Choice("六周岁", True), Choice("七周岁", False)),
)
FILL = replace(
    ITEM,
    kind=QuestionKind.FILL,
    stem="年满____周岁的儿童应当入学。",
    choices=(Choice("六", True), Choice("6", True)),
)
SEVERAL = replace(
    ITEM,
    kind=QuestionKind.SEVERAL,
    choices=(Choice("甲", True), Choice("乙", True), Choice("丙", False)),
)


@pytest.mark.parametrize("item", [ITEM, FILL, SEVERAL])
def test_a_sound_question_has_no_fault(item):
    assert faults_of(item) == []


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        (replace(ITEM, stem=" "), ItemFault.NO_STEM),
        (replace(ITEM, stem="长" * 501), ItemFault.LONG),
        (replace(ITEM, explanation="长" * 1001), ItemFault.LONG),
        (replace(ITEM, choices=ITEM.choices[:1]), ItemFault.FEW_CHOICES),
        (replace(SEVERAL, choices=SEVERAL.choices[:2]), ItemFault.FEW_CHOICES),
        (replace(ITEM, choices=(*ITEM.choices, Choice(" ", False))), ItemFault.EMPTY_CHOICE),
        (replace(ITEM, choices=(*ITEM.choices, Choice("七周岁", False))), ItemFault.SAME_CHOICES),
        (replace(ITEM, choices=(Choice("一", False), Choice("二", False))), ItemFault.NONE_RIGHT),
        (replace(ITEM, choices=(Choice("一", True), Choice("二", True))), ItemFault.ONE_RIGHT),
        (replace(SEVERAL, choices=(Choice("甲", True), *(Choice(x, False) for x in "乙丙"))), ItemFault.SEVERAL_RIGHT),
        (replace(ITEM, choices=(*ITEM.choices, *(Choice(x, False) for x in "一二三四五"))), ItemFault.MANY_CHOICES),
        (replace(FILL, stem="年满几周岁？"), ItemFault.NO_BLANK),
    ],
)  # fmt: skip
def test_a_fault_is_named(item, fault):
    assert faults_of(item) == [fault]


def test_tidying_takes_idle_spaces_and_what_cannot_be_shown():
    item = tidy(replace(ITEM, stem=" 几岁\r\n入学？\x00 ", choices=(Choice("六 ", True),)))

    assert item.stem == "几岁\n入学？"
    assert item.choices == (Choice("六", True),)


def test_several_are_right_only_all_together():
    choices = SEVERAL.choices

    assert is_right("several", choices, [1, 0])
    assert not is_right("several", choices, [0])
    assert not is_right("several", choices, [0, 1, 2])
    assert not is_right("several", choices, [])


def test_truth_has_two_choices():
    assert is_right("truth", truth(is_true=True), [0])
    assert not is_right("truth", truth(is_true=True), [1])


@pytest.mark.parametrize("written", ["六", "6", "６", " 六 ", "六。"])
def test_a_blank_takes_any_writing_of_the_same(written):
    assert is_right("fill", FILL.choices, written=written)


@pytest.mark.parametrize("written", ["", " ", "七", "六十", "。"])
def test_a_blank_takes_nothing_else(written):
    assert not is_right("fill", FILL.choices, written=written)


def test_numerals_are_compared_as_numbers():
    assert plain("三十日") == plain("30 日") == "30日"
    assert plain("二〇一三年") == "2013年"


@pytest.mark.parametrize(
    ("item", "letters"),
    [
        (ITEM, "A"),
        (SEVERAL, "AB"),
        (FILL, "六；6"),
        (replace(ITEM, kind=QuestionKind.TRUTH, choices=truth(is_true=False)), "错"),
    ],
)
def test_the_answer_as_a_sheet_writes_it(item, letters):
    assert item.letters == letters
