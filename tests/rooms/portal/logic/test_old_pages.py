"""Old pages are read whatever encoding they are in, and nothing harmful comes out of them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.portal.logic.old_pages import (
    clean,
    decode,
    from_root,
    links_in,
    moment_in,
    pictures_in,
    read_page,
    with_links,
    with_pictures,
)

PAGE = """<html><head><meta charset="gb2312"><title>围绕工作抓学习-苔花教育网</title>
<style>p{color:red}</style></head><body><div class="nav">首页</div>
<h1>围绕工作抓学习</h1>
<div class="info">发布时间：2012-03-04 09:30 来源：苔花区教育局 作者：admin 点击：12</div>
<div id="content"><div><p style="x" onclick="evil()">第一段。</p></div><script>evil()</script>
<p><img src="../img/a.jpg" alt="操场"></p><p>&nbsp;</p></div>
<div class="foot">版权</div></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig"])
def test_a_page_is_read_in_any_encoding_whatever_it_says_of_itself(encoding):
    page = read_page(decode(PAGE.encode(encoding)))

    assert page.title == "围绕工作抓学习"
    assert page.published_at == datetime(2012, 3, 4, 9, 30)
    assert (page.source, page.byline) == ("苔花区教育局", "admin")
    assert page.plain == "第一段。"
    assert "evil" not in page.html
    assert "版权" not in page.html


def test_without_a_heading_the_title_is_that_of_the_page_without_the_site():
    assert read_page(PAGE.replace("h1>", "b>")).title == "围绕工作抓学习"


def test_pictures_are_named_and_put_where_they_lie_now():
    html = read_page(PAGE).html

    assert pictures_in(html) == [("../img/a.jpg", "操场")]
    assert 'src="/portal/pictures/7/"' in with_pictures(
        html, {"../img/a.jpg": "/portal/pictures/7/"}
    )
    assert "<img" not in with_pictures(html, {})


@given(st.text(alphabet="<>/ab\"'=scriptonjav:imgp "))
def test_nothing_that_runs_comes_through(markup):
    html = clean(f"<p>{markup}</p><script>{markup}</script><p onclick='{markup}'>x</p>").lower()

    assert "<script" not in html
    assert "onclick=" not in html.replace("&", "")
    assert 'href="javascript:' not in html


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2012年3月4日", datetime(2012, 3, 4)),
        ("2012-03-04 09:30:05", datetime(2012, 3, 4, 9, 30, 5)),
        ("2012-13-04", None),
        ("三月", None),
    ],
)
def test_a_day_is_read_as_such_pages_write_it(text, moment):
    assert moment_in(text) == moment


BROKEN = b"\xd5\xfd\xce\xc4\xff\xff\xff"  # 正文 in GBK, then what is no text at all


def test_a_page_that_is_broken_is_read_as_far_as_it_can_be_by_what_it_says_of_itself():
    said = b'<meta charset="gb2312">'

    assert "正文" in decode(said + BROKEN)
    assert "\ufffd" in decode(BROKEN)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<html><body><h1>标题</h1><p>没有框。</p></body></html>", "没有框。"),
        ("<h1>标题</h1><p>连 body 也没有。</p>", "连 body 也没有。"),
        ('<div id="content"><p>没有收口。</p>', "没有收口。"),
        ('<td class="content"><p>在表格里。</p></td><td>别处</td>', "在表格里。"),
    ],
)
def test_the_body_is_what_stands_in_its_box_or_else_all_but_the_heading(markup, text):
    assert read_page(markup).plain == text


def test_a_page_without_a_title_has_none():
    assert read_page("<p>正文。</p>").title == ""


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("2.html", "/news/2012/2.html"),
        ("../a.doc?x=1#y", "/news/a.doc?x=1#y"),
        ("/a.doc", "/a.doc"),
        ("?id=3", "/news/2012/1.html?id=3"),
        ("#top", "#top"),
        ("//example.cn/a", "//example.cn/a"),
        ("mailto:a@example.cn", "mailto:a@example.cn"),
        ("http://[x", "http://[x"),
    ],
)
def test_what_a_page_names_beside_itself_is_named_from_the_root(address, told):
    assert from_root(address, "/news/2012/1.html") == told


def test_links_lead_where_they_are_told_and_nothing_slips_out_of_them():
    html = '<p><a href="a?x=1&amp;y=2" rel="noopener">看</a> <img src="a"></p>'

    assert links_in(html) == ["a?x=1&y=2"]
    assert with_links(html, lambda to: f'{to}"><script>') == html.replace(
        "y=2", "y=2&quot;&gt;&lt;script&gt;"
    )
