from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.outreach.logic.coverage import (
    Place,
    Visitor,
    cheapest,
    send,
    total,
    urgency,
    weight,
)

NAMES = "甲乙丙丁"
places = st.lists(
    st.builds(
        Place,
        code=st.sampled_from(NAMES),
        waited=st.none() | st.integers(0, 800),
        open_matters=st.integers(0, 9),
        visits=st.integers(0, 3),
        cap=st.integers(0, 3),
    ),
    max_size=3,
    unique_by=lambda place: place.code,
)
some = st.frozensets(st.sampled_from(NAMES), max_size=2)
visitors = st.lists(
    st.builds(Visitor, code=st.sampled_from("123"), own=some, recent=some),
    max_size=3,
    unique_by=lambda visitor: visitor.code,
)


def allowed(plan, who, where):
    """Whether a plan sends nobody home and piles nobody up."""
    by_code = {place.code: place for place in where}
    owners = {visitor.code: visitor.own for visitor in who}
    sent = list(plan.values())
    return all(code not in owners[visitor] for visitor, code in plan.items()) and all(
        sent.count(code) <= by_code[code].room for code in sent
    )


def best_by_trying_all(who, where):
    choices = [None, *(place.code for place in where)]
    plans = (
        {visitor.code: code for visitor, code in zip(who, each, strict=True) if code}
        for each in product(choices, repeat=len(who))
    )
    return max(total(plan, who, where) for plan in plans if allowed(plan, who, where))


@given(visitors, places)
def test_no_other_plan_is_worth_more(who, where):
    plan = send(who, where)

    assert allowed(plan, who, where)
    assert total(plan, who, where) == best_by_trying_all(who, where)


@given(visitors, places)
def test_the_order_of_visitors_and_places_changes_nothing_of_the_worth(who, where):
    assert total(send(who, where), who, where) == total(
        send(who[::-1], where[::-1]), who[::-1], where[::-1]
    )


@given(visitors, places)
def test_nobody_stays_while_a_place_that_he_may_visit_has_room(who, where):
    plan = send(who, where)

    for visitor in who:
        if visitor.code not in plan:
            taken = list(plan.values())
            assert all(
                place.code in visitor.own or taken.count(place.code) >= place.room
                for place in where
            )


@given(st.lists(st.lists(st.integers(-20, 20), min_size=4, max_size=4), max_size=3))
def test_the_cheapest_assignment_is_found(costs):
    found = cheapest(costs)

    assert len(set(found.values())) == len(found) == len(costs)
    told = sum(costs[row][column] for row, column in found.items())
    every = product(range(4), repeat=len(costs))
    assert told == min(
        sum(costs[row][column] for row, column in enumerate(each))
        for each in every
        if len(set(each)) == len(each)
    )


def test_who_waits_longer_and_has_more_open_is_more_urgent():
    assert urgency(Place("甲", 200)) > urgency(Place("乙", 100))
    assert urgency(Place("甲", 100, open_matters=1)) > urgency(Place("乙", 100))
    assert urgency(Place("甲", None)) == urgency(Place("乙", 365)) == urgency(Place("丙", 900))
    assert urgency(Place("甲", 100, visits=1)) < urgency(Place("乙", 100))


def test_nobody_is_sent_to_his_own_unit_or_to_one_that_is_full():
    assert weight(Visitor("1", own=frozenset("甲")), Place("甲", 100)) is None
    assert weight(Visitor("1"), Place("甲", 100, visits=2, cap=2)) is None
    assert send([Visitor("1")], [Place("甲", 300, visits=2, cap=2)]) == {}


def test_two_are_spread_over_two_places_though_one_is_more_urgent():
    where = [Place("甲", 300, cap=2), Place("乙", 280, cap=2)]

    assert set(send([Visitor("1"), Visitor("2")], where).values()) == {"甲", "乙"}


def test_a_fresh_eye_is_preferred():
    where = [Place("甲", 100), Place("乙", 100)]

    assert send([Visitor("1", recent=frozenset("甲"))], where) == {"1": "乙"}
