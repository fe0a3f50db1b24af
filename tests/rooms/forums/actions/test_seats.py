"""Registration: fair, and a place that is freed goes to the first who waits."""

import pytest

from taihua.rooms.forums.actions.forums import ForumRefused, cancel_forum, change_forum
from taihua.rooms.forums.actions.registration import give_back, register
from taihua.rooms.forums.models import Forum, Registration
from taihua.rooms.forums.queries.forums import seats_of
from tests.factories import NINE
from tests.rooms.forums.conftest import at, call_of, colleagues, placed


@pytest.fixture
def small(forum):
    Forum.objects.filter(pk=forum.pk).update(seats=2)
    forum.refresh_from_db()
    return forum


def names(forum):
    seats = seats_of(forum)
    return [[each.person.name for each in side] for side in (seats.seated, seats.waiting)]


def test_who_asks_first_has_a_seat(small, zhou, shen, wu):
    for person in (shen, wu, zhou):
        register(forum=small, person=person, at=NINE)

    assert names(small) == [["沈青", "吴江"], ["周明"]]
    assert [seats_of(small).place_of(person) for person in (shen, zhou)] == [0, 1]


def test_a_freed_seat_goes_to_the_first_who_waits_and_who_left_comes_last(
    small, zhou, shen, wu, lin
):
    for person in (shen, wu, zhou, lin):
        register(forum=small, person=person, at=NINE)

    give_back(forum=small, person=shen, at=NINE)
    assert names(small) == [["吴江", "周明"], ["林知远"]]
    register(forum=small, person=shen, at=NINE)

    assert names(small) == [["吴江", "周明"], ["林知远", "沈青"]]


def test_registering_twice_is_registering_once(small, shen):
    assert register(forum=small, person=shen, at=NINE) == register(
        forum=small, person=shen, at=at(5)
    )
    assert Registration.objects.count() == 1


def test_registration_closes_at_the_end_of_its_day(forum, shen, wu):
    register(forum=forum, person=shen, at=at(18, 23))

    with pytest.raises(ForumRefused, match="截止"):
        register(forum=forum, person=wu, at=at(19, 0))

    assert names(forum) == [["沈青"], []]


def test_a_seat_can_be_given_back_after_registration_has_closed(small, zhou, shen, wu):
    for person in (shen, wu, zhou):
        register(forum=small, person=person, at=NINE)

    give_back(forum=small, person=wu, at=at(19))

    assert names(small) == [["沈青", "周明"], []]


def test_more_seats_let_those_who_wait_in(small, bureau, su, zhou, shen, wu):
    for person in (shen, wu, zhou):
        register(forum=small, person=person, at=NINE)

    change_forum(forum=small, call=call_of(bureau, su, seats=3), at=NINE)

    small.refresh_from_db()
    assert names(small) == [["沈青", "吴江", "周明"], []]


def test_a_speaker_need_not_register(forum, shen):
    placed(forum, shen)

    with pytest.raises(ForumRefused, match="您是主讲人"):
        register(forum=forum, person=shen, at=NINE)


def test_who_is_not_registered_has_nothing_to_give_back(forum, shen):
    with pytest.raises(ForumRefused, match="没有报名"):
        give_back(forum=forum, person=shen, at=NINE)


def test_nobody_registers_for_what_is_called_off(forum, shen):
    cancel_forum(forum=forum, reason="大雪")

    with pytest.raises(ForumRefused, match="已经办完或取消"):
        register(forum=forum, person=shen, at=NINE)


def test_without_a_limit_nobody_waits(forum, section, posts):
    for person in colleagues(12, section, posts["科员"]):
        register(forum=forum, person=person, at=NINE)

    assert [len(side) for side in names(forum)] == [12, 0]
