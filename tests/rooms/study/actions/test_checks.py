"""Check questions: what the group learnt is shown, and nobody's own result can be."""

from datetime import date, timedelta

import pytest

from taihua.kernel.org.models import Person
from taihua.rooms.study.actions.checks import CheckRefused, Question, answer_check, set_questions
from taihua.rooms.study.models import CheckSheet
from taihua.rooms.study.queries.checks import change_of, is_asked, token_of
from tests.factories import PersonFactory, TermFactory
from tests.rooms.study.sessions import SET_AT, hold, moment, set_on

DAY = date(2013, 11, 12)
OVER = DAY + timedelta(days=15)
BEFORE, AFTER = moment(DAY, 8), moment(DAY + timedelta(days=3))
ASKED = (Question("先看什么？", ("现场", "汇报"), 0), Question("减什么？", ("检查", "上课"), 0))


@pytest.fixture
def six(leaders, bureau, posts) -> list[Person]:
    more = [PersonFactory(code=f"m{n}", name=f"某{n}") for n in range(2)]
    for person in more:
        TermFactory(person=person, post=posts["局长"], unit=bureau)
    return [*leaders, *more]


@pytest.fixture
def session(committee, six, lin, su):
    session = set_on(committee, DAY, lin, su.account)
    set_questions(session=session, questions=ASKED, at=SET_AT)
    return session


def answer(session, person, *answers, at=BEFORE):
    return answer_check(session=session, person=person, answers=answers, at=at)


def test_the_group_is_shown_its_change_once_five_answered_both(session, six, su):
    for person in six[:5]:
        answer(session, person, 1, 0)
    session = hold(session, su.account)
    for person in six[:4]:
        answer(session, person, 0, 0, at=AFTER)
    assert change_of(session, OVER) is None

    answer(session, six[4], 0, 0, at=AFTER)
    answer(session, six[5], 0, 0, at=AFTER)  # after only: not a pair

    found = change_of(session, OVER)
    assert (found.pairs, found.before, found.after) == (5, 0.5, 1.0)


def test_while_answers_are_taken_nobody_can_work_out_the_next_one(session, six, su):
    for person in six[:5]:
        answer(session, person, 1, 0)
    session = hold(session, su.account)
    for person in six[:5]:
        answer(session, person, 0, 0, at=AFTER)

    assert change_of(session, DAY + timedelta(days=14)) is None
    assert change_of(session, OVER) is not None


def test_a_sheet_says_nothing_of_who_when_or_which_answer(session, lin):
    answer(session, lin, 0, 1)

    fields = {field.name for field in CheckSheet._meta.get_fields()}
    assert fields == {"id", "session", "phase", "token", "right", "asked"}
    sheet = CheckSheet.objects.get()
    assert (sheet.right, sheet.asked) == (1, 2)
    assert str(lin.pk) != sheet.token
    assert len(sheet.token) == 64


def test_a_token_hangs_on_person_session_and_key(session, committee, lin, su, settings):
    other = set_on(committee, date(2013, 11, 26), lin)
    tokens = {token_of(session, lin), token_of(session, su), token_of(other, lin)}
    settings.SECRET_KEY = "another"
    tokens.add(token_of(session, lin))

    assert len(tokens) == 4


def test_each_sheet_is_answered_once(session, lin):
    answer(session, lin, 0, 0)

    with pytest.raises(CheckRefused, match="已经答过"):
        answer(session, lin, 0, 0)

    assert is_asked(session, lin, BEFORE) is None


def test_only_those_expected_answer_and_only_in_time(session, lin, wu, su):
    with pytest.raises(CheckRefused, match="没有安排您"):
        answer(session, wu, 0, 0)
    with pytest.raises(CheckRefused, match="现在没有要答的题"):
        answer(session, lin, 0, 0, at=moment(DAY, 12))
    held = hold(session, su.account)
    with pytest.raises(CheckRefused, match="现在没有要答的题"):
        answer(held, lin, 0, 0, at=moment(DAY + timedelta(days=15)))

    assert not CheckSheet.objects.exists()


@pytest.mark.parametrize(
    ("questions", "at", "said"),
    [
        (ASKED, moment(DAY, 10), "学习已经开始"),
        (ASKED * 6, SET_AT, "最多出 10 道题"),
        ([Question("一个选项", ("甲",), 0)], SET_AT, "至少两个选项"),
        ([Question("没有正确的", ("甲", "乙"), 2)], SET_AT, "至少两个选项"),
    ],
)
def test_questions_that_cannot_be_asked_are_refused(session, questions, at, said):
    with pytest.raises(CheckRefused, match=said):
        set_questions(session=session, questions=questions, at=at)

    assert session.questions.count() == 2


def test_questions_stay_once_somebody_answered(session, lin):
    answer(session, lin, 0, 0)

    with pytest.raises(CheckRefused, match="已经有人答过"):
        set_questions(session=session, questions=ASKED[:1], at=SET_AT)
