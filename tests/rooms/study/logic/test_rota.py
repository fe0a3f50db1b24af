"""The rota: as even as it can be, against every other way; and it says why not where it is not."""

from datetime import date, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.study.logic.rota import Lecturer, Slot, make_rota

FIRST = date(2013, 2, 20)
NAMES = ("方正", "高山", "何平", "林知远")


def slot(number: int, topic: str = "题", **barred: str) -> Slot:
    return Slot(FIRST + timedelta(days=30 * number), topic, barred)


@st.composite
def rotas(draw: st.DrawFn) -> tuple[list[Slot], list[Lecturer]]:
    """Up to five slots and four lecturers, with bars, earlier turns and last days of any kind."""
    names = NAMES[: draw(st.integers(1, 4))]
    bars = st.sets(st.sampled_from(names)).map(lambda who: dict.fromkeys(sorted(who), "leave"))
    days = st.integers(0, 200).map(lambda n: FIRST + timedelta(days=n))
    slots = draw(st.lists(st.builds(Slot, days, st.just("题"), bars), max_size=5))
    lasts = st.one_of(st.just(date.min), st.integers(1, 900).map(lambda n: FIRST - timedelta(n)))
    lecturers = [Lecturer(name, draw(st.integers(0, 3)), draw(lasts)) for name in names]
    return slots, lecturers


def every_way(slots: list[Slot], lecturers: list[Lecturer]) -> list[dict[str, int]]:
    """The turns of each in every way to fill the slots that somebody can take."""
    able = [[each.name for each in lecturers if each.name not in s.barred] for s in slots]
    ways = []
    for way in product(*[names for names in able if names]):
        turns = {each.name: each.before for each in lecturers}
        for name in way:
            turns[name] += 1
        ways.append(turns)
    return ways


def spread(turns: dict[str, int]) -> int:
    return max(turns.values()) - min(turns.values())


@given(rotas())
def test_no_other_way_spreads_the_turns_more_evenly(told):
    slots, lecturers = told

    found = make_rota(slots, lecturers)

    ways = every_way(slots, lecturers)
    assert found.turns in ways
    assert found.spread == min(spread(turns) for turns in ways)
    assert sum(n * n for n in found.turns.values()) == min(
        sum(n * n for n in turns.values()) for turns in ways
    )


@given(rotas())
def test_every_slot_goes_to_somebody_who_can_take_it_or_is_said_to_be_nobodys(told):
    slots, lecturers = told

    found = make_rota(slots, lecturers)

    assert sorted([*found.unfilled, *(c.slot for c in found.choices)]) == list(range(len(slots)))
    for choice in found.choices:
        assert choice.lecturer not in slots[choice.slot].barred
    for number in found.unfilled:
        assert {each.name for each in lecturers} <= slots[number].barred.keys()


@given(rotas())
def test_where_it_cannot_be_even_those_named_are_the_only_ones_for_their_slots(told):
    slots, lecturers = told

    found = make_rota(slots, lecturers)

    assert (found.obstacle is None) == (found.spread <= 1)
    if found.obstacle is not None:
        few, taken = set(found.obstacle.few), set(found.obstacle.slots)
        assert found.obstacle.spared
        assert not few & set(found.obstacle.spared)
        for number in taken:
            able = {each.name for each in lecturers} - slots[number].barred.keys()
            assert able <= few
        # Whoever is named has all but the most: they cannot share more evenly among themselves.
        most = max(found.turns.values())
        assert all(found.turns[name] >= most - 1 for name in few)


@given(rotas())
def test_the_same_question_has_the_same_answer(told):
    slots, lecturers = told

    assert make_rota(slots, lecturers) == make_rota(slots, lecturers[::-1])


@given(rotas())
def test_whoever_was_passed_over_had_fewer_turns_or_an_older_last_one(told):
    slots, lecturers = told

    found = make_rota(slots, lecturers)

    given_so_far = {each.name: each.before for each in lecturers}
    last = {each.name: each.last for each in lecturers}
    for choice in found.choices:
        key = (given_so_far[choice.lecturer], last[choice.lecturer], choice.lecturer)
        able = {each.name for each in lecturers} - slots[choice.slot].barred.keys()
        first = {n for n in able if (given_so_far[n], last[n], n) < key}
        assert set(choice.waits) == first
        assert (choice.given, choice.last) == key[:2]
        given_so_far[choice.lecturer] += 1
        last[choice.lecturer] = slots[choice.slot].day


def test_four_share_eight_lectures_two_each_longest_ago_first():
    lecturers = [Lecturer(name, 0, FIRST - timedelta(days=n)) for n, name in enumerate(NAMES, 1)]

    found = make_rota([slot(number) for number in range(8)], lecturers)

    assert [choice.lecturer for choice in found.choices] == [*NAMES[::-1], *NAMES[::-1]]
    assert found.is_fair
    assert found.spread == 0


def test_an_early_slot_is_left_to_another_so_that_a_late_one_finds_somebody():
    only_gao = slot(1, 方正="topic", 何平="topic", 林知远="topic")
    long_ago = {"高山": date(2011, 3, 1)}
    lecturers = [Lecturer(name, last=long_ago.get(name, date(2012, 9, 1))) for name in NAMES]

    found = make_rota([slot(0, 方正="leave"), only_gao, slot(2), slot(3)], lecturers)

    first, second, *_rest = found.choices
    assert (first.lecturer, first.waits) == ("何平", ("高山",))
    assert (second.lecturer, second.alone) == ("高山", True)
    assert found.spread == 0


def test_three_lectures_that_only_one_can_give_are_named_as_what_stands_in_the_way():
    others = {"方正": "topic", "何平": "leave"}
    slots = [slot(0, **others), slot(1, **others), slot(2, **others)]

    found = make_rota(slots, [Lecturer(name) for name in ("方正", "何平", "高山")])

    assert not found.is_fair
    assert found.obstacle.few == ("高山",)
    assert found.obstacle.slots == (0, 1, 2)
    assert found.obstacle.spared == ("何平", "方正")


def test_whoever_lectured_before_in_the_span_waits_until_the_others_have():
    found = make_rota([slot(0), slot(1)], [Lecturer("甲", 1), Lecturer("乙"), Lecturer("丙")])

    assert {choice.lecturer for choice in found.choices} == {"乙", "丙"}


def test_without_anybody_every_slot_stays_open():
    found = make_rota([slot(0), slot(1)], [])

    assert found.unfilled == (0, 1)
    assert not found.is_fair
