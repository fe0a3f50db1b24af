"""From an untrusted page to sections that may be shown."""

import re
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.reading.logic.chapters import (
    KEPT,
    SECTION_LENGTH,
    addresses_in,
    last_pass,
    read_page,
)
from tests.rooms.reading.logic.test_epub import MARKUP


def html_of(markup: str) -> str:
    return "".join(section.html for section in read_page(markup).sections)


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        ("<p>学</p>", '<p id="c0">学</p>'),
        ("学", '<p id="c0">学</p>'),
        ("<div>学</div><section>习</section>", '<p id="c0">学</p><p id="c2">习</p>'),
        ("<p><b>学</b>而</p>", "<p><b>学</b>而</p>".replace("<p>", '<p id="c0">')),
        ("<ul><li>学</li><li>习</li></ul>", '<ul><li id="c0">学</li><li id="c2">习</li></ul>'),
        ("<blockquote><p>学</p></blockquote>", '<blockquote><p id="c0">学</p></blockquote>'),
        ("<p>学<br>习</p>", '<p id="c0">学<br>习</p>'),
        (
            "<em>一<div>二</div>三</em>",
            '<p id="c0"><em>一</em></p><p id="c2">二</p><p id="c4">三</p>',
        ),
        ("<hr><p>学</p>", '<hr><p id="c0">学</p>'),
        ("<p></p><p>学</p>", '<p></p><p id="c0">学</p>'),
        ("<font color='red'>学</font>", '<p id="c0">学</p>'),
        ("<ruby>学<rt>xué</rt></ruby>", '<p id="c0"><ruby>学<rt>xué</rt></ruby></p>'),
    ],
)
def test_how_pages_come_out(markup, html):
    assert html_of(markup) == html


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>学</p><p>习</p>", "学\n习\n"),
        ("<p>学<br>习</p>", "学\n习\n"),
        ("<ul><li>一<ul><li>二</li></ul></li></ul>", "一\n二\n"),
        ("<table><tr><td>一</td><td>二</td></tr></table>", "一\n二\n"),
        ("<p>a\n b</p>", "a b\n"),
        ("<p>学\n 习</p>", "学习\n"),
        ("<p>学 <b> 习</b></p>", "学 习\n"),
        ("<pre>a\n  b</pre>", "a\n  b\n"),
        ("<p>&lt;b&gt; &amp; 学</p>", "<b> & 学\n"),
        ("<title>书名</title><p>学</p>", "学\n"),
        ("<p>𠮷野</p>", "𠮷野\n"),
    ],
)
def test_which_text_a_page_is_anchored_in(markup, text):
    assert read_page(markup).text == text


def test_named_places_are_known_by_their_offset_the_first_of_a_name():
    page = read_page('<p>学</p><p id="a">习</p><p>时<a id="b"></a>之</p><p id="a">再</p>')

    assert page.places == {"a": 2, "b": 5}


def test_the_first_heading_gives_the_title():
    assert read_page("<p>序</p><h2><b>学</b>而</h2><h1>大</h1>").heading == "学"
    assert read_page("<h4>小</h4>").heading == ""


@given(st.lists(st.integers(1, 400), min_size=1, max_size=20))
def test_sections_are_cut_as_soon_as_they_are_long_enough_and_never_within_a_block(lengths):
    page = read_page("".join(f"<p>{'学' * length}</p>" for length in lengths))

    starts = [section.start for section in page.sections]
    assert starts[0] == 0
    assert "".join(section.html for section in page.sections).count("<p") == len(lengths)
    for before, after in pairwise(starts):
        assert SECTION_LENGTH <= after - before <= SECTION_LENGTH + 401


@given(MARKUP)
def test_only_known_tags_and_our_own_names_come_out(markup):
    shown = last_pass(html_of(markup), {})

    assert set(re.findall(r"</?([a-z0-9]+)", shown)) <= KEPT
    assert all(re.fullmatch(r"c\d+", name) for name in re.findall(r'id="([^"]*)"', shown))
    assert "epub:" not in shown


@given(MARKUP)
def test_the_last_pass_changes_nothing_that_is_clean(markup):
    shown = last_pass(html_of(markup), {})

    assert last_pass(shown, {}) == shown


@given(MARKUP)
def test_no_word_is_lost_or_added(markup):
    page = read_page(markup)

    shown = unescape(re.sub(r"<[^>]*>", "", html_of(markup)))
    assert "".join(shown.split()) == "".join(page.text.split())


def test_addresses_are_told_and_only_known_ones_come_out():
    html = html_of(
        '<p><a href="b.xhtml#x">一</a><a href="gone">二</a></p><img src="c.png" alt="图">'
    )

    assert addresses_in(html) == {"epub:b.xhtml#x", "epub:gone", "epub:c.png"}
    shown = last_pass(html, {"epub:b.xhtml#x": "../2/#c5", "epub:c.png": "../pictures/1/"})
    assert '<a href="../2/#c5">一</a><a>二</a>' in shown
    assert '<img src="../pictures/1/" alt="图">' in shown


@pytest.mark.parametrize("address", ['x" onclick="y', "x><script>", "a b", "x'"])
def test_an_address_cannot_break_out_of_its_quotes(address):
    html = html_of(f"<p><a href='{address.replace(chr(39), '&#39;')}'>学</a></p>")
    shown = last_pass(html, {})

    assert "onclick" not in shown
    assert "<script" not in shown
    assert shown.endswith("<a>学</a></p>")
