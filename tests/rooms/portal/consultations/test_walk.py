"""The way of an opinion through the pages: a stranger sends it, it is answered, the final text follows."""

from datetime import timedelta

from django.urls import reverse

from taihua.base import clock
from taihua.rooms.portal.forms.consultations import time_token
from taihua.rooms.portal.models import Consultation, Opinion
from tests.rooms.portal.consultations.conftest import FINAL, LATER


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
    assert "<del>两</del><ins>三</ins>" in page
    assert "改成三所。" in page
    assert "采纳和部分采纳占 100%" in page
    assert "改成三所。" in client.get(to("receipt", opinion.receipt)).text
    assert client.get(f"{to('receipts')}?receipt={opinion.receipt.lower()}").status_code == 302
