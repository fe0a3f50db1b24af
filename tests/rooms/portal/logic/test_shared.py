"""How much texts share is told as difflib and the plain table of letters tell it, only sooner."""

from collections import Counter
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.portal.logic.shared import Shared, in_one_order, matching, stretches_in_both

FEW = st.text("甲乙丙", max_size=30)
MANY = st.text("甲乙丙丁戊己庚辛，。 的", max_size=150)


def in_one_order_by_table(before, after):
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


def as_alike(letters, one, other):
    return 2.0 * letters / (len(one) + len(other) or 1)


@given(st.lists(MANY, max_size=6), MANY)
def test_how_alike_each_text_may_be_is_told_by_what_it_has_in_one_order(texts, text):
    assert Shared(texts).likeness_in_order(text) == [
        as_alike(in_one_order_by_table(each, text), each, text) for each in texts
    ]


@given(st.lists(MANY, max_size=6), MANY)
def test_and_sooner_by_its_letters_wherever_they_stand(texts, text):
    assert Shared(texts).likeness(text) == [
        as_alike((Counter(each) & Counter(text)).total(), each, text) for each in texts
    ]


@given(MANY, MANY)
def test_no_comparison_finds_more_letters_than_stand_in_one_order_nor_those_more_than_there_are(
    before, after
):
    letters = in_one_order(before, after)

    assert letters == in_one_order_by_table(before, after)
    assert matching(before, after) <= letters <= (Counter(before) & Counter(after)).total()


@pytest.mark.parametrize("length", [63, 64, 65, 127, 128, 129])
def test_where_a_text_fills_its_words_nothing_is_carried_into_the_next(length):
    text = "甲" * length
    shared = Shared([text, "", "乙", text, "甲"])

    assert shared.likeness_in_order(text) == [1, 0, 0, 1, 2 / (length + 1)]
    assert shared.likeness(text) == shared.likeness_in_order(text)
    assert shared.likeness("") == shared.likeness_in_order("") == [0] * 5
    assert Shared([]).likeness(text) == Shared([]).likeness_in_order(text) == []
