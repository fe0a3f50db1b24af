"""What lies on top of a desk is what is most urgent."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from taihua.kernel.rules.enums import State
from taihua.rooms.desk.logic.cards import URGENCY, Card, in_order, promised_state

DAY = date(2013, 12, 4)


def card(state=State.OWED, due=DAY, topic="a"):
    return Card(topic=topic, path=topic, sentence="", state=state, due=due)


cards = st.builds(
    card, st.sampled_from(State), st.dates(DAY - timedelta(300), DAY + timedelta(60)),
    st.sampled_from("abc"),
)  # fmt: skip


def test_owed_lies_above_soon_and_soon_above_what_can_wait():
    waits, soon, owed = card(State.ON_COURSE), card(State.DUE_SOON, topic="b"), card(topic="c")

    assert in_order([waits, soon, owed]) == [owed, soon, waits]


def test_what_is_done_or_excused_does_not_lie_there():
    assert in_order([card(State.DONE), card(State.DONE_LATE), card(State.EXEMPT)]) == []


def test_the_same_duty_owed_thrice_lies_there_once_with_the_oldest_day():
    days = [DAY, DAY - timedelta(60), DAY - timedelta(30)]

    (only,) = in_order(card(due=day) for day in days)

    assert (only.due, only.also) == (DAY - timedelta(60), 2)


@given(st.lists(cards))
def test_nothing_owed_is_lost_and_the_order_does_not_depend_on_the_input(given_cards):
    found = in_order(given_cards)

    assert sum(1 + each.also for each in found) == sum(c.state in URGENCY for c in given_cards)
    ranks = [URGENCY.index(each.state) for each in found]
    assert ranks == sorted(ranks)
    assert [c.sentence for c in in_order(reversed(given_cards))] == [c.sentence for c in found]


def test_a_promise_is_soon_within_a_week_and_owed_the_day_after():
    assert promised_state(DAY - timedelta(1), DAY) is State.OWED
    assert promised_state(DAY, DAY) is State.DUE_SOON
    assert promised_state(DAY + timedelta(7), DAY) is State.DUE_SOON
    assert promised_state(DAY + timedelta(8), DAY) is State.ON_COURSE
