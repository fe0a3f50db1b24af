"""Every form of consultations, filled in wrongly: it says what happened and how to mend it, and keeps what was typed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from taihua.base import clock
from taihua.rooms.portal.actions.consultations import publish
from taihua.rooms.portal.actions.opinions import Answer, answer
from taihua.rooms.portal.forms.strangers import time_token
from taihua.rooms.portal.models import Consultation
from tests.factories import PersonFactory
from tests.rooms.portal.consultations.conftest import (
    FINAL,
    LATER,
    all_that_is_kept,
    letter,
    sent,
)

EMPTY = "这一项还空着"


def to(name, *args):
    return reverse(f"portal:{name}", args=args)


@pytest.fixture
def office(logged_in, su):
    return logged_in(su)


def refused(browser, way, fields, *told):
    """What the page says when it is sent so; nothing at all is changed, and what was typed stays."""
    before = all_that_is_kept()

    answered = browser.post(way, fields)

    assert answered.status_code == 200
    page = answered.text
    for words in told:
        assert words in page
    for typed in fields.values():
        assert str(typed) in page
    assert all_that_is_kept() == before
    return page


def filled(bureau, **changed):
    return {
        "title": "校服管理办法",
        "kind": "plan",
        "host": bureau.pk,
        "responsible": "苏禾",
        "explanation": "为什么要这份文件。",
        "draft": "第一条　统一订购。",
        "opens": "2013-12-04",
        "closes": "2014-01-20",
        "audience": "public",
        "naming": "either",
        **changed,
    }


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"title": ""}, EMPTY),
        ({"draft": ""}, EMPTY),
        ({"explanation": ""}, EMPTY),
        ({"title": "长" * 121}, "120"),
        ({"opens": "12月"}, "日期"),
        ({"responsible": "没有这人"}, "没有找到这个人，请写花名册上的姓名"),
        ({"responsible": "重名"}, "有几位同名的人，请在姓名后加括号写工号"),
        ({"responsible": "重名（没有）"}, "没有找到这个人"),
        ({"closes": "2013-12-04"}, "截止日期要在开始日期之后"),
        ({"closes": "2013-12-20"}, "期限缩短的，请写明原因，原因会公开"),
        ({"audience": "internal"}, "只在内部征求的，请选出哪些单位"),
        ({"email": "not an address"}, "邮"),
    ],
)
def test_a_draft_that_lacks_something(office, bureau, su, changed, told):
    for code in ("D1", "D2"):
        PersonFactory(name="重名", code=code)

    refused(office, to("new-consultation"), filled(bureau, **changed), told)


def test_of_two_with_one_name_the_code_tells(office, bureau, su):
    for code in ("D1", "D2"):
        PersonFactory(name="重名", code=code)

    office.post(to("new-consultation"), filled(bureau, responsible="重名(D2)"))

    assert Consultation.objects.get().responsible.code == "D2"


def test_internal_and_nameless_do_not_go_together(office, bureau, section, su):
    typed = filled(bureau, audience="internal", naming="anonymous")

    page = office.post(to("new-consultation"), typed | {"units": [section.pk]}).text

    assert "内部征求意见是实名的，请改署名一栏" in page
    assert not Consultation.objects.exists()


def test_a_draft_that_is_out_is_changed_in_the_final_text_only(office, out, bureau, su):
    told = "征求意见稿已经发出，不能再改；要改的写进最终文本"

    refused(office, to("change-consultation", out.pk), filled(bureau), told)
    page = office.post(to("send-out", out.pk), follow=True).text
    assert "征求意见稿已经发出，不用再发" in page


def test_what_a_draft_says_stands_in_the_form_again(office, bureau, su):
    office.post(to("new-consultation"), filled(bureau))
    made = Consultation.objects.get()

    page = office.get(to("change-consultation", made.pk)).text

    for words in ("校服管理办法", "苏禾（", "2013-12-04", "第一条　统一订购。"):
        assert words in page
    office.post(to("change-consultation", made.pk), filled(bureau, title="校服办法"))
    assert Consultation.objects.get().title == "校服办法"


def opinion(**fields):
    opened = time_token(clock.by_the_wall() - timedelta(seconds=10))
    return {"text": "请多建一所。", "since": opened, **fields}


def test_an_opinion_outside_of_its_days_is_told_which_they_are(client, out, settings):
    settings.TAIHUA_TODAY = LATER.date()
    told = "请在 2013 年 12 月 4 日 到 2014 年 1 月 6 日 里提"

    typed = {name: words for name, words in opinion().items() if name != "since"}
    before = all_that_is_kept()
    page = client.post(to("give-opinion", out.pk), opinion()).text

    assert told in page
    assert typed["text"] in page
    assert all_that_is_kept() == before


def test_an_opinion_that_must_bear_a_name_says_so(client, bureau, su):
    named = sent(bureau, su, naming="named")

    refused(client, to("give-opinion", named.pk), opinion(), EMPTY)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"text": ""}, EMPTY),
        ({"channel": ""}, EMPTY),
        ({"received_on": "2013-12-03"}, "收到的日子要在征求意见期间，不能晚于今天"),
        ({"received_on": "2013-12-05"}, "收到的日子要在征求意见期间，不能晚于今天"),
        ({"received_on": "哪天"}, "日期"),
    ],
)
def test_a_letter_that_lacks_something(office, out, fields, told):
    typed = {"channel": "letter", "received_on": "2013-12-04", "text": "来信说好。", "name": "赵某"}

    refused(office, to("enter-opinion", out.pk), typed | fields, told)


def test_a_letter_that_lacks_nothing_gets_its_receipt(office, out):
    typed = {"channel": "letter", "received_on": "2013-12-04", "text": "来信说好。"}

    page = office.post(to("enter-opinion", out.pk), typed, follow=True).text

    assert f"已录入，回执号 {out.opinions.get().receipt}" in page


def test_an_answer_without_its_reason(office, out, su):
    given = letter(out, su.account, "多建一所。", 2)

    refused(office, to("answer-opinion", given.pk), {"adoption": "declined", "reason": " "}, EMPTY)
    refused(office, to("answer-opinion", given.pk), {"adoption": "", "reason": "财力不够。"}, EMPTY)


def test_what_is_set_aside_is_answered_only_when_it_is_back_in(office, out, su):
    given = letter(out, su.account, "多建一所。", 2)
    refused(office, to("set-aside", given.pk), {"reason": " "}, EMPTY)
    office.post(to("set-aside", given.pk), {"reason": "是广告"})

    typed = {"adoption": "declined", "reason": "财力不够。"}

    refused(office, to("answer-opinion", given.pk), typed, "先恢复才能答复")


def test_what_is_answered_is_not_set_aside_but_answered_anew(office, out, su):
    given = letter(out, su.account, "多建一所。", 2)
    told = Answer(adoption="declined", reason="财力不够。")
    answer(opinion=given, answer=told, by=su.account, at=LATER)

    refused(office, to("set-aside", given.pk), {"reason": "是广告"}, "不能再收起来；可以改答复")
    assert "财力不够。" in office.get(to("answer-opinion", given.pk)).text


def test_a_final_text_too_early_or_of_nothing(office, out, settings):
    refused(
        office,
        to("final", out.pk),
        {"text": FINAL},
        "截止以后才能写最终文本；最后一天是 2014 年 1 月 6 日",
    )
    settings.TAIHUA_TODAY = LATER.date()

    refused(office, to("final", out.pk), {"text": ""}, EMPTY)


def test_a_source_that_the_draft_does_not_have(office, finished, settings):
    settings.TAIHUA_TODAY = LATER.date()
    first = finished.finals.get(position=1)

    refused(office, to("sources", finished.pk), {f"final-{first.pk}": "9"}, "稿子里没有第 9 段")


def test_publishing_with_something_missing_says_how_much(office, finished, su, settings):
    settings.TAIHUA_TODAY = LATER.date()
    letter(finished, su.account, "多建一所。", 2)

    page = refused(office, to("matrix", finished.pk), {}, "还差 1 件事")

    assert "还没有答复" in page


def test_a_look_back_too_early_or_in_no_words(office, finished, su, settings):
    settings.TAIHUA_TODAY = LATER.date()
    way = to("look-back", finished.pk)
    refused(office, way, {"text": "有用。"}, "公布以后才能回头看，只写一次")
    publish(consultation=finished, summary="", by=su.account, at=LATER)

    refused(office, way, {"text": " "}, EMPTY)

    told = office.post(way, {"text": "三所都开学了。"}, follow=True).text
    assert "三所都开学了。" in told
    refused(office, way, {"text": "又写一遍。"}, "只写一次")


def test_once_published_every_form_says_where_more_can_be_said(office, finished, su, settings):
    settings.TAIHUA_TODAY = LATER.date()
    given = letter(finished, su.account, "多建一所。", 2)
    told = Answer(adoption="declined", reason="财力不够。")
    answer(opinion=given, answer=told, by=su.account, at=LATER)
    publish(consultation=finished, summary="", by=su.account, at=LATER)
    typed = {"adoption": "declined", "reason": "再想想。"}
    said = "已经公布，不能再改；要补充的写在回头看里"

    refused(office, to("answer-opinion", given.pk), typed, said)
    refused(office, to("final", finished.pk), {"text": FINAL}, said)
    entered = {"channel": "letter", "received_on": "2013-12-04", "text": "来晚了。"}
    refused(office, to("enter-opinion", finished.pk), entered, "发出以后、公布以前才能录入意见")


@pytest.mark.parametrize("typed", ["", "0000-0000-0000-0000"])
def test_a_receipt_that_nobody_has(db, client, typed):
    page = client.get(to("receipts"), {"receipt": typed}).text

    assert "没有这个回执号的意见。请对照着再写一遍" in page
