"""A lecture is given, leaves homework, is answered, read, gathered; the ledgers say the same."""

from datetime import date, timedelta

import pytest

from taihua.kernel import house
from taihua.kernel.commitments.queries import of_origin
from taihua.kernel.measures.queries import value
from taihua.kernel.records.queries import statements_of
from taihua.rooms.study.actions.lectures import (
    LectureRefused,
    answer_homework,
    comment_on,
    gather_answers,
    hold_turn,
)
from taihua.rooms.study.actions.rotas import RotaRefused
from taihua.rooms.study.queries.turns import answers_of, homework_owed_by, left_open, turns_of
from tests.rooms.study.sessions import moment, rota_of, set_on

DAY, DUE = date(2013, 11, 20), date(2013, 12, 6)
AFTER, LATER = moment(DAY, 17), moment(DAY + timedelta(days=5))
YEAR = {"first": date(2013, 1, 1), "last": date(2013, 12, 31)}


@pytest.fixture
def turn(committee, leaders, su):
    return turns_of(rota_of(committee, [DAY], su.account)).get()


@pytest.fixture
def held(turn, su):
    return hold(turn, su)


def hold(turn, by, homework=("怎么用？", "用了没有？"), due=DUE, at=AFTER):
    return hold_turn(turn=turn, homework=homework, homework_due=due, at=at, by=by.account)


def answer(turn, person, *texts):
    homework = list(turn.homework.order_by("position"))
    return answer_homework(
        turn=turn, person=person, answers=dict(zip(homework, texts, strict=False)), at=LATER
    )


def others(turn, leaders):
    return [person for person in leaders if person != turn.lecturer]


def test_a_lecture_goes_on_record_as_the_ledger_would_have_it(held):
    told = statements_of(held.lecturer)
    given = told.get(verb__code="lectured")
    assert (given.day, given.object_label, given.context) == (
        DAY,
        "第 1 讲",
        {"homework": "怎么用？\n用了没有？"},
    )
    assert told.get(verb__code="set-homework").object_label == "怎么用？"
    assert value(house.figures()["study.homework_share"], **YEAR).number == 1


def test_the_lecturer_owes_reading_the_answers_and_no_more_material(held):
    (reading,) = of_origin(f"{held.path}/homework")
    assert (reading.person, reading.due) == (held.lecturer, DUE + timedelta(days=7))
    assert not of_origin(f"{held.path}/material").filter(closed_at=None).exists()


def test_each_listener_answers_on_record_once_however_often_it_is_put_right(held, leaders):
    person = others(held, leaders)[0]
    answer(held, person, "先试一节课")
    answer(held, person, "先试两节课", "试过了")

    assert statements_of(person).filter(verb__code="answered-homework").count() == 1
    assert [a.text for a in answers_of(held)] == ["先试两节课", "试过了"]
    assert not homework_owed_by(person, DUE).exists()


def test_office_staff_listen_and_teachers_of_schools_do_not(held, zhou, wu):
    answer(held, zhou, "科里先改月报")
    with pytest.raises(LectureRefused, match="没有布置给您"):
        answer(held, wu, "我也答")
    with pytest.raises(LectureRefused, match="没有布置给您"):
        answer(held, held.lecturer, "我自己答")

    assert [a.person for a in answers_of(held)] == [zhou]


def test_an_answer_that_was_commented_on_stays(held, leaders):
    person = others(held, leaders)[0]
    (written,) = answer(held, person, "先试一节课")
    comment_on(answer=written, text="好", at=AFTER)

    with pytest.raises(LectureRefused, match="已经批注过"):
        answer(held, person, "改了")
    answer(held, person, "先试一节课", "第二题")

    assert answers_of(held).count() == 2


def test_gathered_answers_stand_in_the_ledger_by_name(held, leaders):
    first, second, _third = others(held, leaders)
    for person in (first, second):
        (written,) = answer(held, person, "试")
        comment_on(answer=written, text="好", at=AFTER)

    gather_answers(turn=held, at=moment(DUE), by=None)

    store = house.ledgers()["lectures"].store
    (row,) = store.rows(2013)
    assert set(row["answered"]) == {first.name, second.name}
    assert row["homework"] == "怎么用？\n用了没有？"
    assert [step.state.value for step in store.plan([row]).steps] == ["same"]
    assert value(house.figures()["study.answered_share"], **YEAR).number == 1
    assert value(house.figures()["study.lectures"], **YEAR).number == 1
    assert not of_origin(f"{held.path}/homework").get().is_open
    with pytest.raises(LectureRefused, match="已经收齐"):
        answer(held, others(held, leaders)[2], "晚了")


def test_answers_are_gathered_once_all_are_read(held, leaders):
    person = others(held, leaders)[0]
    answer(held, person, "试")

    with pytest.raises(LectureRefused, match=f"{person.name}的回答还没有批注"):
        gather_answers(turn=held, at=moment(DUE), by=None)


def test_a_question_nobody_answered_opens_the_next_session(held, leaders, committee, lin):
    answer(held, others(held, leaders)[0], "试")
    session = set_on(committee, date(2013, 12, 10), lin)

    assert [q.text for q in left_open(committee, session.starts_at)] == ["用了没有？"]
    assert not left_open(committee, held.starts_at).exists()


def test_without_any_answer_reading_is_owed_no_more_and_the_ledger_stays(held):
    gather_answers(turn=held, at=moment(DUE), by=None)

    (row,) = house.ledgers()["lectures"].store.rows(2013)
    assert not row["answered"]
    owed = of_origin(f"{held.path}/homework").get()
    assert owed.released_because
    with pytest.raises(LectureRefused, match="没有要收的答卷"):
        gather_answers(turn=held, at=moment(DUE), by=None)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"at": moment(DAY, 14)}, "还没有到时间"),
        ({"homework": ["题"] * 6}, "最多留 5 道"),
        ({"due": None}, "请写明哪天前交答"),
        ({"due": DAY - timedelta(days=1)}, "不能早于授课那天"),
    ],
)
def test_a_lecture_that_is_not_well_told_is_refused(turn, su, changed, said):
    with pytest.raises(LectureRefused, match=said):
        hold(turn, su, **changed)

    assert not statements_of(turn.lecturer).filter(verb__code="lectured").exists()


def test_a_lecture_is_recorded_once(held, su):
    with pytest.raises(RotaRefused, match="已经讲过"):
        hold(held, su)

    assert statements_of(held.lecturer).filter(verb__code="lectured").count() == 1


def test_a_lecture_without_homework_asks_nothing(turn, su, leaders):
    held = hold(turn, su, homework=(), due=DUE)

    assert held.homework_due is None
    with pytest.raises(LectureRefused, match="不再收答卷"):
        answer(held, others(held, leaders)[0])
    assert value(house.figures()["study.homework"], **YEAR).number == 0


def test_an_empty_answer_or_comment_is_refused(held, leaders):
    person = others(held, leaders)[0]
    with pytest.raises(LectureRefused, match="至少答一道题"):
        answer(held, person, " ")
    (written,) = answer(held, person, "试")
    with pytest.raises(LectureRefused, match="请写几句批注"):
        comment_on(answer=written, text=" ", at=AFTER)
