"""Whatever comes, is joined, split or set aside: the families are those of comparing all that stand alone."""

from importlib import import_module

import pytest
from django.apps import apps
from hypothesis import given, settings
from hypothesis import strategies as st

from taihua.rooms.portal.actions.opinions import (
    Said,
    Sender,
    give,
    join,
    set_aside,
    split,
    take_back_in,
)
from taihua.rooms.portal.logic.near import near_groups
from taihua.rooms.portal.models import Opinion, OpinionGroup
from taihua.rooms.portal.queries.consultations import families_of
from tests.factories import NINE
from tests.rooms.portal.consultations.conftest import letter, sent

FEW = settings(max_examples=25)  # each works on real rows
# Each is like the next and no other, the last is like none: it matters who is still there.
CHAIN = ["甲乙丙丁戊己", "丙丁戊己庚辛", "戊己庚辛壬癸", "庚辛壬癸子丑", "壬癸子丑寅卯", "教师轮岗"]
PLACES = st.integers(0, len(CHAIN) - 1)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("join"), st.sets(PLACES, min_size=2, max_size=3)),
        st.tuples(st.sampled_from(["split", "aside", "back"]), PLACES),
    ),
    max_size=8,
)  # fmt: skip


def by_comparing_all():
    alone = Opinion.objects.filter(group=None, set_aside_because="").order_by("pk")
    return sorted(near_groups(dict(alone.values_list("pk", "text"))))


def kept():
    """Who is kept together, each family by its first."""
    families = {}
    for family, pk in (
        Opinion.objects.exclude(family=None).order_by("pk").values_list("family", "pk")
    ):
        families.setdefault(family, []).append(pk)
    assert all(family == keys[0] and len(keys) > 1 for family, keys in families.items())
    return sorted(families.values())


@pytest.fixture
def fresh():
    """Forget what an earlier example left."""

    def forget():
        Opinion.objects.update(family=None)
        Opinion.objects.all().delete()
        OpinionGroup.objects.all().delete()

    return forget


def do(act, whom, opinions, su):
    if act == "join":
        chosen = [opinions[place] for place in sorted(whom)]
        there = Opinion.objects.filter(pk__in=[each.pk for each in chosen], set_aside_because="")
        if there.count() == len(chosen):
            join(consultation=chosen[0].consultation, opinions=chosen, title="", by=su.account)
    elif act == "split":
        split(opinion=opinions[whom], by=su.account)
    elif act == "aside":
        set_aside(opinion=opinions[whom], reason="广告", by=su.account)
    else:
        take_back_in(opinion=opinions[whom], by=su.account)


@FEW
@given(st.permutations(CHAIN), ACTS)
def test_families_are_at_any_time_those_of_comparing_all_that_stand_alone(
    out, su, fresh, texts, acts
):
    fresh()
    opinions = []
    for text in texts:
        opinions.append(letter(out, su.account, text))
        assert kept() == by_comparing_all()

    for act, whom in acts:
        do(act, whom, opinions, su)
        assert kept() == by_comparing_all()


def test_a_stranger_waits_for_nobody_else_and_finds_the_family(out, su):
    [first] = [letter(out, su.account, "城南也要建一所小学。")]
    second = give(
        consultation=out, said=Said(text="城南也要建一所小学吧"), sender=Sender(address="10.0.0.1"), at=NINE
    )  # fmt: skip

    assert families_of(out) == [[first.pk, second.pk]]


def test_families_stay_within_their_consultation(out, bureau, su):
    other = sent(bureau, su, title="另一份")
    for each in (out, other):
        letter(each, su.account, "城南也要建一所小学。")

    assert families_of(out) == families_of(other) == []


def test_those_that_came_before_families_were_kept_are_sorted_once(out, bureau, su):
    other = sent(bureau, su, title="另一份")
    for each in (out, other):
        for text in [*CHAIN[:3], CHAIN[5]]:
            letter(each, su.account, text)
    apart = letter(out, su.account, CHAIN[0])
    set_aside(opinion=apart, reason="重复", by=su.account)
    before = kept()
    Opinion.objects.update(family=None)

    import_module("taihua.rooms.portal.migrations.0008_sort_families").sort(apps, None)

    assert kept() == before
    assert len(before) == 2
