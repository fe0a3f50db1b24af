"""The way of an opinion through the pages: a stranger sends it, it is answered, the final text follows."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from taihua.base import clock
from taihua.rooms.portal.forms.strangers import time_token
from taihua.rooms.portal.models import Consultation, Opinion, Response
from taihua.rooms.portal.views.consultations.public import address_of
from tests.rooms.portal.consultations.conftest import FINAL, LATER, letter, sent


def to(name, *args):
    return reverse(f"portal:{name}", args=args)


def ago(**passed):
    return time_token(clock.by_the_wall() - timedelta(**passed))


def say(browser, consultation, **fields):
    told = {"text": "请多建一所。", "since": ago(seconds=10), **fields}
    return browser.post(to("give-opinion", consultation.pk), told, follow=True)


def test_the_whole_way(client, logged_in, out, su, settings):
    second = out.clauses.get(position=2)
    page = client.get(to("consultation", out.pk)).text
    assert "还有 34 天" in page
    assert f"opinion/?clause={second.pk}" in page

    answer = say(client, out, clause=second.pk)
    opinion = Opinion.objects.get()
    assert "意见已收到" in answer.text
    assert opinion.receipt in answer.text
    assert opinion.clause == second

    settings.TAIHUA_TODAY = LATER.date()
    officer = logged_in(su)
    officer.post(to("final", out.pk), {"text": FINAL})
    page = officer.get(to("matrix", out.pk)).text
    assert "还差 1 件事" in page
    assert "还没有答复" in page

    officer.post(
        to("answer-opinion", opinion.pk),
        {"adoption": "adopted", "reason": "改成三所。", "changed": out.clauses.get(position=1).pk},
    )
    assert "最终文本里这一条没有变" in officer.get(to("matrix", out.pk)).text
    officer.post(to("matrix", out.pk), {"summary": ""})
    assert Consultation.objects.get().published_on is None
    officer.post(
        to("answer-opinion", opinion.pk),
        {"adoption": "adopted", "reason": "改成三所。", "changed": second.pk},
    )
    officer.post(to("matrix", out.pk), {"summary": "谢谢。"})

    page = client.get(to("outcome", out.pk)).text
    assert re.search(r"<del\s*>两</del\s*><ins\s*>三</ins", page)
    assert "改成三所。" in page
    assert "采纳和部分采纳占 100%" in page
    assert "改成三所。" in client.get(to("receipt", opinion.receipt)).text
    assert client.get(f"{to('receipts')}?receipt={opinion.receipt.lower()}").status_code == 302


def test_whoever_has_said_where_clauses_come_from_stands_before_the_matrix(
    logged_in, finished, su, settings
):
    settings.TAIHUA_TODAY = LATER.date()
    new = finished.finals.get(position=2)
    named = {f"final-{each.pk}": each.position for each in finished.finals.all()}

    answer = logged_in(su).post(to("sources", finished.pk), {**named, f"final-{new.pk}": ""})

    assert answer.url == to("matrix", finished.pk)
    assert list(new.sources.all()) == []


# --- who sees what -----------------------------------------------------------------------------------


def test_a_draft_is_for_its_host_alone_until_its_first_day(client, logged_in, bureau, su, wu):
    ahead = sent(bureau, su, opens=date(2013, 12, 10), closes=date(2014, 1, 20))

    assert client.get(to("consultation", ahead.pk)).status_code == 404
    assert logged_in(wu).get(to("consultation", ahead.pk)).status_code == 404
    assert logged_in(su).get(to("consultation", ahead.pk)).status_code == 200
    assert ahead.title not in client.get(to("consultations")).text


def test_an_internal_one_is_for_the_chosen_units(client, logged_in, bureau, section, su, zhou, wu):
    inside = sent(bureau, su, audience="internal", units=[section], kind="ordinary")

    assert client.get(to("consultation", inside.pk)).status_code == 404
    assert client.get(to("give-opinion", inside.pk)).status_code == 404
    assert logged_in(wu).get(to("consultation", inside.pk)).status_code == 404
    assert inside.title not in logged_in(wu).get(to("consultations")).text
    assert inside.title in logged_in(zhou).get(to("consultations")).text
    assert "意见已收到" in say(logged_in(zhou), inside).text
    assert Opinion.objects.get().person == zhou


@pytest.mark.parametrize(
    "page", ["change-consultation", "opinions", "enter-opinion", "final", "sources", "matrix"]
)
def test_another_units_clerk_finds_no_officers_page(logged_in, out, shen, page):
    assert logged_in(shen).get(to(page, out.pk)).status_code == 404


def test_the_one_who_is_responsible_answers_without_keeping_ledgers(logged_in, bureau, su, zhou):
    made = sent(bureau, su, audience="internal", units=[bureau], responsible=zhou, kind="ordinary")
    opinion = letter(made, su.account, "多建一所。")
    browser = logged_in(zhou)

    for page in ("opinions", "matrix", "look-back"):
        assert browser.get(to(page, made.pk)).status_code == 200
    told = {"adoption": "declined", "reason": "财力不够。"}
    browser.post(to("answer-opinion", opinion.pk), told)

    assert Response.objects.get().answered_by == zhou.account
    assert browser.get(to("new-consultation")).status_code == 403


def test_opinions_and_names_are_seen_by_nobody_before_publication(client, out, su):
    letter(out, su.account, "这句话先不公开。", 2)

    assert "这句话先不公开" not in client.get(to("consultation", out.pk)).text
    assert client.get(to("outcome", out.pk)).status_code == 404


def test_an_answer_stands_on_the_receipt_only_once_it_is_published(
    client, logged_in, finished, su, settings
):
    settings.TAIHUA_TODAY = LATER.date()
    opinion = letter(finished, su.account, "多建。", 2)
    browser = logged_in(su)
    told = {"adoption": "declined", "reason": "财力不够。", "changed": ""}
    browser.post(to("answer-opinion", opinion.pk), told)
    assert "财力不够" not in client.get(to("receipt", opinion.receipt)).text

    browser.post(to("matrix", finished.pk), {"summary": ""})

    assert "财力不够" in client.get(to("receipt", opinion.receipt)).text
    page = client.get(to("outcome", finished.pk)).text
    assert "多建。" in page
    assert "赵某" not in page


# --- spam --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"website": "http://spam"}, "这一栏是防广告的"),
        ({"since": ago(hours=-1)}, "发得太快"),
        ({"since": ago(days=2)}, "打开超过一天"),
        ({"since": "forged"}, "凭据丢了"),
        ({"text": "长" * 2001}, "2000"),
        ({"text": ""}, "这一项还空着"),
    ],
)
def test_what_looks_like_a_machine_is_told_and_loses_nothing(client, out, fields, told):
    answer = say(client, out, **{"name": "赵某", **fields})

    assert told in answer.text
    assert 'value="赵某"' in answer.text
    assert not Opinion.objects.exists()


def test_a_page_that_lay_too_long_is_sent_at_the_second_press(client, out):
    answer = say(client, out, since=ago(days=2))
    since = re.search(r'name="since" value="([^"]+)"', answer.text)[1]

    assert since != ago(days=2)
    assert "超过" not in say(client, out, since=since).text  # too quick now, but no longer too old


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "1.1.1.1", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"),
        (2, "1.1.1.1, 10.0.0.1", "1.1.1.1"),
        (2, "1.1.1.1", "127.0.0.1"),
    ],
)
def test_senders_are_told_apart_behind_our_proxy_and_cannot_choose_their_address(
    rf, settings, proxies, forwarded, seen
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}

    assert address_of(rf.get("/", headers=headers)) == seen
