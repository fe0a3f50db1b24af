from collections import Counter
from datetime import date, timedelta

import pytest

from taihua.kernel.records.queries import statements
from taihua.rooms.study.actions.law_bank import REPLACED, put_items, retire_question
from taihua.rooms.study.actions.law_quizzes import (
    QuizRefused,
    Reply,
    Setting,
    hand_in,
    made_again,
    open_paper,
    save_draft,
    set_quiz,
    withdraw_quiz,
)
from taihua.rooms.study.models import LawQuestion, Paper, PaperAnswer, Quiz, QuizGroup
from taihua.rooms.study.queries.law_quizzes import answers_of, task_of
from taihua.rooms.study.room.law_dues import quizzes_owed
from tests.rooms.study.law import (
    DUE,
    LATER,
    NOON,
    SET,
    a_law,
    a_paper,
    a_quiz,
    a_version,
    an_item,
    put,
    replies,
    some_items,
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


def questions_of(paper):
    return list(answers_of(paper).values_list("question", flat=True))


# --- setting -------------------------------------------------------------------------------------


def test_a_quiz_is_planned_by_law_kind_and_difficulty(bureau, lin):
    first, second = a_law(), a_law("义务教育法", articles=63)
    put(*some_items(16), *some_items(16, "义务教育法"))

    quiz = a_quiz(bureau, [first, second], wanted={"single": 4, "truth": 2, "fill": 0})

    assert Counter((p.law, p.kind) for p in quiz.parts.all() for _ in range(p.count)) == {
        (first, "single"): 2,
        (second, "single"): 2,
        (first, "truth"): 1,
        (second, "truth"): 1,
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"laws": []}, "至少选一部"),
        ({"wanted": {"single": 0}}, "各题型出几题"),
        ({"groups": []}, "谁来测验"),
        ({"due_date": date(2013, 10, 1)}, "不能早于布置日期"),
        ({"wanted": {"single": 11}}, "单选题只有 10 题，不够 11 题"),
        ({"wanted": {"fill": 1}}, "填空题只有 0 题"),
        ({"title": "教师法测验"}, "“教师法测验”已经布置过"),
    ],
)
def test_a_quiz_that_cannot_be_is_refused_and_nothing_is_kept(quiz, bureau, change, said):
    told = {"laws": list(quiz.laws.all()), "groups": [QuizGroup(tier="staff")], **change}
    setting = Setting(
        **{
            "title": "不成的测验",
            "setter": bureau,
            "set_date": SET,
            "due_date": DUE,
            "pass_percent": 80,
            "wanted": {"single": 1},
            **told,
        }
    )

    with pytest.raises(QuizRefused, match=said):
        set_quiz(setting=setting, at=NOON)

    assert Quiz.objects.get() == quiz


def test_a_quiz_on_a_change_asks_only_what_was_changed(bureau, lin):
    words()
    law = a_law()
    version = a_version(law, date(2013, 12, 1), changed={3, 4})
    put(*(an_item(number) for number in range(1, 11)), at=NOON)

    quiz = a_quiz(bureau, [law], single=2, version=version)
    paper = a_paper(lin, quiz)

    asked = LawQuestion.objects.filter(pk__in=questions_of(paper))
    assert sorted(question.article.number for question in asked) == [3, 4]
    with pytest.raises(QuizRefused, match="只有 2 题"):
        a_quiz(bureau, [law], single=3, version=version)


def test_a_withdrawn_quiz_is_owed_by_nobody(quiz, lin):
    with pytest.raises(QuizRefused, match="写明撤回的原因"):
        withdraw_quiz(quiz=quiz, reason="", at=NOON)
    withdraw_quiz(quiz=quiz, reason="布置错了", at=NOON)

    assert list(quizzes_owed(lin, TODAY)) == []
    with pytest.raises(QuizRefused, match="已经撤回"):
        withdraw_quiz(quiz=quiz, reason="再撤", at=NOON)
    with pytest.raises(QuizRefused, match="没有布置给您，或者已经撤回"):
        open_paper(taker=lin, quiz=quiz, seed=1, at=NOON)


# --- taking --------------------------------------------------------------------------------------


def test_a_paper_once_begun_is_gone_on_with(quiz, lin):
    first = open_paper(taker=lin, quiz=quiz, seed=1, at=NOON)
    second = open_paper(taker=lin, quiz=quiz, seed=2, at=LATER)

    assert first == second
    assert Paper.objects.count() == 1


def test_a_draft_keeps_what_was_answered_and_marks_nothing(quiz, lin):
    paper = a_paper(lin, quiz)

    save_draft(paper=paper, replies={1: Reply([1, 1])})
    save_draft(paper=paper, replies={2: Reply([0])})

    assert [answer.chosen for answer in answers_of(paper)] == [[1], [0]]
    assert not PaperAnswer.objects.filter(is_right__isnull=False).exists()
    assert not statements().exists()


def test_a_page_left_open_elsewhere_takes_no_answer_back(quiz, lin):
    paper = a_paper(lin, quiz)
    save_draft(paper=paper, replies={1: Reply([1])})

    save_draft(paper=paper, replies={1: Reply(), 2: Reply([0])})

    assert [answer.chosen for answer in answers_of(paper)] == [[1], [0]]


def test_what_was_written_or_ticked_can_be_cleared(bureau, lin):
    words()
    law = a_law()
    put(*some_items(8))
    quiz = a_quiz(bureau, [law], wanted={"several": 1, "fill": 1})
    paper = a_paper(lin, quiz)
    save_draft(paper=paper, replies=replies(paper))

    save_draft(paper=paper, replies={1: Reply(), 2: Reply()})

    assert [answer.said for answer in answers_of(paper)] == [[], []]


def test_a_paper_that_falls_short_is_not_on_record(quiz, lin):
    paper = a_paper(lin, quiz, right=False)

    assert (paper.right_count, paper.passed) == (0, False)
    assert not statements().exists()
    assert task_of(lin, quiz, TODAY).failed


def test_a_resit_asks_other_questions_of_the_same_make_up(quiz, lin):
    first = a_paper(lin, quiz, right=False)
    second = a_paper(lin, quiz, seed=7)

    assert second.number == 2
    assert not set(questions_of(first)) & set(questions_of(second))
    assert len(questions_of(second)) == 2


def test_passing_is_recorded_once_and_no_more_papers_are_given(quiz, lin):
    a_paper(lin, quiz, right=False)
    paper = a_paper(lin, quiz, right=True)

    statement = statements().get()
    assert paper.passed
    assert (statement.person, statement.verb.code, statement.object_label) == (
        lin, "passed-law-quiz", "《教师法》",
    )  # fmt: skip
    assert (statement.context, statement.result) == (None, None)
    with pytest.raises(QuizRefused, match="已经通过"):
        open_paper(taker=lin, quiz=quiz, seed=3, at=NOON)


def test_a_paper_is_handed_in_once(quiz, lin):
    paper = a_paper(lin, quiz, right=True)

    with pytest.raises(QuizRefused, match="已经交了"):
        hand_in(paper=paper, replies=replies(paper), at=NOON)
    with pytest.raises(QuizRefused, match="已经交了"):
        save_draft(paper=paper, replies={})
    assert statements().count() == 1


def test_what_is_left_open_is_wrong(quiz, lin):
    paper = hand_in(paper=a_paper(lin, quiz), replies={}, at=NOON)

    assert (paper.right_count, paper.passed) == (0, False)


@pytest.mark.parametrize(("right", "passed"), [(3, False), (4, True)])
def test_the_line_decides(bureau, lin, right, passed):
    words()
    law = a_law()
    put(*(an_item(number) for number in range(1, 11)))
    quiz = a_quiz(bureau, [law], single=5)
    paper = a_paper(lin, quiz)
    told = {position: reply for position, reply in replies(paper).items() if position <= right}

    assert hand_in(paper=paper, replies=told, at=NOON).passed is passed


def test_every_kind_of_question_is_marked(bureau, lin):
    words()
    law = a_law()
    put(*some_items(8))
    quiz = a_quiz(bureau, [law], wanted={"single": 1, "several": 1, "truth": 1, "fill": 1})

    assert a_paper(lin, quiz, right=True).right_count == 4


def test_who_is_not_asked_gets_no_paper(quiz, wu):
    with pytest.raises(QuizRefused, match="没有布置给您"):
        open_paper(taker=wu, quiz=quiz, seed=1, at=NOON)


def test_a_bank_that_has_shrunk_is_told_and_gives_no_paper(quiz, lin):
    for question in LawQuestion.objects.all():
        retire_question(question=question, reason="旧题", at=NOON)

    with pytest.raises(QuizRefused, match="只有 0 题"):
        open_paper(taker=lin, quiz=quiz, seed=1, at=NOON + timedelta(minutes=1))
    assert not Paper.objects.exists()


# --- the same paper again ------------------------------------------------------------------------


def test_a_paper_is_made_again_from_its_seed_and_the_bank_of_its_moment(quiz, lin):
    first = a_paper(lin, quiz, seed=11, right=False)
    second = a_paper(lin, quiz, seed=12)
    told = [(questions_of(paper), paper.stock_print) for paper in (first, second)]
    later = NOON + timedelta(days=1)
    put_items([an_item(20), an_item(1, stem="换一种问法？")], at=later, by=None)
    retire_question(question=LawQuestion.objects.get(code="教师法-5"), reason="旧题", at=later)
    a_version(quiz.laws.get(), date(2013, 12, 5), changed={1}, at=later)

    assert [made_again(paper) for paper in (first, second)] == told
    assert LawQuestion.objects.filter(retired_because=REPLACED).count() == 1


def test_two_people_have_different_papers_of_the_same_make_up(quiz, lin, zhou):
    one, other = a_paper(lin, quiz, seed=1), a_paper(zhou, quiz, seed=5)

    assert questions_of(one) != questions_of(other)
    assert len(questions_of(one)) == len(questions_of(other))
