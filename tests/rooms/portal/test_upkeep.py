"""Readers tell faults, and old pages are looked at again."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from taihua.base import clock
from taihua.rooms.portal.actions.articles import ArticleRefused
from taihua.rooms.portal.actions.opinions import MOST_A_DAY, Sender
from taihua.rooms.portal.actions.upkeep import (
    FaultRefused,
    Wrong,
    answer_fault,
    note_links,
    still_right,
    tell_fault,
)
from taihua.rooms.portal.enums import Rot
from taihua.rooms.portal.forms.strangers import time_token
from taihua.rooms.portal.models import (
    Column,
    PageFault,
    SenderMark,
)
from taihua.rooms.portal.queries import upkeep as queries
from taihua.rooms.portal.queries.links import Dead
from tests.factories import NINE
from tests.rooms.portal.factories import (
    ColumnFactory,
    published,
)

pytestmark = pytest.mark.django_db
HOSTS = ["edu.example"]


def to(name, *args):
    return reverse(f"portal:{name}", args=args)


def wrong(article=None, **told):
    path = to("article", article.pk) if article else to("front")
    return Wrong(**{"path": path, "text": "第二段的日子写错了。", "article": article, **told})


def told(article=None, address="10.0.0.1", **more):
    return tell_fault(wrong=wrong(article, **more), sender=Sender(address=address), at=NINE)


# --- faults ------------------------------------------------------------------------------------------


def test_a_reader_tells_a_fault_and_finds_the_answer_by_the_receipt(client, logged_in, su):
    article = published()
    page = client.get(to("article", article.pk)).text
    way = re.search(r'href="(/portal/fault/\?page=[^"]*)"', page)[1]
    assert article.live.title in client.get(way).text

    since = time_token(clock.by_the_wall() - timedelta(seconds=10))
    answer = client.post(way, {"text": "日子写错了。", "since": since}, follow=True)
    fault = PageFault.objects.get()
    assert (fault.article, fault.path) == (article, to("article", article.pk))
    assert fault.receipt in answer.text
    assert "编辑还没有答复" in answer.text

    office = logged_in(su)
    assert "1 处报错" in office.get(to("desk")).text
    assert "日子写错了。" in office.get(to("upkeep")).text
    office.post(to("answer-fault", fault.pk), {"answer": "已经改成四日。"})
    client.logout()
    assert "已经改成四日。" in client.get(to("fault", fault.receipt)).text


def test_a_fault_of_a_page_that_is_no_article_is_for_the_party_office(client, logged_in, su, shen):
    since = time_token(clock.by_the_wall() - timedelta(seconds=10))
    client.post(f"{to('tell-fault')}?page={to('front')}", {"text": "首页太慢。", "since": since})

    [fault] = PageFault.objects.all()
    assert fault.article is None
    assert "首页太慢。" in logged_in(su).get(to("upkeep")).text
    assert logged_in(shen).get(to("answer-fault", fault.pk)).status_code == 404
    assert to("front") in logged_in(su).get(to("answer-fault", fault.pk)).text


@pytest.mark.parametrize("page", ["", "/nothing/", "/org/", "/portal/a/999999/", "https://a.b/"])
def test_only_pages_of_the_public_site_can_be_told_of(client, page):
    assert client.get(to("tell-fault"), {"page": page}).status_code == 404


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"website": "http://spam"}, "这一栏是防广告的"),
        ({"since": "forged"}, "凭据丢了"),
        ({"text": ""}, "这一项还空着"),
    ],
)
def test_a_machine_is_told_so_and_nothing_typed_is_lost(client, fields, said):
    since = time_token(clock.by_the_wall() - timedelta(seconds=10))
    typed = {"text": "错。", "contact": "办公室", "since": since, **fields}
    answer = client.post(f"{to('tell-fault')}?page={to('front')}", typed)

    assert said in answer.text
    assert 'value="办公室"' in answer.text
    assert not PageFault.objects.exists()


def test_a_refusal_stands_in_the_form(client):
    for number in range(MOST_A_DAY):
        told(address="127.0.0.1", text=f"第 {number} 处。")
    since = time_token(clock.by_the_wall() - timedelta(seconds=10))
    answer = client.post(
        f"{to('tell-fault')}?page={to('front')}", {"text": "又一处。", "since": since}
    )

    assert "今天从您这里已经来了" in answer.text
    assert "又一处。" in answer.text


def test_one_address_tells_only_so_much_a_day_and_others_go_on():
    for number in range(MOST_A_DAY):
        told(text=f"第 {number} 处。")

    with pytest.raises(FaultRefused, match="今天从您这里"):
        told()
    assert told(address="10.0.0.2").pk
    assert not SenderMark.objects.filter(mark__contains="10.0.0").exists()


def test_the_same_form_sent_twice_is_one_fault():
    from_form = Sender(address="10.0.0.1", once="4f5c3b7e-0000-4000-8000-000000000001")
    first = tell_fault(wrong=wrong(), sender=from_form, at=NINE)

    assert tell_fault(wrong=wrong(), sender=from_form, at=NINE) == first
    assert PageFault.objects.count() == 1


def test_a_fault_says_something():
    with pytest.raises(FaultRefused, match="请写下哪里不对"):
        told(text=" ")


def test_a_fault_is_answered_in_words_by_those_who_edit_the_page(su, shen, wu, school):
    fault = told(published(unit=school))
    with pytest.raises(FaultRefused, match="不归您管"):
        answer_fault(fault=fault, answer="改了。", by=wu.account, at=NINE)
    with pytest.raises(FaultRefused, match="请写明改了什么"):
        answer_fault(fault=fault, answer=" ", by=shen.account, at=NINE)

    answer_fault(fault=fault, answer="改了。", by=shen.account, at=NINE)
    answered = answer_fault(fault=fault, answer="又改了一处。", by=su.account, at=NINE)

    assert (answered.answer, answered.answered_by) == ("又改了一处。", su.account)


def test_an_answer_that_is_refused_stands_in_the_form(logged_in, su):
    fault = told()

    page = logged_in(su).post(to("answer-fault", fault.pk), {"answer": "长" * 1001}).text

    assert "1000" in page
    assert PageFault.objects.get().answer == ""


def test_the_newest_unanswered_stand_above_what_was_answered(su):
    first, second = told(text="一"), told(text="二")
    answer_fault(fault=first, answer="改了。", by=su.account, at=NINE)

    assert list(queries.faults_for(su.account)) == [second, first]


# --- what nobody touched -----------------------------------------------------------------------------


def ages(days, **data):
    return published(at=NINE - timedelta(days=days), **data)


def test_a_page_is_old_when_its_column_says_so(su):
    standing, news = ColumnFactory(), ColumnFactory(stale_days=None)
    quick = ColumnFactory(stale_days=10)
    old, older = ages(366, column=standing), ages(400, column=standing)
    ages(364, column=standing)
    ages(3000, column=news)
    short = ages(11, column=quick)
    ages(3000, column=ColumnFactory(is_open=False))

    assert list(queries.stale_for(su.account, NINE)) == [older, old, short]


def test_a_page_that_was_looked_at_is_left_alone_for_as_long_again(shen, wu, school):
    article = ages(400, unit=school)
    assert list(queries.stale_for(shen.account, NINE)) == [article]
    with pytest.raises(ArticleRefused, match="不归您管"):
        still_right(article=article, by=wu.account, at=NINE)

    still_right(article=article, by=shen.account, at=NINE)

    assert list(queries.stale_for(shen.account, NINE)) == []
    assert list(queries.stale_for(shen.account, NINE + timedelta(days=366))) == [article]


def test_one_press_says_that_a_page_is_still_right(logged_in, shen, school):
    article = ages(400, unit=school)
    office = logged_in(shen)
    assert article.live.title in office.get(to("upkeep")).text

    page = office.post(to("still-right", article.pk), follow=True).text

    assert "已记下：看过，还对。" in page
    assert "没有久未动过的页面" in page


def test_a_page_that_is_not_public_cannot_be_called_right(logged_in, draft, shen):
    page = logged_in(shen).post(to("still-right", draft.pk), follow=True).text

    assert "还没有公开" in page


def test_how_long_is_set_with_the_column(logged_in, su):
    about = {"title": "办事指南", "slug": "guide", "place": 1, "is_open": "on"}
    office = logged_in(su)
    assert 'value="365"' in office.get(to("new-column")).text
    office.post(to("new-column"), {**about, "stale_days": 90})
    column = Column.objects.get(slug="guide")
    assert column.stale_days == 90
    assert 'value="90"' in office.get(to("change-column", column.pk)).text

    office.post(to("change-column", column.pk), about)

    assert Column.objects.get(slug="guide").stale_days is None


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_page_of_upkeep_costs_the_same_however_much_there_is(
    logged_in, su, django_assert_max_num_queries, count
):
    for number in range(count):
        article = ages(400 + number)
        told(article, address=f"10.0.0.{number}")
        note_links(dead=[Dead(article.pk, "/a/", Rot.MISSING)], links=1, outside=False, at=NINE)
    office = logged_in(su)
    office.get(to("upkeep"))

    with django_assert_max_num_queries(22):
        assert office.get(to("upkeep")).status_code == 200
