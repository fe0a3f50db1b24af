"""What a text is found by: the same words for the index that minds their order and for that of sets."""

from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.portal.logic.index import (
    column_mark,
    phrases,
    place_of,
    runs,
    sentence,
    token_set,
    tokens_asked,
    tokens_of,
    year_mark,
)

TEXTS = st.text("教育局长读书a1 。，-", max_size=20)


@given(TEXTS)
def test_the_set_holds_every_token_and_every_sign_once(text):
    found = token_set(text)

    assert found == sorted(set(found))
    assert set(tokens_of(text)) <= set(found)
    assert {token for run in runs(text) for sign in run for token in tokens_asked(sign)} <= set(
        found
    )


@given(TEXTS, st.integers(0, 19), st.integers(1, 6))
def test_every_part_of_a_run_is_found_in_both(text, first, size):
    for run in runs(text):
        if part := run[first : first + size]:
            asked = tokens_asked(part)

            assert set(asked) <= set(token_set(text))
            if len(part) > 1:
                assert " ".join(asked) in sentence(text)


def test_marks_stand_with_the_tokens_in_both():
    marks = [column_mark(3), year_mark(2013)]

    assert sentence("", marks) == "c3 y2013"
    assert token_set("", marks) == ["c3", "y2013"]


def test_a_phrase_asks_for_neighbours_and_a_single_sign_for_a_beginning():
    assert phrases(["教育局", "书"]) == '"教育 育局" AND "书" *'


@given(st.integers(0, 2**33), st.integers(0, 2**33), st.integers(0, 2**20 - 1))
def test_what_came_later_stands_at_a_higher_place(one, other, number):
    assert (place_of(one, number) < place_of(other, 0)) == (one < other)
