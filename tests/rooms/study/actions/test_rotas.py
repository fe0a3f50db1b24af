"""Rotas are drafted evenly, say why, are issued, and passed on with a reason."""

from datetime import date

import pytest

from taihua.kernel import house
from taihua.kernel.commitments.queries import of_origin, open_for
from taihua.kernel.measures.queries import value
from taihua.kernel.records.queries import statements_of
from taihua.rooms.study.actions.rotas import (
    RotaRefused,
    Wish,
    cancel_turn,
    discard_rota,
    draft_rota,
    issue_rota,
    replace_lecturer,
)
from taihua.rooms.study.models import Rota
from taihua.rooms.study.queries.rota_words import reasons_of, verdict_of
from taihua.rooms.study.queries.turns import turns_of
from tests.factories import NINE, LeaveFactory
from tests.rooms.study.sessions import SET_AT, moment, rota_of, set_on

DAYS = [date(2014, month, 20) for month in range(2, 10)]


def wish(day, topic="题", able=()):
    return Wish(starts_at=moment(day, 15), ends_at=moment(day, 16), topic=topic, able=able)


def drafted(unit, wishes, **changed):
    told = {
        "unit": unit,
        "first": date(2014, 1, 1),
        "last": date(2014, 12, 31),
        "audience": "office",
        "wishes": wishes,
        "at": SET_AT,
    }
    return draft_rota(**(told | changed))


def lecturers(rota):
    return [turn.lecturer.code for turn in turns_of(rota)]


def test_eight_lectures_are_two_for_each_of_four(committee, leaders):
    rota = drafted(committee, [wish(day) for day in DAYS])

    names = lecturers(rota)
    assert {name: names.count(name) for name in names} == dict.fromkeys(
        ("l0", "l1", "l2", "lin"), 2
    )
    assert verdict_of(rota) == ["排得匀：这段时间里，讲得最多的和最少的相差 0 讲，不超过 1 讲。"]


def test_leave_and_topic_are_respected_and_told(committee, leaders, lin):
    LeaveFactory(person=lin, first_day=DAYS[0], last_day=DAYS[0])
    gao, fang = leaders[3], leaders[1]
    wishes = [wish(DAYS[0], able=[lin, gao]), wish(DAYS[1], able=[fang, gao])]

    first, second = turns_of(drafted(committee, wishes))

    assert (first.lecturer, second.lecturer) == (gao, fang)
    told = " ".join(reasons_of(first))
    assert "只有这一位能讲" in told
    assert "林知远（那天请假）" in told
    # Two of one sound: which comes first is the database's own affair.
    assert "方正、何平（不讲这个题目）" in told or "何平、方正（不讲这个题目）" in told


def test_lectures_of_the_ledger_count_like_those_given_here(committee, leaders):
    ledger = house.ledgers()["lectures"]
    row = dict.fromkeys((column.code for column in ledger.columns), None)
    row |= {"person": "何平", "day": date(2013, 12, 2), "topic": "从前的一讲"}
    ledger.store.apply(ledger.store.plan([row]), None, NINE)

    rota = drafted(
        committee,
        [wish(day) for day in (date(2013, 12, 10), date(2013, 12, 17), date(2013, 12, 24))],
        first=date(2013, 12, 1),
    )

    assert "l2" not in lecturers(rota)
    assert rota.verdict["fair"]


def test_where_it_cannot_be_even_it_says_who_and_which(committee, leaders):
    gao = leaders[3]
    rota = drafted(committee, [wish(day, f"预算{n}", able=[gao]) for n, day in enumerate(DAYS[:3])])

    told = verdict_of(rota)

    assert "相差 3 讲" in told[0]
    assert "《预算0》、《预算1》、《预算2》这 3 讲只有高山能讲" in told[1]
    assert "改这几讲的日期" in told[2]


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        ([], "请至少写一讲"),
        ([wish(date(2015, 1, 5))], "不在这张表的起止日期之内"),
        ([wish(DAYS[0], "甲"), wish(DAYS[0], "乙")], "《乙》和《甲》排在了同一段时间"),
        ([wish(date(2014, 1, 1 + n % 28)) for n in range(61)], "最多排 60 讲"),
    ],
)
def test_a_rota_that_cannot_be_is_refused(committee, leaders, wishes, said):
    with pytest.raises(RotaRefused, match=said):
        drafted(committee, wishes)

    assert not Rota.objects.exists()


def test_a_lecture_that_nobody_can_give_says_why_of_each(committee, leaders, lin):
    LeaveFactory(person=lin, first_day=DAYS[0], last_day=DAYS[0])

    with pytest.raises(RotaRefused, match=r"没有人能讲：.*林知远（那天请假）"):
        drafted(committee, [wish(DAYS[0], able=[lin])])


def test_a_lecture_does_not_fall_on_a_session_or_an_issued_lecture(committee, leaders, lin, su):
    day = date(2014, 3, 3)
    set_on(committee, day, lin, starts_at=moment(day, 14), ends_at=moment(day, 17))
    rota_of(committee, [date(2014, 3, 4)], su.account)

    for taken in (day, date(2014, 3, 4)):
        with pytest.raises(RotaRefused, match="已排定的"):
            drafted(committee, [wish(taken)])


def test_an_issued_rota_is_planned_on_record_and_asks_for_material(committee, leaders, su):
    rota = drafted(committee, [wish(day) for day in DAYS[:4]])
    assert not statements_of(committee).exists()

    issue_rota(rota=rota, at=SET_AT, by=su.account)

    planned = statements_of(committee).filter(verb__code="planned-session")
    assert planned.count() == 4
    for year, turns in ((2013, 0), (2014, 4)):
        days = {"first": date(year, 1, 1), "last": date(year, 12, 31)}
        assert value(house.figures()["study.turns"], **days).number == turns
    (row, *_rest) = house.ledgers()["study-plans"].store.rows(2013)
    assert (row["kind"], row["planned"]) == ("轮流授课", DAYS[0])
    assert [len(open_for(person)) for person in leaders] == [1, 1, 1, 1]
    with pytest.raises(RotaRefused, match="已经公布"):
        issue_rota(rota=rota, at=SET_AT, by=su.account)


def test_a_rota_nobody_saw_can_be_thrown_away_an_issued_one_cannot(committee, leaders, su):
    discard_rota(rota=drafted(committee, [wish(DAYS[0])]))
    assert not Rota.objects.exists()

    rota = rota_of(committee, DAYS[:1], su.account)
    with pytest.raises(RotaRefused, match="不能作废"):
        discard_rota(rota=rota)


def test_the_reserve_steps_in_with_the_reason(committee, leaders, su):
    turn = turns_of(rota_of(committee, DAYS[:1], su.account)).get()
    before, reserve = turn.lecturer, turn.reserve

    changed = replace_lecturer(turn=turn, lecturer=reserve, reason="住院", at=SET_AT, by=su.account)

    assert (changed.lecturer, changed.reserve) == (reserve, None)
    assert f"原定{before.name}，因“住院”换了人。" in reasons_of(changed)
    told = statements_of(committee).get(verb__code="planned-session")
    assert told.context["lead"] == reserve.code
    assert not open_for(before).exists()
    assert of_origin(f"{turn.path}/material").get(closed_at=None).person == reserve


def test_nobody_steps_in_who_is_away_or_cannot_speak_on_it(committee, leaders, lin, su, wu):
    turn = turns_of(rota_of(committee, DAYS[:1], su.account)).get()
    other = next(person for person in leaders if person != turn.lecturer)
    LeaveFactory(person=other, first_day=DAYS[0], last_day=DAYS[0])

    for person, why in ((other, "那天请假"), (wu, "不在班子里任职")):
        with pytest.raises(RotaRefused, match=why):
            replace_lecturer(turn=turn, lecturer=person, reason="换", at=SET_AT, by=su.account)
    with pytest.raises(RotaRefused, match="写明原因"):
        replace_lecturer(turn=turn, lecturer=leaders[0], reason="", at=SET_AT, by=su.account)


def test_a_cancelled_lecture_is_planned_no_more(committee, leaders, su):
    turn = turns_of(rota_of(committee, DAYS[:1], su.account)).get()

    cancel_turn(turn=turn, reason="并入下月", at=SET_AT, by=su.account)

    assert not statements_of(committee).filter(verb__code="planned-session").exists()
    assert not open_for(turn.lecturer).exists()
    with pytest.raises(RotaRefused, match="已经讲过或取消"):
        cancel_turn(turn=turn, reason="再来", at=SET_AT, by=su.account)
