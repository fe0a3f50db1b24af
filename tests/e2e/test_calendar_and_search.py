"""A leader makes a calendar feed, reads it, renews it; a search finds a person and no private note."""

import re
import urllib.error
import urllib.request
from functools import partial

import pytest
from ical.calendar_stream import IcsCalendarStream
from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage

PRIVATE = "只给自己看的话"


@pytest.fixture
def open_as(opened: OpenPage) -> OpenPage:
    """A page of somebody's, on a phone without scripts."""
    return partial(opened, width=360, scripts=False)


def fetched(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        return str(answer.read().decode())


def test_a_calendar_is_made_read_renewed_and_revoked(open_as):
    page = open_as("leader", "/")
    page.get_by_role("link", name="放进我的日历").click()
    page.get_by_role("button", name="生成我的日历地址").click()
    first = page.get_by_label("地址（全部选中，复制）").input_value()
    read = IcsCalendarStream.calendar_from_ics(fetched(first))
    assert any("下基层调研" in todo.summary for todo in read.todos)

    page.get_by_role("button", name=re.compile("换一个新地址")).click()
    second = page.get_by_label("地址（全部选中，复制）").input_value()
    assert second != first
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fetched(first)
    # The same things under the same names; DTSTAMP may tell that the secret is another.
    again = IcsCalendarStream.calendar_from_ics(fetched(second))
    assert [todo.uid for todo in again.todos] == [todo.uid for todo in read.todos]

    page.get_by_role("button", name=re.compile("停用")).click()
    expect(page.get_by_text("这个日历地址已经停用")).to_be_visible()
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fetched(second)


def test_a_search_finds_a_person_and_no_private_note(open_as):
    writer = open_as("member", "/reading/notes/new/")
    writer.get_by_label("题目").fill("一则")
    writer.get_by_label("正文").fill(f"读后的想法，{PRIVATE}。")
    writer.get_by_role("button", name="存下笔记").click()
    expect(writer.get_by_text(PRIVATE).first).to_be_visible()

    reader = open_as("leader", "/")
    box = reader.get_by_role("searchbox")
    box.fill("周明")
    box.press("Enter")
    reader.get_by_role("link", name="周明", exact=True).first.click()
    expect(reader.get_by_role("heading", name=re.compile("周明"))).to_be_visible()

    reader.get_by_role("searchbox").fill(PRIVATE)
    reader.get_by_role("button", name="搜索").click()
    expect(reader.get_by_text(f"没有找到“{PRIVATE}”", exact=False)).to_be_visible()


def test_a_leader_has_seven_places_and_finds_the_rest_under_more(open_as):
    page = open_as("leader", "/")
    menu = page.get_by_role("navigation", name="主菜单").get_by_role("link")
    assert menu.count() <= 7

    page.goto(page.url.rstrip("/") + "/more/")
    expect(page.get_by_role("heading", name="学习力")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="年度总结").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
