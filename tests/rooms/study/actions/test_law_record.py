from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from taihua.base.ledger import State
from taihua.kernel.house import figures
from taihua.kernel.measures.queries import value
from taihua.kernel.records.queries import statements
from taihua.kernel.rules.queries import explanation
from taihua.rooms.study.actions.law_quizzes import hand_in, withdraw_quiz
from taihua.rooms.study.models import Paper, Quiz, QuizGroup, QuizPart
from taihua.rooms.study.queries.law_audience import (
    is_asked,
    passed_by,
    people_asked,
    quizzes_for,
)
from taihua.rooms.study.queries.law_quizzes import task_of, tasks_of
from taihua.rooms.study.room.law_dues import quizzes_owed
from taihua.rooms.study.room.ledgers import LAW
from tests.factories import TermFactory, in_force
from tests.rooms.study.law import (
    DUE,
    NOON,
    SET,
    a_law,
    a_paper,
    a_quiz,
    an_item,
    put,
    words,
)

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


@pytest.fixture
def quiz(bureau, lin, zhou):
    """A quiz of two questions for the leadership and the middle cadres; the bank has ten of them."""
    words()
    law = a_law()
    put(*(an_item(number) for number in range(1, 11)))
    return a_quiz(bureau, [law])


# --- on record -----------------------------------------------------------------------------------


def row(person, day, topic="《教师法》"):
    return {"person": person.name, "unit": None, "day": day, "topic": topic}


def test_a_passed_paper_is_the_same_row_as_an_imported_one(quiz, lin, zhou):
    a_paper(lin, quiz, right=True)
    rows = list(LAW.store.rows(None))

    plan = LAW.store.plan([*rows, row(zhou, TODAY)])
    LAW.store.apply(plan, None, NOON)

    assert [step.state for step in plan.steps] == [State.SAME, State.NEW]
    own, imported = statements().get(person=lin), statements().get(person=zhou)
    for name in ("verb", "kind", "object_path", "object_label", "hundredths", "context", "result"):
        assert getattr(own, name) == getattr(imported, name)


def test_figure_and_rule_count_a_paper_as_they_count_an_imported_row(quiz, lin, zhou):
    in_force(
        "haizhou.law-study",
        verbs=["passed-law-quiz"],
        count="statements",
        every="year",
        audience={"tiers": ["leadership", "middle"]},
    )
    a_paper(lin, quiz, right=True)
    LAW.store.apply(LAW.store.plan([row(zhou, TODAY)]), None, NOON)

    first, last = date(2013, 1, 1), date(2013, 12, 31)
    assert value(figures()["study.law_quiz"], first=first, last=last).number == 2
    states = {
        person: explanation("haizhou.law-study", person, "2013", TODAY).state
        for person in (lin, zhou)
    }
    assert len(set(states.values())) == 1
    assert set(states.values()) == {"done"}


def test_an_imported_row_closes_the_quiz_too(quiz, lin):
    assert [due.act for due in quizzes_owed(lin, TODAY)] == ["去测验"]

    LAW.store.apply(LAW.store.plan([row(lin, date(2013, 11, 20))]), None, NOON)

    assert list(quizzes_owed(lin, TODAY)) == []
    assert passed_by([quiz], [lin]) == {(quiz.pk, lin.pk)}


def test_passing_one_quiz_is_not_passing_another_on_the_same_law(quiz, bureau, lin):
    other = a_quiz(bureau, list(quiz.laws.all()), title="又一场")

    a_paper(lin, quiz, right=True)

    assert passed_by([quiz, other], [lin]) == {(quiz.pk, lin.pk)}
    assert a_paper(lin, other, right=True).passed
    assert statements().count() == 2


@pytest.mark.parametrize(
    ("day", "topic"), [(date(2013, 10, 31), "《教师法》"), (date(2013, 11, 20), "《义务教育法》")]
)
def test_what_was_passed_before_or_on_another_law_does_not(quiz, lin, day, topic):
    LAW.store.apply(LAW.store.plan([row(lin, day, topic)]), None, NOON)

    assert len(list(quizzes_owed(lin, TODAY))) == 1


def test_the_desk_says_where_a_paper_stands(quiz, lin):
    said = [due.sentence for due in quizzes_owed(lin, TODAY)]
    paper = a_paper(lin, quiz)
    said += [due.sentence for due in quizzes_owed(lin, TODAY)]
    hand_in(paper=paper, replies={}, at=NOON)
    said += [due.sentence for due in quizzes_owed(lin, TODAY)]

    assert said == [
        "学法测验“教师法测验”还没考",
        "学法测验“教师法测验”答了一半",
        "学法测验“教师法测验”还没通过，可以换一份卷子再考",
    ]


# --- whom it is set ------------------------------------------------------------------------------


def test_whom_a_quiz_is_set_is_the_same_asked_either_way(
    bureau, section, school, lin, zhou, shen, wu
):
    law = a_law()
    put(*(an_item(number) for number in range(1, 4)))
    groups = [
        [QuizGroup(tier="leadership")],
        [QuizGroup(tag="teacher")],
        [QuizGroup(unit=bureau)],
        [QuizGroup(tag="teacher", unit=school), QuizGroup(tier="middle", unit=section)],
        [QuizGroup(tier="leadership", tag="teacher")],
    ]
    quizzes = [
        a_quiz(bureau, [law], groups=each, title=f"第 {n} 场") for n, each in enumerate(groups)
    ]
    everybody = [lin, zhou, shen, wu]

    asked = [{person.pk for person in people_asked(quiz, TODAY)} for quiz in quizzes]

    for person in everybody:
        mine = {quiz.pk for quiz in quizzes_for(person, TODAY)}
        assert mine == {
            quiz.pk for quiz, people in zip(quizzes, asked, strict=True) if person.pk in people
        }
        assert mine == {quiz.pk for quiz in quizzes if is_asked(quiz, person, TODAY)}
    assert asked[0] == {lin.pk}
    assert asked[3] == {shen.pk, zhou.pk}
    assert asked[4] == set()


def test_who_came_after_the_due_day_owes_nothing(quiz, wu, posts, bureau):
    TermFactory(person=wu, post=posts["局长"], unit=bureau, first_day=DUE + timedelta(days=1))

    assert quizzes_for(wu, DUE + timedelta(days=10)) == []


def test_before_it_is_set_nobody_owes_it(quiz, lin):
    assert tasks_of(lin, SET - timedelta(days=1)) == []
    assert task_of(lin, quiz, SET - timedelta(days=1)) is None


def test_of_a_quiz_withdrawn_meanwhile_no_paper_is_opened(quiz, lin):
    withdraw_quiz(quiz=Quiz.objects.get(pk=quiz.pk), reason="题目有误", at=NOON)

    assert quiz.withdrawn_at is None  # as a page read it just before
    assert task_of(lin, quiz, TODAY) is None


def test_a_quiz_passed_last_year_is_not_shown_any_more(quiz, lin):
    a_paper(lin, quiz, right=True)

    assert [task.is_passed for task in tasks_of(lin, TODAY)] == [True]
    assert tasks_of(lin, date(2014, 1, 5)) == []


# --- constraints ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [{"number": 1, "seed": 9}, {"number": 2}, {"number": 3, "handed_in_at": NOON}],
)
def test_the_database_refuses_papers_that_cannot_be(quiz, lin, change):
    a_paper(lin, quiz)
    told = {"quiz": quiz, "taker": lin, "seed": 1, "drawn_at": NOON, "stock_print": "x", **change}

    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.create(**told)


def test_the_database_refuses_a_part_that_asks_nothing(quiz):
    law = quiz.laws.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        QuizPart.objects.create(quiz=quiz, law=law, kind="fill", difficulty="easy", count=0)
