from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.reports.logic.figures import (
    Placed,
    Words,
    bare,
    codes,
    filled,
    pieces,
    read_aloud,
    retyped,
)

TEXT = "共[[help.person_times|612]]人次，资助[[help.students|203]]人。"


def test_pieces_tell_words_from_figures():
    assert list(pieces(TEXT)) == [
        Words("共"),
        Placed("help.person_times", "612"),
        Words("人次，资助"),
        Placed("help.students", "203"),
        Words("人。"),
    ]


def test_a_placeholder_without_a_number_is_a_figure_too():
    assert list(pieces("[[help.students]]人")) == [Placed("help.students", ""), Words("人")]


def test_brackets_that_name_no_figure_are_words():
    assert list(pieces("[[ 随便 ]]")) == [Words("[[ 随便 ]]")]


def test_filled_rewrites_every_number_and_leaves_the_unknown_ones_alone():
    text = filled(TEXT + "[[gone.figure|7]][[new.figure]]", {"help.person_times": "613"})

    assert text == (
        "共[[help.person_times|613]]人次，资助[[help.students|203]]人。"
        "[[gone.figure|7]][[new.figure|?]]"
    )


@given(st.text(max_size=60), st.dictionaries(st.just("help.students"), st.just("9")))
def test_filling_twice_is_filling_once(text, numbers):
    text += TEXT

    assert filled(filled(text, numbers), numbers) == filled(text, numbers)


@given(st.text(max_size=60))
def test_bare_forgets_numbers_and_nothing_else(text):
    assert bare(filled(text + TEXT, {"help.students": "1"})) == bare(text + TEXT)


def test_read_aloud_is_the_text_with_its_numbers():
    assert read_aloud(TEXT) == "共612人次，资助203人。"


def test_codes_are_named_once_in_order():
    assert codes(TEXT + TEXT) == ["help.person_times", "help.students"]


def test_a_number_changed_by_hand_is_noticed():
    assert retyped(TEXT, {"help.person_times": "650", "help.students": "203"}) == [
        Placed("help.person_times", "612")
    ]
