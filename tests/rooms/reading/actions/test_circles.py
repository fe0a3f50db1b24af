"""Reading together: one question a week, one answer each, nobody counted."""

import pytest

from taihua.kernel.records.queries import statements_of
from taihua.rooms.reading.actions.circles import (
    CircleRefused,
    answer_circle,
    ask_circle,
    change_circle,
    form_circle,
    take_back_answer,
)
from taihua.rooms.reading.models import Circle, WeeklyAnswer, WeeklyQuestion
from tests.rooms.reading.conftest import at


@pytest.fixture
def circle(shen, wu):
    return form_circle(keeper=shen, name="晨读", members=[wu])


def said(person):
    standing = statements_of(person)
    return [(each.verb.code, each.object_label) for each in standing if each.voids_id is None]


def test_a_circle_holds_its_keeper_and_a_name_once(shen, zhou, lin):
    circle = form_circle(keeper=shen, name="晨读", members=[zhou])
    with pytest.raises(CircleRefused, match="晨读"):
        form_circle(keeper=lin, name="晨读", members=[])

    assert set(circle.members.all()) == {shen, zhou}
    assert set(change_circle(circle=circle, members=[lin]).members.all()) == {shen, lin}
    assert Circle.objects.count() == 1


def test_any_member_asks_the_question_of_a_week(circle, wu, book):
    question = ask_circle(circle=circle, asker=wu, text="学是什么？", book=book, at=at(4))

    assert question.week.isoformat() == "2013-12-02"
    assert said(wu) == [("posed-question", "晨读")]


def test_a_week_has_one_question_and_the_next_week_another(circle, shen, wu):
    ask_circle(circle=circle, asker=wu, text="学是什么？", at=at(2))

    with pytest.raises(CircleRefused, match="吴江已经出了一问：学是什么？"):
        ask_circle(circle=circle, asker=shen, text="怎样学？", at=at(8))

    ask_circle(circle=circle, asker=shen, text="怎样学？", at=at(9))
    assert WeeklyQuestion.objects.count() == 2


def test_asked_twice_by_a_doubled_press_it_is_asked_once(circle, wu):
    for _each in range(2):
        ask_circle(circle=circle, asker=wu, text="学是什么？", at=at(4))

    assert len(said(wu)) == 1


def test_a_question_is_rewritten_until_somebody_answers(circle, shen, wu):
    ask_circle(circle=circle, asker=wu, text="学是什么？", at=at(4))
    question = ask_circle(circle=circle, asker=wu, text="何为学？", at=at(5))
    answer_circle(question=question, writer=shen, text="读和问。", at=at(5))

    with pytest.raises(CircleRefused, match="已经出了一问"):
        ask_circle(circle=circle, asker=wu, text="又改", at=at(6))

    question.refresh_from_db()
    assert question.text == "何为学？"
    assert said(wu) == [("posed-question", "晨读")]


def test_an_answer_is_rewritten_and_recorded_once(circle, shen, wu):
    question = ask_circle(circle=circle, asker=wu, text="学是什么？", at=at(4))
    for text in ("读。", "读和问。"):
        answer_circle(question=question, writer=shen, text=text, at=at(5))

    assert WeeklyAnswer.objects.get().text == "读和问。"
    assert said(shen) == [("answered-weekly", "晨读")]


def test_what_is_taken_back_is_gone_from_circle_and_record(circle, shen, wu):
    question = ask_circle(circle=circle, asker=wu, text="学是什么？", at=at(4))
    answer = answer_circle(question=question, writer=shen, text="读。", at=at(5))

    take_back_answer(answer=answer, at=at(6))

    assert not WeeklyAnswer.objects.exists()
    assert [s.verb.code for s in statements_of(shen) if not hasattr(s, "voided_by")] != [
        "answered-weekly"
    ]


def test_who_reads_elsewhere_neither_asks_nor_answers(circle, wu, lin):
    with pytest.raises(CircleRefused, match="不在“晨读”"):
        ask_circle(circle=circle, asker=lin, text="学是什么？", at=at(4))
    question = ask_circle(circle=circle, asker=wu, text="学是什么？", at=at(4))
    with pytest.raises(CircleRefused, match="不在“晨读”"):
        answer_circle(question=question, writer=lin, text="读。", at=at(4))

    assert said(lin) == []
