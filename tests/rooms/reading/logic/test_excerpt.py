from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.reading.logic.excerpt import BEFORE, LENGTH, excerpt


def test_a_short_text_is_shown_whole_in_one_line():
    assert excerpt("一\n二  三", ["二"]) == "一 二 三"


def test_words_that_are_not_there_show_the_beginning():
    assert excerpt("学" * 200, ["无"]) == "学" * LENGTH + "…"


@given(st.text("甲乙 ", max_size=200), st.text("甲乙", max_size=200))
def test_the_words_looked_for_are_in_the_excerpt(before, after):
    shown = excerpt(f"{before}锲而不舍{after}", ["锲而不舍"])

    assert "锲而不舍" in shown
    assert len(shown) <= LENGTH + 2
    assert shown.index("锲") <= BEFORE + 1
