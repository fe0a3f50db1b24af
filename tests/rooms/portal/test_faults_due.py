"""A fault that a reader told stands on the desk of whoever answers it, until it is answered."""

from datetime import timedelta

import pytest
from django.urls import reverse

from taihua.kernel.house import dues_of
from taihua.rooms.portal.actions.opinions import Sender
from taihua.rooms.portal.actions.upkeep import Wrong, answer_fault, tell_fault
from taihua.rooms.portal.room.upkeep import asked_of
from tests.factories import NINE, PersonFactory
from tests.rooms.portal.factories import published

TODAY = NINE.date()
IN_THREE_DAYS, LATE = TODAY + timedelta(days=3), TODAY + timedelta(days=4)


def told(article=None, text="第二段的日子写错了。", number=1):
    path = reverse("portal:article", args=[article.pk]) if article else "/portal/"
    wrong = Wrong(path=path, text=text, article=article)
    return tell_fault(wrong=wrong, sender=Sender(address=f"10.0.0.{number}"), at=NINE)


def asked(person, on=TODAY):
    return [due.topic for due in dues_of(person, on) if due.topic.startswith("portal/fault/")]


@pytest.fixture
def article(school, su):
    return published("开学检查", unit=school)


def test_it_says_what_is_wrong_where_by_when_and_leads_to_the_answer(shen, article):
    fault = told(article)

    [due] = dues_of(shen, TODAY)

    assert due.sentence == "读者说《开学检查》有错：“第二段的日子写错了。”，请改正并答复"
    assert (due.due, due.topic) == (IN_THREE_DAYS, f"portal/fault/{fault.pk}")
    assert due.url == reverse("portal:answer-fault", args=[fault.pk])


def test_it_stands_on_the_desk_and_is_gone_with_the_answer(logged_in, shen, article):
    fault = told(article)
    browser = logged_in(shen)
    assert "读者说《开学检查》有错" in browser.get("/").text

    browser.post(reverse("portal:answer-fault", args=[fault.pk]), {"answer": "改成四日了。"})

    assert "读者说《开学检查》有错" not in browser.get("/").text
    assert dues_of(shen, TODAY) == []


def test_whoever_drafted_it_is_asked_too_and_nobody_of_another_unit(shen, wu, zhou, article):
    article.drafter = zhou.account
    article.save()
    fault = told(article)

    assert asked(zhou) == asked(shen) == [f"portal/fault/{fault.pk}"]
    assert asked(wu) == []


def test_the_party_office_is_asked_only_when_nobody_answered_in_time(shen, su, article):
    fault = told(article)

    assert asked(su, IN_THREE_DAYS) == []
    assert asked(su, LATE) == asked(shen, LATE) == [f"portal/fault/{fault.pk}"]


def test_a_page_that_is_no_article_is_the_party_offices_at_once(shen, su):
    fault = told()

    [due] = [due for due in dues_of(su, TODAY) if due.topic == f"portal/fault/{fault.pk}"]

    assert "《/portal/》" in due.sentence
    assert asked(shen) == []


def test_a_page_taken_down_is_told_by_its_address(shen, article):
    told(article)
    article.live = None
    article.save()

    [due] = dues_of(shen, TODAY)
    assert f"《/portal/a/{article.pk}/》" in due.sentence


def test_of_many_the_five_oldest_are_asked_first(shen, su, article):
    faults = [told(article, f"第 {n} 处。", n) for n in range(7)]
    assert asked(shen) == [f"portal/fault/{each.pk}" for each in faults[:5]]

    answer_fault(fault=faults[0], answer="改了。", by=su.account, at=NINE)

    assert asked(shen) == [f"portal/fault/{each.pk}" for each in faults[1:6]]


@pytest.mark.parametrize("count", [1, 3, 30])
def test_many_cost_as_much_as_one(shen, article, count, django_assert_max_num_queries):
    for number in range(count):
        told(article, f"第 {number} 处。", number)

    with django_assert_max_num_queries(8):
        assert len(list(asked_of(shen, TODAY))) == min(count, 5)


def test_somebody_without_an_account_is_asked_nothing(article):
    told(article)

    assert dues_of(PersonFactory(), TODAY) == []
