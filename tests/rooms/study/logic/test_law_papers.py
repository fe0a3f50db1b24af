from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from taihua.rooms.study.logic.law_papers import (
    Part,
    Shortage,
    Sort,
    Stocked,
    counted,
    draw,
    fingerprint,
    is_passed,
    order_of,
    plan,
)

sorts = st.builds(
    Sort,
    law=st.integers(1, 3),
    kind=st.sampled_from(["single", "several", "truth", "fill"]),
    difficulty=st.sampled_from(["easy", "middle", "hard"]),
)
stocks = st.lists(sorts, min_size=1, max_size=80).map(
    lambda found: [Stocked(pk, sort) for pk, sort in enumerate(found, start=1)]
)
seeds = st.integers(0, 2**31 - 1)
MINE = Sort(1, "single", "easy")


def shelf(count, sort=MINE):
    return [Stocked(pk, sort) for pk in range(1, count + 1)]


def spread(drawn, stock):
    where = {one.pk: one.sort for one in stock}
    return Counter(where[pk] for pk in drawn)


@given(stocks, seeds, seeds, st.data())
def test_papers_of_one_plan_are_equivalent(stock, first, second, data):
    there = Counter(one.sort.kind for one in stock)
    wanted = {kind: data.draw(st.integers(0, count)) for kind, count in there.items()}
    parts = plan(counted(stock), [1, 2, 3], wanted)

    one, other = draw(parts, stock, first), draw(parts, stock, second)

    assert spread(one, stock) == spread(other, stock) == {p.sort: p.count for p in parts}
    assert len(set(one)) == len(one) == sum(wanted.values())


@given(stocks, seeds, st.randoms())
def test_a_paper_comes_again_from_its_seed_and_its_stock(stock, seed, random):
    parts = plan(counted(stock), [1, 2, 3], Counter(one.sort.kind for one in stock[::2]))
    other_order = list(stock)
    random.shuffle(other_order)

    assert draw(parts, stock, seed) == draw(parts, other_order, seed)
    assert fingerprint(stock) == fingerprint(other_order)


def test_a_paper_of_the_first_day_still_comes_out_word_for_word():
    """Papers that are kept tell their seed and their print: neither may ever mean another paper."""
    stock = [
        Stocked(n, Sort(1 + n % 2, "single" if n % 3 else "truth", "easy" if n % 5 else "hard"))
        for n in range(1, 61)
    ]
    parts = plan(counted(stock), [1, 2], {"single": 5, "truth": 3})

    assert [part.count for part in parts] == [3, 1, 2, 2]
    assert draw(parts, stock, 2013) == [34, 4, 32, 59, 47, 6, 33, 3]
    assert fingerprint(stock) == "5905726bef9445882d4eb12c9ee107b1"


@given(stocks)
def test_another_stock_has_another_fingerprint(stock):
    assert fingerprint(stock[1:]) != fingerprint(stock)


@given(seeds, st.integers(1, 10_000), st.integers(2, 6))
def test_choices_stand_in_an_order_of_the_paper_and_none_is_lost(seed, pk, choices):
    order = order_of(seed, pk, "single", choices)

    assert sorted(order) == list(range(choices))
    assert order == order_of(seed, pk, "single", choices)


def test_right_and_wrong_keep_their_places():
    assert {tuple(order_of(seed, 1, "truth", 2)) for seed in range(20)} == {(0, 1)}
    assert len({tuple(order_of(seed, 1, "several", 4)) for seed in range(50)}) > 10


@given(seeds, st.sets(st.integers(1, 30), max_size=20))
def test_a_resit_takes_other_questions_as_long_as_there_are_some(seed, seen):
    drawn = draw([Part(MINE, 10)], shelf(30), seed, seen)

    again = set(drawn) & seen
    assert len(again) == max(0, 10 - (30 - len(seen)))


@given(stocks, st.data())
def test_the_plan_shares_evenly_among_laws(stock, data):
    kind = stock[0].sort.kind
    there = Counter(one.sort.law for one in stock if one.sort.kind == kind)
    count = data.draw(st.integers(1, sum(there.values())))

    parts = plan(counted(stock), [1, 2, 3], {kind: count})

    shared = Counter()
    for part in parts:
        shared[part.sort.law] += part.count
    fullest = max(shared.values())
    assert all(shared[law] in {there[law], fullest, fullest - 1} for law in there)


@given(stocks, st.sampled_from(["single", "several"]))
def test_what_the_bank_lacks_is_refused_with_both_numbers(stock, kind):
    there = sum(one.sort.kind == kind for one in stock)
    assume(there < 80)

    with pytest.raises(Shortage) as refusal:
        plan(counted(stock), [1, 2, 3], {kind: there + 1})

    assert (refusal.value.wanted, refusal.value.there) == (there + 1, there)


def test_a_law_that_was_not_asked_for_gives_no_question():
    stock = [*shelf(3), Stocked(9, Sort(2, "single", "easy"))]

    assert plan(counted(stock), [2], {"single": 1}) == [Part(Sort(2, "single", "easy"), 1)]


def test_a_stock_that_has_shrunk_is_refused():
    with pytest.raises(Shortage):
        draw([Part(MINE, 4)], shelf(3), 1)


def test_kinds_come_one_after_the_other():
    stock = [
        Stocked(1, Sort(1, "truth", "easy")),
        Stocked(2, Sort(1, "single", "easy")),
        Stocked(3, Sort(1, "fill", "easy")),
    ]

    drawn = draw([Part(one.sort, 1) for one in stock], stock, 7)

    assert drawn == [2, 1, 3]


@pytest.mark.parametrize(
    ("right", "asked", "passed"), [(8, 10, True), (7, 10, False), (0, 0, False), (4, 5, True)]
)
def test_the_line_is_reached_or_not(right, asked, passed):
    assert is_passed(right, asked, 80) is passed
