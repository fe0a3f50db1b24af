"""The circle's page: this week's question, what was said to it, and the weeks before."""

import pytest
from django.urls import reverse

from taihua.rooms.reading.actions.circles import answer_circle, ask_circle, form_circle
from taihua.rooms.reading.models import WeeklyAnswer, WeeklyQuestion
from tests.factories import NINE, PersonFactory
from tests.rooms.reading.conftest import at


@pytest.fixture
def circle(shen, wu):
    return form_circle(keeper=shen, name="晨读", members=[wu])


@pytest.fixture
def page(circle):
    return reverse("reading:circle", args=[circle.pk])


def test_a_week_without_a_question_says_whose_turn_it_is_and_lets_anybody_ask(
    logged_in, wu, page, book
):
    browser = logged_in(wu)
    assert "还没有人出题" in browser.get(page).text

    answer = browser.post(page, {"ask": "1", "text": "学是什么？", "book": book.pk}, follow=True)

    assert "小组里的人都看得到" in answer.text
    assert "学是什么？" in answer.text
    assert "《劝学》" in answer.text


def test_the_question_is_answered_and_the_answer_rewritten_and_taken_back(
    logged_in, shen, wu, circle, page
):
    ask_circle(circle=circle, asker=wu, text="学是什么？", at=NINE)
    browser = logged_in(shen)
    browser.post(page, {"text": "读。"})
    assert "改写我的回应" in browser.get(page).text

    assert "读和问。" in browser.post(page, {"text": "读和问。"}, follow=True).text
    answer = WeeklyAnswer.objects.get()
    address = reverse("reading:take-back-answer", args=[circle.pk, answer.pk])
    assert logged_in(wu).post(address).status_code == 404
    assert "已撤回" in browser.post(address, follow=True).text
    assert "还没有人回应" in browser.get(page).text


def test_who_asks_second_is_told_and_keeps_the_words(logged_in, shen, wu, circle, page):
    ask_circle(circle=circle, asker=wu, text="学是什么？", at=NINE)

    answer = logged_in(shen).post(page, {"ask": "1", "text": "我想好的一问"}).text

    assert "吴江已经出了一问" in answer
    assert "我想好的一问" in answer
    assert WeeklyQuestion.objects.get().text == "学是什么？"


def test_its_asker_finds_the_question_to_rewrite(logged_in, wu, circle, page):
    ask_circle(circle=circle, asker=wu, text="学是什么？", at=NINE)
    browser = logged_in(wu)
    assert "改写这一问" in browser.get(page).text
    assert "学是什么？</textarea>" in browser.get(f"{page}?rewrite=1").text

    browser.post(f"{page}?rewrite=1", {"ask": "1", "text": "何为学？"})

    assert WeeklyQuestion.objects.get().text == "何为学？"


@pytest.mark.parametrize("fields", [{"ask": "1", "text": ""}, {"ask": "1", "text": "问" * 501}])
def test_an_empty_or_endless_question_is_told_and_asks_nothing(logged_in, wu, page, fields):
    assert "还有几处要改" in logged_in(wu).post(page, fields).text
    assert not WeeklyQuestion.objects.exists()


def test_nobody_outside_the_circle_finds_it(logged_in, lin, zhou, su, zheng, circle, page, wu):
    question = ask_circle(circle=circle, asker=wu, text="学是什么？", at=NINE)
    answer = answer_circle(question=question, writer=wu, text="读。", at=NINE)
    address = reverse("reading:take-back-answer", args=[circle.pk, answer.pk])

    for person in (lin, zhou, su, zheng):
        assert logged_in(person).get(page).status_code == 404
        assert logged_in(person).post(page, {"text": "混进来"}).status_code == 404
        assert logged_in(person).post(address).status_code == 404


@pytest.mark.parametrize("weeks", [1, 3, 60])
def test_the_page_costs_the_same_however_many_weeks_and_answers(
    logged_in, shen, wu, circle, page, weeks, costs, book
):
    members = [wu, *(PersonFactory() for _each in range(min(weeks, 5)))]
    circle.members.add(*members)
    for number in range(weeks):
        question = WeeklyQuestion.objects.create(
            circle=circle,
            week=at(2).date().replace(year=2000 + number % 13, month=1 + number % 12),
            asker=wu,
            book=book,
            text="问",
            asked_at=NINE,
        )
        for person in members:
            answer_circle(question=question, writer=person, text="答", at=NINE)

    assert costs(logged_in(shen), page) <= 16
