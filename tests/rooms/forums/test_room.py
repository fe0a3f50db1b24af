"""What the room declares, held against the kernel that uses it."""

from datetime import date
from random import Random

import pytest
from django.urls import reverse

from taihua.kernel import house
from taihua.kernel.commitments.models import Commitment
from taihua.kernel.house import Story, calendar_of, dues_of, found_by
from taihua.kernel.measures.logic import Standing, tallies
from taihua.kernel.records.actions import record_many
from taihua.kernel.records.queries import statements
from taihua.kernel.rules.shelf import shipped
from taihua.rooms.desk.queries.duties import desk_of
from taihua.rooms.forums.actions.closing import close_forum
from taihua.rooms.forums.actions.forums import cancel_forum
from taihua.rooms.forums.actions.registration import give_back, register
from taihua.rooms.forums.actions.talks import hand_in
from taihua.rooms.forums.models import Forum, Practice, Trial, WorkTalk
from taihua.rooms.forums.room import ROOM
from tests.factories import NINE, PersonFactory, TermFactory, UnitFactory, in_force
from tests.rooms.forums.conftest import DAY, TODAY, at, figure, imported, placed, words

SPAN = (date(2013, 12, 1), date(2013, 12, 31))


def test_every_mark_stands_on_a_figure_or_a_rule_and_tells_its_gap():
    known = set(house.figures()) | {rule.code for pack in shipped() for rule in pack.rules}

    assert [each.code for each in ROOM.mechanisms] == ["I3", "I4", "I5"]
    for mechanism in ROOM.mechanisms:
        for mark in (mechanism.plan, mechanism.content, mechanism.check, mechanism.effect):
            assert mark.figure in known
            assert str(mark.gap)


def test_every_figure_counts_words_that_the_room_declares():
    verbs, kinds = ({word.code for word in said} for said in (ROOM.verbs, ROOM.kinds))

    counting = [f.expression for f in ROOM.figures if not isinstance(f.expression, Standing)]
    for tally in (tally for expression in counting for tally in tallies(expression)):
        assert set(tally.verbs) <= verbs
        assert set(tally.kinds) <= kinds


def test_every_act_and_menu_entry_leads_to_a_page():
    for place in (*ROOM.acts, *ROOM.menu):
        assert reverse(place.url_name).startswith("/forums/")


# --- dues --------------------------------------------------------------------------------------------


def told(person, on=TODAY):
    return [due.sentence for due in dues_of(person, on)]


def test_a_round_is_due_until_one_has_talked(heads, zhou, lin, shen):
    assert told(zhou) == ["“科室负责人谈工作”：请谈谈您的工作"]
    assert told(lin) == told(shen) == []

    hand_in(speaker=zhou, words=words(), asked=heads, at=NINE)

    assert told(zhou) == []


def test_a_round_that_is_over_asks_nobody(heads, zhou):
    assert told(zhou, date(2013, 12, 15)) == []


def test_the_round_and_the_rule_do_not_both_ask_for_a_talk(heads, zhou):
    rule = {
        "verbs": ["talked-work"], "every": "year", "count": "statements", "mechanism": "I3",
        "audience": {"tiers": ["middle"]}, "act": "谈工作", "measure": "次",
    }  # fmt: skip
    in_force("talk.yearly", **rule)

    topics = [card.topic for card in desk_of(zhou.account, TODAY).now]

    assert topics == [heads.path]
    assert [card.topic for card in desk_of(zhou.account, date(2013, 12, 15)).now] == [
        "talk.yearly@zhou"
    ]


def test_an_invitation_asks_for_a_word(forum, zhou):
    placed(forum, zhou, said_yes=False)

    [due] = dues_of(zhou, TODAY)

    assert due.sentence == "《一校一品》请您讲“一课三磨”，请回个话"
    assert due.due == date(2013, 12, 11)
    cancel_forum(forum=forum, reason="大雪")
    assert told(zhou) == []


def test_the_recorder_is_asked_to_close_and_then_to_print(forum, su):
    assert told(su, date(2013, 12, 19)) == []
    assert told(su, DAY) == ["《一校一品》办完了，请记下谁讲了、谁到了"]

    close_forum(forum=forum, spoke=[], by=su.account, at=at(20, 18))

    assert told(su, DAY) == ["《一校一品》的文集还没有印发"]


# --- calendars ---------------------------------------------------------------------------------------


def shown(whose):
    return [each.title for each in calendar_of(whose, *SPAN)]


def test_calendars_show_where_one_speaks_has_a_seat_or_keeps_the_record(
    forum, bureau, section, su, zhou, shen, wu
):
    placed(forum, zhou)
    register(forum=forum, person=shen, at=NINE)

    there = ["校长讲坛：一校一品"]
    assert [shown(who) for who in (su, zhou, shen, bureau)] == [there] * 4
    assert [shown(who) for who in (wu, section)] == [[], []]


def test_who_waits_has_no_seat_in_the_calendar_until_one_is_freed(forum, shen, wu):
    Forum.objects.update(seats=1)
    register(forum=forum, person=shen, at=NINE)
    register(forum=forum, person=wu, at=NINE)
    assert (shown(shen), shown(wu)) == (["校长讲坛：一校一品"], [])

    give_back(forum=forum, person=shen, at=NINE)

    assert (shown(shen), shown(wu)) == ([], ["校长讲坛：一校一品"])


def test_a_calendar_hears_that_a_forum_is_called_off(forum, su):
    [before] = calendar_of(su, *SPAN)
    cancel_forum(forum=forum, reason="大雪")

    [after] = calendar_of(su, *SPAN)

    assert (before.is_cancelled, after.is_cancelled) == (False, True)
    assert after.path == before.path
    assert after.revision > before.revision
    assert (after.first, after.place) == (at(20), "三楼会议室")


# --- search ------------------------------------------------------------------------------------------


def finds(person, *words):
    return [
        each.title for room, found in found_by(person.account, words, 5) if room is ROOM
        for each in found
    ]  # fmt: skip


def test_a_search_finds_forums_cards_and_the_talks_one_may_read(
    forum, practice, talk, zhou, lin, wu
):
    assert finds(wu, "一品") == ["校长讲坛：一校一品"]
    assert finds(wu, "放学", "五队") == ["放学路上有老师（苔花一小）"]
    assert finds(lin, "片区图") == ["周明：招生"]
    assert finds(wu, "片区图") == []
    assert finds(lin, "片区图", "没有这个词") == []


# --- the story ---------------------------------------------------------------------------------------


@pytest.fixture
def story(lin, zhou, shen, su, posts, bureau, section, school, other_school):
    """A district large enough for everything that was made in the pages."""
    principal = posts["教师"]
    for number in range(30):
        unit = [section, school, other_school][number % 3]
        post = posts["科员"] if unit is section else principal
        TermFactory(person=PersonFactory(code=f"x{number:02}"), post=post, unit=unit)
    for number in range(3):
        other = UnitFactory(
            code=f"sec{number}", name=f"第{number}科", kind="section", parent=bureau
        )
        TermFactory(person=PersonFactory(code=f"h{number}"), post=posts["科长"], unit=other)
    told = Story(Random(2013), date(2011, 1, 1), TODAY)
    ROOM.demo(told)
    record_many(told.drafts, at=NINE)
    return told


def test_the_story_shows_every_page_alive(story, zhou, lin):
    held, coming = Forum.objects.order_by("day")

    assert (held.day, held.issued_at is not None, held.spreads.count()) == (
        date(2013, 11, 16),
        True,
        2,
    )
    assert coming.day > TODAY
    assert WorkTalk.objects.exclude(ask="").filter(answer__isnull=True).exists()
    assert WorkTalk.objects.filter(answer__helped="yes").exists()
    assert Commitment.objects.filter(person=zhou, closed_at__isnull=True).exists()
    assert Practice.objects.filter(retired_at__isnull=False).exists()
    assert Trial.objects.values("result").distinct().count() >= 2


def test_the_story_keeps_the_totals_of_the_year(story):
    assert (figure("forums.principals"), figure("forums.teaching")) == (2, 1)
    assert figure("practices.planned") == 1
    assert not statements().filter(day__gt=TODAY).exists()


def test_without_a_clerk_the_story_stands_in_the_ledgers_alone(bureau, lin, zhou, school, posts):
    told = Story(Random(2013), date(2011, 1, 1), TODAY)

    ROOM.demo(told)

    assert told.drafts
    assert not Forum.objects.exists()


def test_the_ledger_of_talks_has_the_talks_of_both(talk, su):
    imported("talks", person="苏禾", day=date(2013, 3, 1), topic="文书", learnt="分类")

    assert figure("forums.work_talks") == 2
