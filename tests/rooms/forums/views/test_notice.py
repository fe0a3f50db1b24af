"""The notice of a forum, from the button on its page to the public site."""

import re
from datetime import date

import pytest
from django.urls import reverse

from taihua.kernel.documents.models import Version
from taihua.rooms.forums.actions.closing import close_forum
from taihua.rooms.forums.actions.forums import change_forum
from taihua.rooms.forums.actions.notice import begin, issue
from taihua.rooms.forums.actions.proceedings import begin as begin_proceedings
from taihua.rooms.forums.actions.proceedings import issue as issue_proceedings
from taihua.rooms.forums.room import ROOM
from tests.rooms.forums.conftest import at, call_of

NUMBER = "讲坛通知〔2013〕1号"


def to(name, *args):
    return reverse(f"forums:{name}", args=args)


@pytest.fixture
def draft(forum, su):
    return begin(forum=forum, by=su.account, at=at(4))


@pytest.fixture
def issued(forum, draft, su):
    return issue(forum=forum, expected=1, number=NUMBER, by=su.account, at=at(4, 10))


def moved(forum, su):
    call = call_of(forum.host, su, day=date(2013, 12, 27))
    return change_forum(forum=forum, call=call, at=at(4, 12))


def filled(page):
    """What the form of the page holds, as a browser would send it."""
    form = page.context["form"]
    return {each.html_name: each.value() or "" for each in form}


def test_the_host_writes_issues_and_everybody_reads_it_and_takes_it_home(logged_in, forum, su, wu):
    host, reader = logged_in(su), logged_in(wu)
    assert "写通知" in host.get(to("forum", forum.pk)).text
    assert "写通知" not in reader.get(to("forum", forum.pk)).text

    page = host.post(to("notice", forum.pk), follow=True)
    assert "关于举办校长讲坛“一校一品”的通知" in page.text
    saved = host.post(
        to("write-notice", forum.pk), filled(page) | {"opening": "大家都来。"}, follow=True
    )
    assert "已存下" in saved.text
    assert "接着写通知" in host.get(to("forum", forum.pk)).text
    assert reader.get(to("notice", forum.pk)).status_code == 404
    done = host.post(to("issue-notice", forum.pk), {"number": NUMBER, "expected": "2"}, follow=True)

    assert "通知已印发，Word 和 PDF 都做好了。" in done.text
    read = reader.get(to("notice", forum.pk), follow=True).text
    assert "大家都来。" in read
    assert NUMBER in read
    version = Version.objects.get(issued_at__isnull=False)
    assert "读通知" in reader.get(to("forum", forum.pk)).text
    assert reader.get(to("notice-file", version.pk, "pdf")).content.startswith(b"%PDF-")
    assert reader.get(to("notice-file", version.pk, "exe")).status_code == 404


def test_a_draft_is_the_hosts_alone(logged_in, forum, draft, su, shen):
    stranger = logged_in(shen)

    assert stranger.post(to("notice", forum.pk)).status_code == 404
    assert stranger.get(to("write-notice", forum.pk)).status_code == 404
    assert stranger.post(to("issue-notice", forum.pk), {"number": "1"}).status_code == 404
    assert stranger.get(to("issued-notice", draft.pk)).status_code == 404
    assert stranger.get(to("notice-file", draft.pk, "docx")).status_code == 404
    host = logged_in(su)
    assert host.get(to("notice-file", draft.pk, "docx")).content.startswith(b"PK")


def test_nothing_typed_is_lost_where_somebody_was_faster(logged_in, forum, draft, su):
    host = logged_in(su)
    told = filled(host.get(to("write-notice", forum.pk)))
    host.post(to("write-notice", forum.pk), told | {"opening": "先存下的"})

    late = host.post(to("write-notice", forum.pk), told | {"opening": "后来的"})

    assert late.status_code == 409
    assert "先存下的" in late.text
    assert "后来的" in late.text

    again = host.post(to("write-notice", forum.pk), filled(late))
    assert again.status_code == 302
    assert filled(host.get(to("write-notice", forum.pk)))["opening"] == "后来的"


def test_refusals_say_what_is_missing(logged_in, forum, draft, su):
    host = logged_in(su)

    nameless = host.post(to("issue-notice", forum.pk), {"number": "", "expected": "1"}, follow=True)
    assert "请填写编号" in nameless.text
    old = host.post(to("issue-notice", forum.pk), {"number": "1", "expected": "9"}, follow=True)
    assert "又有人改过" in old.text


def test_what_was_held_meanwhile_is_said_and_the_text_stays_in_the_form(
    logged_in, forum, draft, su
):
    host = logged_in(su)
    told = filled(host.get(to("write-notice", forum.pk)))
    close_forum(forum=forum, spoke=[], by=su.account, at=at(20, 18))

    refused = host.post(to("write-notice", forum.pk), told | {"opening": "太晚了"})

    assert "已经办完" in refused.text
    assert "太晚了" in refused.text


def test_a_day_that_changed_is_said_on_every_page_that_tells_another(
    logged_in, forum, issued, su, wu
):
    reader, host = logged_in(wu), logged_in(su)
    before = reader.get(to("forum", forum.pk)).text
    assert "通知里写的是" not in before

    moved(forum, su)

    said = "举办日期：通知里写的是2013 年 12 月 20 日，现在是2013 年 12 月 27 日。"
    assert said in reader.get(to("forum", forum.pk)).text
    assert said in reader.get(to("issued-notice", issued.pk)).text
    assert "另发一份通知" not in reader.get(to("forum", forum.pk)).text
    assert "另发一份通知" in host.get(to("forum", forum.pk)).text


def test_the_notice_that_takes_its_place_is_named_on_the_old_one(logged_in, forum, issued, su, wu):
    moved(forum, su)
    host = logged_in(su)
    host.post(to("notice", forum.pk))
    number = "讲坛通知〔2013〕2号"
    page = host.get(to("write-notice", forum.pk)).text
    assert number in page

    host.post(to("issue-notice", forum.pk), {"number": number, "expected": "1"})

    reader = logged_in(wu)
    old = reader.get(to("issued-notice", issued.pk)).text
    assert re.search(rf"这一份不再算数，请看<a [^>]+>{number}</a>", old)
    assert "通知里写的是" not in reader.get(to("forum", forum.pk)).text
    new = reader.get(to("notice", forum.pk), follow=True).text
    assert NUMBER in new.split("这一期发过的别的通知")[1]


def test_a_text_from_before_a_change_is_marked_while_it_is_written(logged_in, forum, draft, su):
    moved(forum, su)

    assert "写这一稿以后，安排又改过" in logged_in(su).get(to("write-notice", forum.pk)).text


def test_a_second_notice_without_a_change_is_refused_in_words(logged_in, forum, issued, su):
    answer = logged_in(su).post(to("notice", forum.pk), follow=True)

    assert "安排没有变" in answer.text


def test_what_is_not_begun_cannot_be_written_on(logged_in, forum, su):
    assert logged_in(su).get(to("write-notice", forum.pk)).status_code == 404


def test_after_the_forum_a_notice_is_history(logged_in, forum, issued, su):
    moved(forum, su)
    close_forum(forum=forum, spoke=[], by=su.account, at=at(27, 18))

    page = logged_in(su).get(to("forum", forum.pk)).text

    assert "读通知" in page
    assert "通知里写的是" not in page
    assert "另发一份通知" not in page
    assert "通知里写的是" not in logged_in(su).get(to("issued-notice", issued.pk)).text


def test_the_page_costs_the_same_however_many_notices(logged_in, costs, forum, issued, su):
    browser = logged_in(su)
    once = costs(browser, to("forum", forum.pk))
    for number, day in enumerate((26, 27, 28), start=2):
        call = call_of(forum.host, su, day=date(2013, 12, day))
        change_forum(forum=forum, call=call, at=at(4, 12))
        forum.refresh_from_db()
        version = begin(forum=forum, by=su.account, at=at(4, 12))
        issue(forum=forum, expected=1, number=f"通知{number}号", by=su.account, at=at(4, 12))

    assert version.is_issued is False
    assert costs(browser, to("forum", forum.pk)) == once


def test_the_search_finds_what_is_issued_by_its_title_and_its_number(forum, draft, su, wu):
    def found(*words):
        return {each.title for each in ROOM.search(wu.account, words, 9)}

    title = "关于举办校长讲坛“一校一品”的通知"
    assert title not in found("关于举办")
    issue(forum=forum, expected=1, number=NUMBER, by=su.account, at=at(4, 10))

    assert title in found("关于举办")
    assert title in found("讲坛通知〔2013〕")


def test_who_issues_on_the_site_finds_the_way_there(logged_in, forum, issued, lin, wu, su):
    assert "发布到门户" in logged_in(lin).get(to("issued-notice", issued.pk)).text
    assert "发布到门户" not in logged_in(wu).get(to("issued-notice", issued.pk)).text
    held = close_forum(forum=forum, spoke=[], by=su.account, at=at(20, 18))
    begin_proceedings(forum=held, by=su.account, at=at(20, 19))
    held.refresh_from_db()
    issue_proceedings(forum=held, expected=1, number="1号", by=su.account, at=at(20, 19))

    assert "发布到门户" in logged_in(lin).get(to("proceedings", forum.pk)).text
