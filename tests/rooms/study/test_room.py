"""What the room declares, held against the house that uses it."""

import random
from datetime import date

import pytest
from django.urls import reverse

from taihua.kernel import house
from taihua.kernel.house import Story
from taihua.kernel.measures.logic import Standing, tallies
from taihua.kernel.measures.queries import value
from taihua.kernel.records.queries import statements
from taihua.kernel.rules.shelf import shipped
from taihua.rooms.study.actions.checks import set_questions
from taihua.rooms.study.models import Plan
from taihua.rooms.study.room import ROOM
from tests.factories import NINE
from tests.rooms.district import FIRST, LAST, settle
from tests.rooms.study.actions.test_checks import ASKED
from tests.rooms.study.sessions import SET_AT, hold, moment, rota_of, set_on

THIS_YEAR = {"first": date(2013, 1, 1), "last": date(2013, 12, 31)}
AHEAD = date(2013, 12, 10)


def counted(code):
    return value(house.figures()[code], **THIS_YEAR).number


def test_every_mark_of_the_room_stands_on_a_figure_or_a_rule_and_tells_its_gap():
    figures = set(house.figures()) | {rule.code for pack in shipped() for rule in pack.rules}

    for mechanism in ROOM.mechanisms:
        for mark in (mechanism.plan, mechanism.content, mechanism.check, mechanism.effect):
            assert mark.figure in figures
            assert str(mark.gap)


def test_every_figure_counts_words_that_the_room_declares():
    verbs, kinds = ({word.code for word in words} for words in (ROOM.verbs, ROOM.kinds))

    counting = [f.expression for f in ROOM.figures if not isinstance(f.expression, Standing)]
    for tally in (tally for expression in counting for tally in tallies(expression)):
        assert set(tally.verbs) <= verbs
        assert set(tally.kinds) <= kinds


def test_every_act_and_menu_entry_leads_to_a_page():
    for place in (*ROOM.acts, *ROOM.menu):
        assert reverse(place.url_name, args=getattr(place, "args", ())).startswith("/study/")


# --- what the house asks ----------------------------------------------------------------------------


def test_what_waits_for_somebody_is_due_on_the_desk(committee, written, leaders, lin, su):
    missed = hold(
        set_on(committee, date(2013, 11, 12), leaders[0], su.account),
        su.account,
        lin=("leave", "会"),
    )
    session = set_on(committee, AHEAD, lin, su.account)
    set_questions(session=session, questions=ASKED, at=SET_AT)

    due = {each.topic: each for each in ROOM.dues(lin, NINE.date())}

    assert set(due) == {
        f"{written.plan.path}/1",
        f"{missed.path}/make-up",
        f"{session.path}/check/before",
    }
    assert due[f"{missed.path}/make-up"].due == date(2013, 12, 12)
    assert not list(ROOM.dues(su, NINE.date()))


def test_a_lecture_that_was_not_recorded_is_due_to_its_lecturer(committee, leaders, su):
    turn = rota_of(committee, [date(2013, 11, 20)], su.account).turns.get()

    (due,) = ROOM.dues(turn.lecturer, NINE.date())

    assert (due.topic, due.due) == (f"{turn.path}/held", date(2013, 11, 23))


def test_the_calendar_holds_what_one_is_asked_to_and_the_unit_all(
    committee, bureau, leaders, lin, su, zhou, wu
):
    session = set_on(committee, AHEAD, lin, su.account, place="三楼会议室")
    rota = rota_of(committee, [date(2013, 12, 18)], su.account)
    december = (date(2013, 12, 1), date(2013, 12, 31))

    def paths(whose):
        return [each.path for each in ROOM.calendar(whose, *december)]

    turn = rota.turns.get().path
    assert paths(lin) == [session.path, turn]
    assert paths(zhou) == [turn]
    assert paths(wu) == []
    assert paths(committee) == paths(bureau) == [session.path, turn]
    (first, _second) = ROOM.calendar(lin, *december)
    assert (first.place, first.first) == ("三楼会议室", moment(AHEAD))


def test_the_search_finds_only_what_one_may_see(committee, leaders, lin, su, zhou, wu):
    set_on(committee, AHEAD, lin, su.account, topic="群众路线")
    rota_of(committee, [date(2013, 12, 18)], su.account)

    def found(person, *words):
        return [each.title for each in ROOM.search(person.account, words, 5)]

    assert found(lin, "群众") == found(su, "群众", "林知远") == ["群众路线"]
    assert found(zhou, "群众") == found(wu, "第 1") == []
    assert found(zhou, "第 1") == ["第 1 讲"]
    assert found(su, "群众", "没有的词") == []


# --- the story, where there is hardly one: test_story.py has the rest ---------------------------------


def test_a_district_with_nobody_in_it_has_no_story(db):
    story = Story(rng=random.Random(1), first=FIRST, on=LAST)

    ROOM.demo(story)

    assert story.drafts == []
    assert not Plan.objects.exists()


@pytest.mark.parametrize("on", [date(2013, 1, 3), date(2013, 1, 9), date(2013, 6, 4)])
def test_a_story_that_ends_early_in_the_year_ends_there(db, on):
    settle()

    ROOM.demo(Story(rng=random.Random(7), first=FIRST, on=on))

    assert not statements().filter(day__gt=on).exists()
