from datetime import date, time

import pytest
from django.db import IntegrityError, transaction

from taihua.rooms.forums.actions.forums import (
    ForumRefused,
    call_forum,
    cancel_forum,
    offer_to_speak,
)
from taihua.rooms.forums.actions.programme import (
    add_slot,
    change_slot,
    confirm,
    decline,
    move_slot,
    remove_slot,
)
from taihua.rooms.forums.models import Slot, Speaker
from taihua.rooms.forums.queries.forums import double_booked, halls_of, speaking
from tests.factories import NINE
from tests.rooms.forums.conftest import at, call_of, item, placed


def order(forum):
    return [(slot.title, f"{slot.starts:%H:%M}") for hall in halls_of(forum) for slot in hall.slots]


def test_an_item_invites_its_speakers(forum, zhou, shen):
    slot = add_slot(forum=forum, item=item(zhou, shen), at=NINE)

    assert {each.person for each in slot.speakers.all()} == {zhou, shen}
    assert all(each.is_waiting for each in slot.speakers.all())
    assert speaking(zhou).get().slot == slot


def test_overlapping_items_of_a_hall_are_refused_with_the_time_that_is_taken(forum, zhou, shen):
    placed(forum, zhou)

    with pytest.raises(ForumRefused, match="和“一课三磨”（09:00–09:40）的时间重叠"):
        add_slot(forum=forum, item=item(shen, starts=time(9, 39), title="晚一分"), at=NINE)

    add_slot(forum=forum, item=item(shen, starts=time(9, 40), title="正好"), at=NINE)
    add_slot(forum=forum, item=item(hall="二楼", title="另一个会场"), at=NINE)
    assert [title for title, _when in order(forum)] == ["一课三磨", "正好", "另一个会场"]


@pytest.mark.parametrize(("starts", "minutes"), [(time(8, 59), 10), (time(11, 50), 11)])
def test_an_item_lies_within_the_hours_of_the_forum(forum, starts, minutes):
    with pytest.raises(ForumRefused, match="09:00 到 12:00 之间"):
        add_slot(forum=forum, item=item(starts=starts, minutes=minutes), at=NINE)

    assert not Slot.objects.exists()


def test_a_speaker_is_not_in_two_halls_at_once(forum, zhou):
    placed(forum, zhou)

    with pytest.raises(ForumRefused, match="周明那时要讲“一课三磨”，不能同时在两处"):
        add_slot(forum=forum, item=item(zhou, hall="二楼", starts=time(9, 20)), at=NINE)

    assert Slot.objects.count() == 1
    assert double_booked(forum) == []


def test_a_speaker_is_not_at_two_forums_at_once(forum, bureau, su, zhou):
    placed(forum, zhou)
    other = call_forum(call=call_of(bureau, su, topic="另一期"), at=NINE, by=su.account)

    with pytest.raises(ForumRefused, match="不能同时在两处"):
        add_slot(forum=other, item=item(zhou), at=NINE)
    cancel_forum(forum=forum, reason="并到另一期")

    assert add_slot(forum=other, item=item(zhou), at=NINE).speakers.get().person == zhou


def test_an_item_can_be_changed_without_clashing_with_itself(forum, zhou, shen):
    slot = placed(forum, zhou)

    change_slot(slot=slot, item=item(shen, starts=time(9, 10)), at=at(5))

    slot.refresh_from_db()
    assert slot.starts == time(9, 10)
    assert [each.person for each in slot.speakers.all()] == [shen]


def test_who_stays_in_an_item_need_not_say_yes_again(forum, zhou, shen):
    slot = placed(forum, zhou)

    change_slot(slot=slot, item=item(zhou, shen), at=at(5))

    assert slot.speakers.get(person=zhou).confirmed_at
    assert slot.speakers.get(person=shen).is_waiting


def test_who_declined_is_written_down_and_not_placed_again(forum, zhou, shen):
    slot = placed(forum, zhou, said_yes=False)
    decline(speaker=slot.speakers.get(), person=zhou, reason="要去省里", at=NINE)

    with pytest.raises(ForumRefused, match="周明已谢绝这一项"):
        change_slot(slot=slot, item=item(zhou), at=at(5))
    change_slot(slot=slot, item=item(shen), at=at(5))

    said = {each.person: each.declined_because for each in slot.speakers.all()}
    assert said == {zhou: "要去省里", shen: ""}
    assert not speaking(zhou).exists()


def test_who_declined_is_free_for_another_hall(forum, zhou):
    slot = placed(forum, zhou, said_yes=False)
    decline(speaker=slot.speakers.get(), person=zhou, reason="换个题目", at=NINE)

    assert add_slot(forum=forum, item=item(zhou, hall="二楼"), at=NINE).pk


def test_only_the_one_who_is_asked_replies(forum, zhou, shen):
    speaker = placed(forum, zhou, said_yes=False).speakers.get()

    with pytest.raises(ForumRefused, match="不是您"):
        confirm(speaker=speaker, person=shen, at=NINE)
    with pytest.raises(ForumRefused, match="不是您"):
        decline(speaker=speaker, person=shen, reason="替他谢绝", at=NINE)
    with pytest.raises(ForumRefused, match="请写明原因"):
        decline(speaker=speaker, person=zhou, reason=" ", at=NINE)

    speaker.refresh_from_db()
    assert speaker.is_waiting


def test_a_yes_can_become_a_no_and_not_the_other_way(forum, zhou):
    speaker = placed(forum, zhou).speakers.get()
    first = confirm(speaker=speaker, person=zhou, at=at(9)).confirmed_at

    decline(speaker=speaker, person=zhou, reason="病了", at=at(10))
    with pytest.raises(ForumRefused, match="已经谢绝"):
        confirm(speaker=speaker, person=zhou, at=at(11))

    assert first == NINE


@pytest.mark.parametrize(
    "wrong",
    [{"confirmed_at": NINE, "declined_at": NINE}, {"declined_at": NINE, "spoke": True}],
)
def test_the_database_knows_one_word_of_a_speaker(forum, zhou, wrong):
    speaker = placed(forum, zhou, said_yes=False).speakers.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Speaker.objects.filter(pk=speaker.pk).update(**wrong)


# --- the order ---------------------------------------------------------------------------------------


@pytest.fixture
def three(forum, zhou, shen, wu):
    placed(forum, zhou, title="甲", minutes=30)
    placed(forum, shen, title="乙", starts=time(9, 40), minutes=20)
    placed(forum, wu, title="丙", starts=time(10, 0), minutes=40)
    return {slot.title: slot for slot in Slot.objects.all()}


def test_two_items_change_places_and_keep_the_stretch(forum, three):
    move_slot(slot=three["甲"], later=True)

    assert order(forum) == [("乙", "09:00"), ("甲", "09:30"), ("丙", "10:00")]


def test_moving_there_and_back_changes_nothing(forum, three):
    before = order(forum)
    move_slot(slot=three["乙"], later=True)
    move_slot(slot=Slot.objects.get(title="乙"), later=False)

    assert order(forum) == before


def test_the_first_cannot_be_earlier_and_the_last_not_later(forum, three):
    before = order(forum)
    move_slot(slot=three["甲"], later=False)
    move_slot(slot=three["丙"], later=True)

    assert order(forum) == before


def test_an_exchange_that_puts_somebody_in_two_places_changes_nothing(forum, three, zhou):
    placed(forum, zhou, title="丁", hall="二楼", starts=time(9, 45), minutes=10)
    before = order(forum)

    with pytest.raises(ForumRefused, match="周明那时要讲"):
        move_slot(slot=three["甲"], later=True)

    assert order(forum) == before


def test_an_item_taken_out_frees_the_offer_it_took_up(forum, wu):
    offer = offer_to_speak(forum=forum, speaker=wu, title="村小", summary="讲", at=NINE)
    slot = add_slot(forum=forum, item=item(wu), offer=offer, at=NINE)
    offer.refresh_from_db()
    assert offer.decision == "accepted"

    remove_slot(slot=Slot.objects.get(pk=slot.pk))

    offer.refresh_from_db()
    assert offer.decision == "waiting"
    assert not Speaker.objects.exists()


def test_nothing_moves_once_the_forum_is_called_off(forum, three, bureau):
    cancel_forum(forum=forum, reason="大雪")

    for act in (
        lambda: move_slot(slot=three["甲"], later=True),
        lambda: remove_slot(slot=three["甲"]),
        lambda: add_slot(forum=forum, item=item(starts=time(11)), at=NINE),
        lambda: confirm(speaker=three["甲"].speakers.get(), person=None, at=NINE),
    ):
        with pytest.raises(ForumRefused, match="已经办完或取消"):
            act()

    assert Slot.objects.filter(forum__day=date(2013, 12, 20)).count() == 3
