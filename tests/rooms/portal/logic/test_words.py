"""What a clerk types becomes HTML in which nothing typed is a tag."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.portal.logic.words import (
    Shown,
    heading_level,
    pictures_in,
    to_html,
    to_plain,
)

KNOWN = {"p", "h2", "h3", "h4", "ul", "li", "a", "figure", "img", "figcaption"}
PICTURE = Shown("/portal/pictures/1/", '操场 "早上"', "<早操>", 640, 480)


class Tags(HTMLParser):
    """Which tags were opened and whether each was closed in its turn."""

    def __init__(self):
        super().__init__()
        self.seen, self.open, self.words, self.round = [], [], [], True

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag != "img":
            self.open.append(tag)

    def handle_endtag(self, tag):
        self.round = self.round and bool(self.open) and self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def read(html):
    tags = Tags()
    tags.feed(html)
    tags.close()
    return tags


@given(st.text() | st.text(alphabet="<>&\"'a一、（）1．- ·【图】\nhtps:/."))
def test_whatever_is_typed_only_our_tags_come_out_and_each_is_closed(text):
    tags = read(to_html(text, {1: PICTURE}))

    assert {tag for tag, _attrs in tags.seen} <= KNOWN
    assert tags.round
    assert tags.open == []
    assert all(
        attrs["href"].startswith(("http://", "https://")) for tag, attrs in tags.seen if tag == "a"
    )


@given(st.lists(st.text(alphabet="学习<>&\"'x 。", min_size=1), max_size=6))
def test_every_word_that_was_typed_is_still_there(lines):
    text = "\n".join(lines)
    typed = [line.strip("　 \t\xa0") for line in text.splitlines()]

    assert to_plain(to_html(text)).splitlines() == [line for line in typed if line]


def test_a_line_is_a_paragraph_and_short_numbered_lines_are_headings():
    text = "开头。\n一、怎么做\n（一）先看\n1．再问\n一、这一行有句号，所以不是标题。"

    assert to_html(text) == (
        "<p>开头。</p>\n<h2>一、怎么做</h2>\n<h3>（一）先看</h3>\n<h4>1．再问</h4>\n"
        "<p>一、这一行有句号，所以不是标题。</p>"
    )
    assert heading_level("一、" + "长" * 40) == 0
    assert heading_level("3.5 万元") == 0


def test_lines_that_begin_with_a_dash_are_one_list():
    assert to_html("有三件：\n- 甲\n· 乙\n完。") == (
        "<p>有三件：</p>\n<ul><li>甲</li><li>乙</li></ul>\n<p>完。</p>"
    )


def test_a_picture_stands_where_its_sign_stands_alone_and_is_escaped():
    html = to_html("前\n【图1】\n见【图1】\n【图2】", {1: PICTURE})

    assert html.count("<img") == 1
    assert 'alt="操场 &quot;早上&quot;" width="640" height="480"' in html
    assert "<figcaption>&lt;早操&gt;</figcaption>" in html
    assert "<p>见【图1】</p>" in html
    assert pictures_in("【图1】\n见【图2】\n【图 3】") == [1, 3]


def test_an_address_is_a_link_and_the_sentence_after_it_is_not_part_of_it():
    assert to_html("见 https://a.example/x?a=1&b=2。再见 javascript:alert(1)") == (
        '<p>见 <a href="https://a.example/x?a=1&amp;b=2">https://a.example/x?a=1&amp;b=2</a>'
        "。再见 javascript:alert(1)</p>"
    )
