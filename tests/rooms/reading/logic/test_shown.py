import re
from html import unescape

from hypothesis import assume, given
from hypothesis import strategies as st

from taihua.rooms.reading.logic.epub import read_epub
from taihua.rooms.reading.logic.shown import block_at, pieces, with_marks
from tests.rooms.reading.books import epub_with
from tests.rooms.reading.logic.test_epub import MARKUP

PAGE = '<p id="c0">学不可以已。</p><p id="c7">青，<em>取之于蓝</em></p>'


@given(MARKUP)
def test_every_piece_of_text_knows_its_place(markup):
    chapter = read_epub(epub_with("<p>始</p>" + markup)).chapters[0]

    for section in chapter.sections:
        for piece, place in pieces(section.html, section.start):
            if place is not None:
                assert chapter.text[place : place + len(piece)] == piece


@given(MARKUP, st.integers(0, 60), st.integers(1, 30))
def test_a_mark_shows_its_words_and_changes_nothing_else(markup, start, length):
    chapter = read_epub(epub_with("<p>始</p>" + markup)).chapters[0]
    assume(start < len(chapter.text))
    wanted = chapter.text[start : start + length]

    shown = [
        with_marks(section.html, section.start, [(start, start + length, 7)])
        for section in chapter.sections
    ]

    marked = unescape("".join(re.findall(r"<mark[^>]*>([^<]*)</mark>", "".join(shown))))
    assert marked.replace("\n", "") == wanted.replace("\n", "")
    plain = [re.sub(r"</?mark[^>]*>", "", html) for html in shown]
    assert [unescape(html) for html in plain] == [unescape(s.html) for s in chapter.sections]


def test_a_mark_across_blocks_is_named_once():
    shown = with_marks(PAGE, 0, [(2, 11, 5)])

    assert shown == (
        '<p id="c0">学不<mark id="m5">可以已。</mark></p>'
        '<p id="c7"><mark>青，</mark><em><mark>取之</mark>于蓝</em></p>'
    )


def test_where_marks_overlap_the_earlier_keeps_the_common_part():
    shown = with_marks('<p id="c0">学不可以已。</p>', 0, [(0, 3, 1), (2, 5, 2)])

    assert shown == ('<p id="c0"><mark id="m1">学不可</mark><mark id="m2">以已</mark>。</p>')


def test_what_is_marked_is_still_escaped():
    assert with_marks('<p id="c0">a &lt;b&gt; c</p>', 0, [(2, 5, 1)]) == (
        '<p id="c0">a <mark id="m1">&lt;b&gt;</mark> c</p>'
    )


def test_the_block_of_a_place_is_the_last_that_begins_before_it():
    assert [block_at(PAGE, offset) for offset in (0, 6, 7, 99)] == [0, 0, 7, 7]
    assert block_at("<p>无名</p>", 3) is None
    assert block_at('<p id="c5">后</p>', 3) is None
