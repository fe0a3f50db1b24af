from datetime import date, time

import pytest
from django.db import IntegrityError, transaction

from taihua.kernel.records.queries import statements
from taihua.rooms.forums.actions.forums import (
    ForumRefused,
    call_forum,
    cancel_forum,
    change_forum,
    decline_offer,
    offer_to_speak,
    withdraw_offer,
)
from taihua.rooms.forums.enums import Phase
from taihua.rooms.forums.models import Forum, Offer
from taihua.rooms.forums.queries.forums import offers_to
from taihua.rooms.forums.queries.plans import open_plans
from tests.factories import NINE
from tests.rooms.forums.conftest import (
    DAY,
    at,
    call_of,
    comes_back_as_the_same,
    figure,
    imported,
    placed,
)


def test_a_call_plans_the_forum_on_record(forum, bureau):
    plan = statements().get()

    assert (plan.verb.code, plan.kind.code, plan.unit) == (
        "planned-forum",
        "forums/principals",
        bureau,
    )
    assert plan.context == {"planned": "2013-12-20"}
    assert forum.plan == plan.uuid
    assert figure("forums.planned") == 1
    assert comes_back_as_the_same("forum-plans")


@pytest.mark.parametrize(
    ("made", "planned", "on", "is_open"),
    [
        (date(2013, 1, 14), None, date(2013, 12, 31), True),
        (date(2013, 1, 14), None, date(2014, 1, 1), False),
        (date(2013, 12, 3), None, date(2014, 12, 31), True),
        (date(2013, 12, 3), date(2014, 3, 14), date(2013, 12, 31), True),
        (date(2013, 12, 3), date(2014, 3, 14), date(2014, 12, 31), True),
        (date(2013, 12, 3), date(2013, 12, 31), date(2014, 1, 1), False),
        (date(2012, 5, 3), date(2014, 1, 1), date(2014, 1, 1), True),
    ],
)
def test_a_plan_is_open_in_the_year_that_it_is_for(bureau, made, planned, on, is_open):
    imported("forum-plans", unit="bureau", kind="校长讲坛", day=made, topic="一期", planned=planned)

    assert open_plans([bureau.pk], ["forums/principals"], on).exists() is is_open


def test_a_forum_that_stands_in_the_ledger_of_plans_is_not_planned_twice(bureau, su):
    imported(
        "forum-plans", unit="bureau", kind="校长讲坛", day=date(2013, 1, 14), topic="下半年一期"
    )
    plan = open_plans([bureau.pk], ["forums/principals"], DAY).get()

    forum = call_forum(call=call_of(bureau, su), at=NINE, by=su.account, plan=plan.uuid)

    assert forum.plan == plan.uuid
    assert figure("forums.planned") == 1
    again = call_of(bureau, su, topic="再一期")
    with pytest.raises(ForumRefused, match="已经用过"):
        call_forum(call=again, at=NINE, by=su.account, plan=plan.uuid)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"day": date(2013, 12, 3)}, "已经过去"),
        ({"closes": time(9)}, "结束时间"),
        ({"call_closes": date(2013, 12, 21)}, "征集截止不能晚于"),
        ({"registration_closes": date(2013, 12, 21)}, "报名截止不能晚于"),
    ],
)
def test_an_impossible_call_is_refused_and_nothing_is_planned(bureau, su, wrong, told):
    with pytest.raises(ForumRefused, match=told):
        call_forum(call=call_of(bureau, su, **wrong), at=NINE, by=su.account)

    assert not Forum.objects.exists()
    assert not statements().exists()


def test_the_same_call_sent_twice_is_one_forum(forum, bureau, su):
    with pytest.raises(ForumRefused, match="已经有《一校一品》"):
        call_forum(call=call_of(bureau, su), at=NINE, by=su.account)

    assert Forum.objects.count() == 1
    assert figure("forums.planned") == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"closes": time(8)},
        {"call_closes": date(2013, 12, 21)},
        {"registration_closes": date(2013, 12, 21)},
        {"seats": 0},
        {"held_at": NINE},
    ],
)
def test_the_database_refuses_what_cannot_be(forum, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Forum.objects.filter(pk=forum.pk).update(**wrong)


def test_phases_follow_from_the_days(forum):
    assert forum.phase(date(2013, 12, 11)) is Phase.CALL
    assert forum.phase(date(2013, 12, 12)) is Phase.PROGRAMME
    assert forum.phase(DAY) is Phase.DUE


def test_calendars_hear_of_a_new_place_and_not_of_a_new_text(forum, bureau, su):
    change_forum(forum=forum, call=call_of(bureau, su, call="改了说明"), at=NINE)
    forum.refresh_from_db()
    assert forum.revision == 0

    change_forum(forum=forum, call=call_of(bureau, su, place="礼堂"), at=NINE)

    forum.refresh_from_db()
    assert (forum.revision, forum.place, forum.call) == (1, "礼堂", "请讲一件真做过的事。")


def test_hours_cannot_be_cut_below_the_programme(forum, bureau, su, zhou):
    placed(forum, zhou, starts=time(11))

    with pytest.raises(ForumRefused, match="“一课三磨”会落在"):
        change_forum(forum=forum, call=call_of(bureau, su, closes=time(11, 30)), at=NINE)

    forum.refresh_from_db()
    assert forum.closes == time(12)


def test_a_forum_cannot_move_to_where_its_speaker_speaks_elsewhere(forum, bureau, su, zhou):
    placed(forum, zhou)
    other_day = {"day": date(2013, 12, 23), "topic": "另一期"}
    placed(call_forum(call=call_of(bureau, su, **other_day), at=NINE, by=su.account), zhou)

    with pytest.raises(ForumRefused, match="周明那时要在《另一期》发言"):
        change_forum(forum=forum, call=call_of(bureau, su, day=date(2013, 12, 23)), at=NINE)


def test_calling_off_needs_a_reason_and_ends_everything(forum, bureau, su, wu):
    with pytest.raises(ForumRefused, match="为什么取消"):
        cancel_forum(forum=forum, reason=" ")
    cancel_forum(forum=forum, reason="大雪")

    forum.refresh_from_db()
    assert (forum.phase(DAY), forum.revision) == (Phase.CANCELLED, 1)
    with pytest.raises(ForumRefused, match="已经办完或取消"):
        offer_to_speak(forum=forum, speaker=wu, title="我来讲", summary="讲", at=NINE)
    with pytest.raises(ForumRefused, match="已经办完或取消"):
        change_forum(forum=forum, call=call_of(bureau, su, place="礼堂"), at=NINE)
    assert figure("forums.principals") == 0


# --- offers ------------------------------------------------------------------------------------------


@pytest.fixture
def offer(forum, wu):
    return offer_to_speak(forum=forum, speaker=wu, title="村小两个班", summary="复式课", at=NINE)


def test_an_offer_sent_twice_is_one(forum, offer, wu):
    again = offer_to_speak(forum=forum, speaker=wu, title="村小两个班", summary="复式课", at=at(5))

    assert again == offer
    assert Offer.objects.count() == 1


def test_offers_close_with_the_call(forum, wu):
    offer_to_speak(forum=forum, speaker=wu, title="赶上了", summary="讲", at=at(11, 23))
    with pytest.raises(ForumRefused, match="截止"):
        offer_to_speak(forum=forum, speaker=wu, title="没赶上", summary="讲", at=at(12, 0))

    assert [each.title for each in offers_to(forum)] == ["赶上了"]


def test_an_offer_is_declined_with_a_reason_once(offer):
    with pytest.raises(ForumRefused, match="为什么不采用"):
        decline_offer(offer=offer, reason="", at=NINE)
    decline_offer(offer=offer, reason="题目重了", at=NINE)
    with pytest.raises(ForumRefused, match="答复过"):
        decline_offer(offer=offer, reason="又一次", at=NINE)

    offer.refresh_from_db()
    assert (offer.decision, offer.reason) == ("declined", "题目重了")


def test_an_offer_is_withdrawn_while_nobody_has_decided(forum, offer):
    withdraw_offer(offer=offer, at=NINE)

    assert not offers_to(forum).exists()


def test_a_decided_offer_is_not_withdrawn(offer):
    decline_offer(offer=offer, reason="题目重了", at=NINE)

    with pytest.raises(ForumRefused, match="已经答复"):
        withdraw_offer(offer=offer, at=NINE)
