"""Opinions that say the same are put together and taken apart: no order matters, nothing is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taihua.rooms.portal.actions.opinions import Answer, answer, join, set_aside, split
from taihua.rooms.portal.models import Opinion, OpinionGroup, Response
from tests.rooms.portal.consultations.conftest import LATER, letter, refused

FIVE = range(5)
PAIRS = st.lists(st.sets(st.sampled_from(FIVE), min_size=2, max_size=3), min_size=1, max_size=4)
FEW = settings(max_examples=15)  # each joins and splits real rows
DECLINED = Answer(adoption="declined", reason="财力不够。")


@pytest.fixture
def five(out, su):
    return [letter(out, su.account, f"第 {number} 条意见。") for number in FIVE]


def together(opinions):
    """Which of them are in one group, by their places."""
    places = {each.pk: place for place, each in enumerate(opinions)}
    groups = {}
    for pk, group in Opinion.objects.filter(group__isnull=False).values_list("pk", "group"):
        groups.setdefault(group, set()).add(places[pk])
    return sorted(sorted(members) for members in groups.values())


def put(opinions, ticked, su):
    for places in ticked:
        chosen = [opinions[place] for place in sorted(places)]
        join(consultation=opinions[0].consultation, opinions=chosen, title="", by=su.account)


def take_all_apart(opinions, su):
    for each in opinions:
        split(opinion=each, by=su.account)


@FEW
@given(PAIRS, st.randoms(use_true_random=False))
def test_in_whatever_order_they_are_joined_the_same_stand_together(five, su, ticked, random):
    take_all_apart(five, su)
    put(five, ticked, su)
    found = together(five)
    take_all_apart(five, su)
    shuffled = list(ticked)
    random.shuffle(shuffled)
    put(five, shuffled, su)

    assert together(five) == found
    for places in ticked:
        assert any(places <= set(group) for group in found)
    assert OpinionGroup.objects.count() == len(found)


@FEW
@given(PAIRS)
def test_taken_apart_they_are_as_they_were_before(five, su, ticked):
    take_all_apart(five, su)
    before = list(Opinion.objects.order_by("pk").values())

    put(five, ticked, su)
    take_all_apart(five, su)

    assert list(Opinion.objects.order_by("pk").values()) == before
    assert not OpinionGroup.objects.exists()


@FEW
@given(PAIRS, st.sampled_from(FIVE))
def test_a_group_of_one_is_none(five, su, ticked, gone):
    take_all_apart(five, su)
    put(five, ticked, su)
    before = together(five)

    split(opinion=five[gone], by=su.account)

    rest = [[place for place in group if place != gone] for group in before]
    assert together(five) == sorted(group for group in rest if len(group) > 1)
    assert OpinionGroup.objects.count() == len(together(five))


def test_a_group_is_called_as_its_officer_says_or_as_its_first_opinion(five, su):
    out = five[0].consultation
    named = join(consultation=out, opinions=five[:2], title=" 要建学校 ", by=su.account)
    unnamed = join(consultation=out, opinions=five[2:4], title=" ", by=su.account)

    assert (named.title, unnamed.title) == ("要建学校", "第 2 条意见。")
    assert join(consultation=out, opinions=five[1:3], title="别的", by=su.account) == named
    assert list(OpinionGroup.objects.all()) == [named]
    assert together(five) == [[0, 1, 2, 3]]


def test_what_is_set_aside_leaves_its_group_and_is_joined_no_more(five, su):
    out = five[0].consultation
    join(consultation=out, opinions=five[:2], title="", by=su.account)

    set_aside(opinion=five[0], reason="广告", by=su.account)

    assert not OpinionGroup.objects.exists()
    with refused("请至少勾选这里的两条意见"):
        join(consultation=out, opinions=five[:2], title="", by=su.account)
    with refused("请至少勾选这里的两条意见"):
        join(consultation=out, opinions=[five[1]] * 2, title="", by=su.account)


def test_an_answer_to_the_group_is_given_to_each_and_stays_with_each(five, su):
    out = five[0].consultation
    join(consultation=out, opinions=five[:3], title="", by=su.account)

    answer(opinion=five[0], answer=DECLINED, by=su.account, at=LATER, whole_group=True)
    split(opinion=five[1], by=su.account)

    assert set(Response.objects.values_list("opinion", flat=True)) == {each.pk for each in five[:3]}
    assert together(five) == [[0, 2]]


def test_an_answer_to_one_of_a_group_is_given_to_that_one(five, su):
    join(consultation=five[0].consultation, opinions=five[:3], title="", by=su.account)

    answer(opinion=five[0], answer=DECLINED, by=su.account, at=LATER)
    answer(opinion=five[4], answer=DECLINED, by=su.account, at=LATER, whole_group=True)

    assert set(Response.objects.values_list("opinion", flat=True)) == {five[0].pk, five[4].pk}
