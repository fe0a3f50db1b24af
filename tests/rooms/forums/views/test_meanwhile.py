"""Two organisers change the same forum at once."""

import pytest
from django.urls import reverse
from lxml.html import fromstring

from tests.rooms.forums.conftest import placed

pytestmark = pytest.mark.django_db
MEANWHILE = "您打开这一页以后，别人改过"


def to(name, *args):
    return reverse(f"forums:{name}", args=args)


def opened(browser, page):
    """What a browser would send back of a page as it was opened."""
    form = fromstring(browser.get(page).content).xpath("//main//form[@class='form']")[0]
    return {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


def test_what_another_changed_meanwhile_is_told_once_and_nothing_typed_is_lost(
    logged_in, forum, su
):
    browser, page = logged_in(su), to("change", forum.pk)
    first, second = opened(browser, page), opened(browser, page)
    browser.post(page, first | {"place": "礼堂"})

    refused = browser.post(page, second | {"topic": "另一个主题", "call": "请讲一节课，另写的。"})
    forum.refresh_from_db()
    between = (forum.place, forum.topic)
    again = dict(fromstring(refused.content).xpath("//main//form")[0].form_values())
    browser.post(page, again)
    forum.refresh_from_db()

    assert MEANWHILE in refused.text
    assert "请讲一节课，另写的。" in refused.text
    assert between == ("礼堂", "一校一品")
    assert forum.topic == "另一个主题"


def test_a_change_sent_twice_is_no_quarrel_with_oneself(logged_in, forum, su):
    browser, page = logged_in(su), to("change", forum.pk)
    told = opened(browser, page) | {"place": "礼堂"}

    answers = [browser.post(page, told) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]


def test_an_item_that_another_changed_is_told_too(logged_in, forum, zhou, su):
    slot = placed(forum, zhou)
    browser, page = logged_in(su), to("slot", slot.pk)
    told = opened(browser, page)
    browser.post(page, told | {"title": "甲"})

    refused = browser.post(page, told | {"title": "乙"})
    slot.refresh_from_db()

    assert MEANWHILE in refused.text
    assert slot.title == "甲"
    assert browser.post(page, told | {"title": "", "minutes": "x"}).text.count(MEANWHILE) == 1
