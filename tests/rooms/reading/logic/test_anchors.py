import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.reading.logic.anchors import Locator, Quote, Span, find, locate

TEXT = (
    "君子曰：学不可以已。青，取之于蓝，而青于蓝；冰，水为之，而寒于水。"
    "吾尝终日而思矣，不如须臾之所学也；吾尝跂而望矣，不如登高之博见也。"
)
# Few letters make many repetitions, which is where anchors go wrong.
texts = st.text(st.sampled_from("学而时习"), min_size=1, max_size=120)
passages = texts.flatmap(
    lambda text: st.tuples(st.just(text), st.integers(0, len(text) - 1), st.integers(1, 40))
)


@given(passages)
def test_a_passage_is_found_again_where_it_was(passage):
    text, start, length = passage
    end = min(len(text), start + length)

    span = find(locate("a", text, start, end), {"a": text})

    assert span == Span("a", start, end)


@given(passages)
def test_a_place_is_found_again_to_the_character(passage):
    text, start, _length = passage

    span = find(locate("a", text, start), {"a": text})

    assert span is not None
    assert span.start == start


@given(
    st.integers(0, len(TEXT) - 20),
    st.integers(1, 20),
    st.text("新版前言", min_size=1),
    st.text("后记", max_size=20),
)
def test_a_passage_survives_what_a_new_edition_puts_before_and_after_it(start, size, before, after):

    span = find(locate("a", TEXT, start, start + size), {"a": before + TEXT + after})

    assert span == Span("a", start + len(before), start + len(before) + size)


@given(st.integers(0, 20), st.integers(0, 20), st.text("增补", max_size=9))
def test_a_passage_survives_a_change_elsewhere_in_the_chapter(cut, kept, inserted):
    start = TEXT.index("吾尝终日")
    edition = TEXT[:cut] + inserted + TEXT[min(cut + kept, start) :]

    span = find(locate("a", TEXT, start, start + 7), {"a": edition})

    assert span is not None
    assert edition[span.start : span.end] == "吾尝终日而思矣"
    assert span.exact


def test_of_two_equal_passages_the_one_in_the_same_surroundings_is_meant():
    second = TEXT.rindex("吾尝")
    edition = TEXT[: TEXT.index("吾尝")] + "。" * 40 + TEXT[TEXT.index("吾尝") :]

    span = find(locate("a", TEXT, second, second + 2), {"a": edition})

    assert span is not None
    assert edition[span.start :].startswith("吾尝跂而望")


def test_a_passage_moved_to_another_chapter_is_found_there():
    locator = locate("a", TEXT, 4, 10)

    assert find(locator, {"a": "序", "b": "又" + TEXT}) == Span("b", 5, 11)
    assert find(locator, {"b": TEXT}) == Span("b", 4, 10)


def test_changed_words_are_found_and_said_to_be_changed():
    start = TEXT.index("青，取之于蓝")
    edition = TEXT.replace("青，取之于蓝，而青于蓝", "青，取之於蓝，而青于蓝")

    span = find(locate("a", TEXT, start, start + 11), {"a": edition})

    assert span == Span("a", start, start + 11, exact=False)


def test_rewritten_words_are_found_by_what_stands_around_them():
    start = TEXT.index("青，取之于蓝")
    end = TEXT.index("；冰")
    edition = TEXT[:start] + "蓝草之中出靛色" + TEXT[end:]

    span = find(locate("a", TEXT, start, end), {"a": edition})

    assert span == Span("a", start, start + 7, exact=False)


@pytest.mark.parametrize(
    "quote",
    [
        Quote("", "完全没有的话语在此", ""),
        Quote("君子曰：学不可以已", "完全没有的话语", "哪里都没有的后文"),
        Quote("哪里都没有的前文", "完全没有的话语", "吾尝终日而思矣"),
    ],
)
def test_what_is_nowhere_is_not_made_up(quote):
    assert find(Locator("a", 0, quote), {"a": TEXT}) is None


def test_a_place_beyond_the_end_is_the_end():
    locator = locate("a", TEXT, 10_000)

    assert locator.offset == len(TEXT)
    assert locator.quote.exact == ""


def test_the_place_at_the_very_end_is_no_passage():
    assert find(locate("a", TEXT, len(TEXT)), {"a": TEXT}) is None


def test_words_that_begin_alike_and_go_on_otherwise_are_not_taken_for_them():
    locator = Locator("a", 0, Quote("", "吾尝终日而思矣亦曾彻夜不眠又何益哉", ""))

    assert find(locator, {"a": TEXT}) is None


@given(texts, texts)
def test_what_is_found_lies_in_the_text_and_says_whether_it_is_the_same(text, exact):
    span = find(Locator("a", 0, Quote("", exact, "")), {"a": text})

    if span is None:
        assert exact not in text
    else:
        assert 0 <= span.start < span.end <= len(text)
        assert span.exact == (text[span.start : span.end] == exact)
