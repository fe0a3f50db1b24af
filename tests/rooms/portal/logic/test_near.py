"""Opinions that say nearly the same are found as by comparing all pairs, only sooner."""

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.portal.logic import near
from taihua.rooms.portal.logic.near import alike_to, likeness, near_groups, runs

SOME = st.text("甲乙丙丁，。 ", max_size=20)
MANY = st.dictionaries(st.integers(0, 30), SOME, max_size=16)
SHARES = st.sampled_from([0.1, 0.2, 0.25, 1 / 3, 0.35, 0.5, 2 / 3, 0.7, 0.9, 1.0])


def by_all_pairs(texts, alike):
    """The same groups by the plain way: each is compared with each."""
    groups = [[key] for key in texts]
    for one, other in combinations(texts, 2):
        if likeness(runs(texts[one]), runs(texts[other])) >= alike:
            near_one, near_other = (next(g for g in groups if key in g) for key in (one, other))
            if near_one is not near_other:
                groups.remove(near_other)
                near_one += near_other
    order = {key: place for place, key in enumerate(texts)}
    found = [sorted(group, key=order.__getitem__) for group in groups if len(group) > 1]
    return sorted(found, key=lambda group: order[group[0]])


@given(MANY, SHARES)
def test_the_groups_are_those_of_comparing_all_pairs(texts, alike):
    assert near_groups(texts, alike) == by_all_pairs(texts, alike)


@given(st.lists(st.text("甲乙丙丁戊己庚辛壬癸", min_size=10, max_size=40), min_size=2, max_size=12), SHARES, st.randoms(use_true_random=False))  # fmt: skip
def test_so_they_are_for_texts_with_a_word_changed_here_and_there(texts, alike, rng):
    changed = {
        number: text.replace(rng.choice(text), "子", rng.randint(0, 2))
        for number, text in enumerate([*texts, *texts])
    }

    assert near_groups(changed, alike) == by_all_pairs(changed, alike)


@given(MANY, st.randoms(use_true_random=False))
def test_the_order_of_the_texts_says_nothing_about_who_hangs_together(texts, rng):
    keys = list(texts)
    rng.shuffle(keys)
    shuffled = near_groups({key: texts[key] for key in keys})

    assert sorted(map(sorted, shuffled)) == sorted(map(sorted, near_groups(texts)))


@given(MANY)
def test_one_more_text_parts_nobody(texts):
    before = near_groups(texts)
    after = near_groups({**texts, 99: "甲乙丙丁"})

    assert all(any(set(group) <= set(larger) for larger in after) for group in before)


@given(MANY, SOME, SHARES)
def test_what_is_like_a_text_is_told_as_by_comparing_it_with_each(texts, text, alike):
    like = [key for key in texts if likeness(runs(text), runs(texts[key])) >= alike]

    assert alike_to(text, texts, alike) == like


@given(MANY, st.randoms(use_true_random=False))
def test_groups_grow_by_what_each_newcomer_is_like(texts, rng):
    came = list(texts)
    rng.shuffle(came)
    groups = []
    for place, key in enumerate(came):
        like = set(alike_to(texts[key], {other: texts[other] for other in came[:place]}))
        met = [group for group in groups if group & like]
        groups = [group for group in groups if not group & like] + [{key}.union(*met)]

    grown = sorted(sorted(group) for group in groups if len(group) > 1)
    assert grown == sorted(map(sorted, near_groups(texts)))


def sentences(number):
    """Opinions of different words, every tenth of them said again with another ending."""
    rng = random.Random(7)
    signs = [chr(0x4E00 + place) for place in range(900)]
    texts = ["".join(rng.choices(signs, k=rng.randint(20, 80))) for _n in range(number)]
    return dict(enumerate([*texts, *(f"{text}谢谢" for text in texts[::10])]))


def test_of_many_texts_only_a_few_pairs_are_compared(monkeypatch):
    texts, compared = sentences(600), []
    monkeypatch.setattr(near, "likeness", lambda *two: compared.append(two) or likeness(*two))

    groups = near_groups(texts)

    assert len(groups) == 60
    assert all(len(group) == 2 for group in groups)
    assert len(compared) < 2 * len(groups)


def test_the_same_advertisement_a_thousand_times_is_one_group_and_compared_with_nothing(
    monkeypatch,
):
    compared = []
    monkeypatch.setattr(near, "likeness", lambda *two: compared.append(two) or 1.0)

    [group] = near_groups(dict.fromkeys(range(1000), "低价代写论文"))

    assert len(group) == 1000
    assert compared == []


@pytest.mark.parametrize("text", ["", "，。", " \n"])
def test_what_says_nothing_is_like_nothing(text):
    assert near_groups({1: text, 2: text}) == []


def test_two_that_share_one_letter_are_told_by_it():
    assert near_groups({1: "好", 2: "好！", 3: "不好"}) == [[1, 2]]


def test_what_says_nearly_the_same_hangs_together():
    texts = {
        1: "城南也要建一所小学，孩子过铁路危险。",
        2: "希望城南也建一所小学，孩子过铁路危险。",
        3: "教师一年一换太快。",
    }

    assert near_groups(texts) == [[1, 2]]


@given(SOME, SOME)
def test_likeness_is_between_nothing_and_all_and_goes_both_ways(one, other):
    share = likeness(runs(one), runs(other))

    assert 0 <= share <= 1
    assert share == likeness(runs(other), runs(one))
    assert likeness(runs(one), runs(one)) == (1.0 if runs(one) else 0.0)


@given(st.dictionaries(st.integers(0, 9), SOME))
def test_groups_share_nobody_and_have_at_least_two(texts):
    groups = near_groups(texts)
    members = [key for keys in groups for key in keys]

    assert len(members) == len(set(members))
    assert all(len(keys) > 1 for keys in groups)
    assert set(members) <= set(texts)


@given(SOME)
def test_blanks_and_stops_make_no_difference(text):
    assert runs(text) == runs(text.replace(" ", "").replace("，", "。"))
