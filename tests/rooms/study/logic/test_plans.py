"""A plan against its earlier versions, and against what was done."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.study.logic.plans import Item, changes, quarters

NEW_YEAR = date(2013, 1, 1)
days = st.integers(0, 364).map(lambda n: NEW_YEAR + timedelta(days=n))
items = st.builds(Item, st.integers(1, 9), days, st.sampled_from("甲乙丙"), st.sampled_from("林高"))
plans = st.lists(items, unique_by=lambda item: item.slot, max_size=8)
FIRST = Item(1, date(2013, 2, 10), "十八大报告", "林知远")


def test_a_version_that_says_the_same_changed_nothing():
    assert changes([FIRST], [FIRST]) == []


def test_what_is_added_dropped_moved_and_renamed_is_told_apart():
    second = Item(2, date(2013, 5, 10), "均衡发展")
    third = Item(3, date(2013, 8, 10), "师德师风")
    moved = replace(FIRST, day=date(2013, 3, 1), lead="高山")

    found = changes([FIRST, second], [moved, third])

    assert [(c.is_new, c.is_dropped, c.is_moved) for c in found] == [
        (False, False, True),
        (False, True, False),
        (True, False, False),
    ]
    assert found[0].has_other_lead
    assert not found[0].is_renamed


@given(plans, plans)
def test_the_changes_turn_one_version_into_the_other(before, after):
    now = {item.slot: item for item in before}
    for change in changes(before, after):
        if change.after is None:
            del now[change.before.slot]
        else:
            now[change.after.slot] = change.after

    assert now == {item.slot: item for item in after}


@given(plans, st.lists(days, max_size=4), days)
def test_every_item_is_in_one_quarter_as_held_late_or_ahead(items, beyond, on):
    held = {item.slot: item.day for item in items[::2]}

    found = quarters(items, held, beyond, on)

    assert sum(len(q.planned) for q in found) == len(items)
    assert sum(q.beyond for q in found) == len(beyond)
    for quarter in found:
        told = [*quarter.held, *quarter.overdue, *quarter.ahead]
        assert sorted(told, key=lambda i: i.slot) == sorted(quarter.planned, key=lambda i: i.slot)
        assert all(item.day < on for item in quarter.overdue)


def test_a_session_held_late_fills_the_quarter_in_which_it_was_planned():
    found = quarters([FIRST], {1: date(2013, 4, 20)}, [], date(2013, 12, 4))

    assert found[0].is_full
    assert not found[1].planned
