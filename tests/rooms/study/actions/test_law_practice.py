from datetime import timedelta

import pytest

from taihua.kernel.records.queries import statements
from taihua.rooms.study.actions.law_bank import retire_question
from taihua.rooms.study.actions.law_practice import answer_question
from taihua.rooms.study.models import Card, PracticeAnswer
from taihua.rooms.study.queries.law_practice import due_cards, mastery_of, next_question
from tests.rooms.study.law import LATER, NOON, a_law, a_paper, a_quiz, a_reply, an_item, put, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def questions(db):
    a_law()
    return put(*(an_item(number) for number in (1, 2, 3)))


def practise(person, question, *, right=True, at=NOON):
    return answer_question(
        person=person, question=question, reply=a_reply(question, right=right), at=at
    )


def test_an_answer_is_told_right_or_wrong_and_sets_the_next_day(questions, wu):
    assert practise(wu, questions[0]).is_right
    assert not practise(wu, questions[1], right=False).is_right

    known, unknown = Card.objects.order_by("question")
    assert NOON < unknown.due_at < known.due_at


def test_practice_leaves_nothing_on_record(questions, wu):
    practise(wu, questions[0])

    assert not statements().exists()


def test_one_card_is_kept_however_often_it_is_practised(questions, wu):
    for back in range(3):
        practise(wu, questions[0], at=NOON + timedelta(days=back))

    assert Card.objects.count() == 1
    assert PracticeAnswer.objects.count() == 3


def test_what_is_due_comes_before_what_is_new_and_new_in_the_order_of_the_law(questions, wu):
    assert next_question(wu, NOON) == questions[0]
    practise(wu, questions[0], right=False)

    assert next_question(wu, NOON) == questions[1]
    assert next_question(wu, LATER) == questions[0]
    assert [card.question for card in due_cards(wu, LATER)] == [questions[0]]


def test_when_all_is_known_there_is_nothing_to_ask(questions, wu):
    for question in questions:
        practise(wu, question)

    assert next_question(wu, NOON) is None
    assert next_question(wu, LATER) is not None


def test_practice_keeps_to_the_law_asked_for_and_to_what_is_in_force(questions, wu):
    other = a_law("义务教育法", articles=63)
    (one,) = put(an_item(1, "义务教育法"))
    practise(wu, questions[0], right=False)

    assert next_question(wu, LATER, other) == one
    retire_question(question=questions[0], reason="旧题", at=NOON)
    assert next_question(wu, LATER) == questions[1]


def test_what_one_practises_another_does_not_see(questions, wu, lin):
    practise(wu, questions[0], right=False)

    assert not due_cards(lin, LATER).exists()
    assert [row.estimate.asked for row in mastery_of(lin, NOON)] == [0]
    assert next_question(lin, LATER) == questions[0]


def test_mastery_counts_the_first_answer_of_the_last_day(questions, wu):
    practise(wu, questions[0], right=False)
    practise(wu, questions[0], at=NOON + timedelta(minutes=5))
    practise(wu, questions[1], right=False)
    practise(wu, questions[1], at=NOON + timedelta(days=1))

    (row,) = mastery_of(wu, NOON + timedelta(days=1))

    assert (row.estimate.right, row.estimate.asked, row.questions) == (1, 2, 3)
    assert 0 < row.estimate.low < 0.5 < row.estimate.high < 1


def test_papers_handed_in_count_for_mastery_and_open_ones_do_not(questions, bureau, lin):
    words()
    law = questions[0].article.version.law
    first = a_quiz(bureau, [law], single=1)
    a_paper(lin, first, right=True)
    a_paper(lin, a_quiz(bureau, [law], single=3, title="又一场"))

    (row,) = mastery_of(lin, NOON)

    assert (row.estimate.right, row.estimate.asked) == (1, 1)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_mastery_costs_the_same_however_much_was_answered(wu, count, django_assert_num_queries):
    a_law()
    for question in put(*(an_item(number) for number in range(1, count + 1))):
        practise(wu, question)

    with django_assert_num_queries(6):
        mastery_of(wu, NOON)
