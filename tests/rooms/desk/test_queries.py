"""A desk and the overview of many desks: derived each time, with a fixed number of queries."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from taihua.kernel import house
from taihua.kernel.commitments.actions import commit
from taihua.kernel.house import Due, Room
from taihua.kernel.records.actions import learn_words, record
from taihua.kernel.rules.enums import State
from taihua.rooms.desk.queries import duties, standings
from tests.factories import NINE, PersonFactory, TermFactory, UnitFactory, in_force

DAY = NINE.date()


@pytest.fixture(autouse=True)
def visits(db):
    learn_words([("visited", "下基层调研")], [("outreach/visit", "调研")])
    return in_force()


def visit(person, day, **more):
    at = NINE.replace(year=day.year, month=day.month, day=day.day)
    return record(
        verb="visited", kind="outreach/visit", path=f"outreach/visit/{day}", label="苔花一小",
        person=person, at=at, **more,
    )  # fmt: skip


def test_what_is_owed_since_january_is_one_card_that_says_how_often(lin):
    visit(lin, date(2013, 1, 9))

    desk = duties.desk_of(lin.account, DAY)

    assert [(card.state, card.also) for card in desk.now] == [
        (State.OWED, 9), (State.ON_COURSE, 0),
    ]  # fmt: skip
    assert desk.now[0].due == date(2013, 2, 28)
    assert "下基层调研" in desk.now[0].sentence
    assert [verdict.period.key for verdict in desk.finished] == []


def test_what_was_done_this_month_is_listed_and_no_longer_owed(lin):
    for month in range(1, 13):
        if month < 12:
            visit(lin, date(2013, month, 20))
    latest = visit(lin, date(2013, 12, 3))

    desk = duties.desk_of(lin.account, DAY)

    assert desk.now == []
    assert list(desk.done) == [latest]
    assert [verdict.period.key for verdict in desk.finished] == ["2013-12"]


def test_a_rule_for_the_leadership_lies_on_no_teachers_desk(shen):
    assert duties.desk_of(shen.account, DAY).now == []


def test_a_promise_lies_among_the_duties(shen):
    commit(
        what="批阅周明的读书检查", due=DAY + timedelta(2), origin="reading/check/1", url="/reading/",
        act="去批阅", at=NINE, person=shen,
    )  # fmt: skip

    (card,) = duties.desk_of(shen.account, DAY).now

    assert (card.sentence, card.state, card.act_url) == (
        "批阅周明的读书检查", State.DUE_SOON, "/reading/",
    )  # fmt: skip


def test_the_button_of_a_promise_speaks_the_language_of_the_page(shen):
    commit(
        what="整理《干部作风建设》的纪要并印发", due=DAY, origin="study/session/1/minutes",
        url="/study/", act="写纪要", at=NINE, person=shen,
    )  # fmt: skip

    with translation.override("en"):
        (card,) = duties.desk_of(shen.account, DAY).now

    assert card.act_label == "Write the minutes"


def test_what_a_room_asks_of_a_group_lies_among_the_duties(shen, monkeypatch):
    asked = Due(
        "reading/assignment/1", "读《劝学》并交检查", DAY - timedelta(1), "/reading/", "去读"
    )
    room = Room(
        code="library", title="", dues=lambda person, _on: [asked] if person == shen else []
    )
    monkeypatch.setattr(house, "rooms", lambda: [room])

    (card,) = duties.desk_of(shen.account, DAY).now

    assert (card.sentence, card.state, card.act_url) == (
        "读《劝学》并交检查", State.OWED, "/reading/",
    )  # fmt: skip


def test_a_units_duty_lies_on_its_clerks_desk_and_on_nobody_elses(shen, wu, school):
    in_force(
        "meeting.monthly", subject="unit", verbs=["visited"], audience={"unit_kinds": ["school"]},
        act="开会", measure="次", count="statements",
    )  # fmt: skip

    assert {card.whose for card in duties.desk_of(shen.account, DAY).units} == {"苔花一小"}
    assert duties.desk_of(wu.account, DAY).units == []


def test_an_account_without_a_person_has_no_desk(keeper):
    with pytest.raises(LookupError, match="no person"):
        duties.desk_of(keeper, DAY)


def test_the_overview_counts_what_is_done_waits_and_is_owed(lin, shen):
    visit(lin, date(2013, 1, 9))
    visit(lin, date(2013, 2, 28), quantity="0.5")

    first, second = standings.standings([lin, shen], DAY)

    assert (first.done, first.waiting, first.owed) == (1, 1, 10)
    assert first.acts == ["下基层调研"]
    assert (second.done, second.waiting, second.owed, second.acts) == (0, 0, 0, [])
    assert second.unit.name == "苔花一小"


def test_the_overview_agrees_with_the_full_verdicts(lin):
    visit(lin, date(2013, 3, 9))

    (row,) = standings.standings([lin], DAY)
    verdicts = standings.all_verdicts(lin, DAY)

    assert len(verdicts) == 12
    assert row.owed == sum(verdict.state is State.OWED for verdict in verdicts)
    assert row.done == sum(verdict.state is State.DONE for verdict in verdicts)


def test_the_overview_of_nobody_is_empty():
    assert standings.standings([], DAY) == []


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_overview_costs_the_same_however_many_people(count, posts, django_assert_num_queries):
    people = PersonFactory.create_batch(count)
    unit = UnitFactory()
    for person in people:
        TermFactory(person=person, post=posts["局长"], unit=unit)

    with django_assert_num_queries(13):  # five of them ask whether the answer is known already
        assert len(standings.standings(people, DAY)) == count


def test_each_oversees_their_own_people(lin, zhou, shen, wu, school):
    assert set(standings.people_overseen(lin.account, DAY, None)) == {lin, zhou, shen, wu}
    assert list(standings.people_overseen(shen.account, DAY, None)) == [shen]
    assert list(standings.people_overseen(zhou.account, DAY, school)) == []
    assert list(standings.units_overseen(shen.account, DAY)) == [school]
    assert list(standings.units_overseen(wu.account, DAY)) == []
