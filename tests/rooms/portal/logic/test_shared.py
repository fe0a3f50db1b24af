"""How much texts share is told as difflib and the plain table of letters tell it, only sooner."""

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.portal.logic.shared import Shared, matching, stretches_in_both

FEW = st.text("甲乙丙", max_size=30)
MANY = st.text("甲乙丙丁戊己庚辛，。 的", max_size=150)


def in_one_order(before, after):
    """The letters that both have in one order, by the table of all beginnings."""
    above = [0] * (len(after) + 1)
    for letter in before:
        row = [0]
        for place, other in enumerate(after):
            row.append(above[place] + 1 if letter == other else max(row[place], above[place + 1]))
        above = row
    return above[-1]


@given(FEW, FEW)
def test_the_stretches_in_both_are_those_of_difflib(before, after):
    told = SequenceMatcher(a=before, b=after, autojunk=False)

    assert stretches_in_both(before, after) == [tuple(b) for b in told.get_matching_blocks()[:-1]]


@given(MANY, MANY)
def test_so_they_are_in_long_texts_and_their_letters_are_counted(before, after):
    told = SequenceMatcher(a=before, b=after, autojunk=False).get_matching_blocks()[:-1]

    assert stretches_in_both(before, after) == [tuple(block) for block in told]
    assert matching(before, after) == sum(block.size for block in told)


@given(st.lists(MANY, max_size=6), MANY, st.integers(0, 10))
def test_each_text_that_is_so_much_alike_is_told_with_what_it_has_in_one_order(texts, text, tenths):
    letters = {number: in_one_order(each, text) for number, each in enumerate(texts)}

    assert dict(Shared(texts).alike(text, tenths)) == {
        number: shared
        for number, shared in letters.items()
        if 20 * shared >= tenths * (len(texts[number]) + len(text))
    }


@given(MANY, MANY)
def test_no_comparison_finds_more_letters_than_stand_in_one_order(before, after):
    [(_number, letters)] = Shared([before]).alike(after, 0)

    assert matching(before, after) <= letters


@pytest.mark.parametrize("length", [63, 64, 65, 127, 128, 129])
def test_where_a_text_fills_its_words_nothing_is_carried_into_the_next(length):
    text = "甲" * length
    shared = Shared([text, "", "乙", text, "甲"])

    assert dict(shared.alike(text, 0)) == {0: length, 1: 0, 2: 0, 3: length, 4: 1}
    assert dict(shared.alike("", 1)) == {1: 0}
    assert dict(Shared([]).alike(text, 0)) == {}
