"""What a consultation came to: its opinions in order, its differences, its numbers."""

from datetime import timedelta

import pytest

from taihua.rooms.portal.actions.consultations import name_sources, write_final
from taihua.rooms.portal.actions.opinions import Answer, Said, answer, enter, join, set_aside
from taihua.rooms.portal.queries.consultations import (
    alike,
    by_receipt,
    families_of,
    heard,
    opinions_of,
    overview,
    place_of,
    response_of,
    seen_by,
    set_aside_of,
)
from tests.rooms.portal.consultations.conftest import FINAL, LATER, OPENS, TODAY, letter, sent


def settle(opinion, su, adoption="adopted", reason="已改。", **more):
    told = Answer(adoption=adoption, reason=reason, **more)
    return answer(opinion=opinion, answer=told, by=su.account, at=LATER)


def test_opinions_stand_in_the_order_of_the_clauses_and_those_on_the_whole_come_first(out, su):
    third, whole, first = (letter(out, su.account, f"意见 {n}", n) for n in (3, 0, 1))
    early = enter(
        consultation=out,
        said=Said(text="更早的", clause=third.clause),
        channel="phone",
        received_on=OPENS,
        by=su.account,
        at=LATER,
    )
    type(third).objects.filter(pk=third.pk).update(received_on=OPENS + timedelta(days=3))

    assert list(opinions_of(out)) == [whole, first, early, third]


def test_what_is_set_aside_is_no_opinion_and_stands_apart_with_its_reason(out, su):
    kept, gone = letter(out, su.account, "好。"), letter(out, su.account, "广告。")
    set_aside(opinion=gone, reason="是广告", by=su.account)

    assert list(opinions_of(out)) == [kept]
    assert [each.set_aside_because for each in set_aside_of(out)] == ["是广告"]
    assert overview(out).opinions == [kept]
    assert (place_of(kept), place_of(gone)) == (0, 0)


@pytest.mark.parametrize("typed", ["{}", " {} ", "{lower}", "{spaced}"])
def test_a_receipt_is_found_however_it_was_typed(out, su, typed):
    opinion = letter(out, su.account, "好。")
    number = opinion.receipt
    spaced = number.replace("-", " - ")

    assert by_receipt(typed.format(number, lower=number.lower(), spaced=spaced)) == opinion
    assert by_receipt(number[:-1]) is None
    assert by_receipt("") is None


def test_what_says_the_same_is_suggested_until_it_is_joined(out, su):
    same = [letter(out, su.account, f"城南也要建一所小学{end}") for end in ("。", "吧。")]
    letter(out, su.account, "教师一年一换太快。")
    assert families_of(out) == [[each.pk for each in same]]

    join(consultation=out, opinions=same, title="", by=su.account)

    assert families_of(out) == []


def test_the_largest_family_is_suggested_first_and_read_out_by_its_first_five(
    out, su, django_assert_num_queries
):
    two = [letter(out, su.account, f"城南也要建一所小学{end}") for end in ("。", "吧。")]
    many = [letter(out, su.account, f"教师一年一换太快了{'！' * n}") for n in range(7)]

    with django_assert_num_queries(2):
        told = alike(families_of(out))

    assert [(list(each.first), each.more) for each in told] == [(many[:5], 2), (two, 0)]


def test_an_opinion_knows_how_many_stand_before_it(out, su):
    third, whole, first = (letter(out, su.account, f"意见 {n}", n) for n in (3, 0, 1))

    assert [place_of(each) for each in (whole, first, third)] == [0, 1, 2]


def test_numbers_of_the_outcome_are_those_of_its_opinions(finished, su):
    web, phone, other = (letter(finished, su.account, text) for text in ("一", "二", "三"))
    type(web).objects.filter(pk=phone.pk).update(channel="phone")
    settle(web, su, changed=finished.clauses.get(position=2))
    settle(phone, su, adoption="partly", adds=True)
    settle(other, su, adoption="declined")

    told = overview(finished)

    assert (told.heeded, told.share) == (2, 67)
    assert told.by_channel() == [("来信", 2), ("来电", 1)]
    assert told.by_adoption() == [("采纳", 1), ("部分采纳", 1), ("未采纳", 1)]
    assert [(each.lack.value, opinion) for each, opinion in told.missing] == [("not-added", phone)]


def test_without_opinions_nothing_is_divided_by_nothing(finished):
    told = overview(finished)

    assert (told.share, told.by_channel(), told.by_adoption(), told.missing) == (0, [], [], [])


def test_a_clause_shows_what_became_of_it_and_who_was_heeded(finished, su):
    opinion, adding = (
        letter(finished, su.account, "三所。", 2),
        letter(finished, su.account, "加。"),
    )
    write_final(
        consultation=finished,
        text=f"{FINAL}\n第四条　本纲要自公布之日起施行。",
        by=su.account,
        at=LATER,
    )
    settle(opinion, su, changed=finished.clauses.get(position=2))
    settle(adding, su, adds=True)

    kept, changed, left, new = overview(finished).differences

    assert [each.is_changed for each in (kept, changed, left, new)] == [False, True, False, True]
    assert [each.name for each in (kept, changed, left, new)] == [
        "第一条",
        "第二条",
        "第三条",
        "第四条",
    ]
    assert (changed.heeded, new.heeded) == ([opinion], [adding])
    assert [(each.mark, each.text) for each in changed.stretches if each.mark != "same"] == [
        ("del", "两"),
        ("ins", "三"),
    ]
    assert overview(finished).missing == []


def test_a_clause_that_goes_into_two_or_into_none_has_changed(finished, su):
    first, second, third = finished.finals.order_by("position")
    one, two, _three = finished.clauses.order_by("position")
    name_sources(
        consultation=finished,
        sources=[(first, [one]), (second, [one, two]), (third, [])],
        by=su.account,
        at=LATER,
    )

    told = overview(finished).differences

    assert [(each.name, each.is_changed, len(each.finals)) for each in told] == [
        ("第一条", True, 2),
        ("第二条", True, 1),
        ("第三条", True, 0),
        ("第三条", True, 1),
    ]


def test_a_group_is_heard_once_unless_its_answers_differ(finished, su):
    one, other, alone = (letter(finished, su.account, text) for text in ("一", "二", "三"))
    join(consultation=finished, opinions=[one, other], title="都说一件事", by=su.account)
    assert [(each.title, each.response) for each in heard(opinions_of(finished))] == [
        ("都说一件事", None),
        ("三", None),
    ]

    settle(one, su, reason="甲")
    assert [len(each.opinions) for each in heard(opinions_of(finished))] == [1, 1, 1]
    settle(other, su, reason="甲")
    told = heard(opinions_of(finished))

    assert [(each.title, each.opinions) for each in told] == [
        ("都说一件事", [one, other]),
        ("三", [alone]),
    ]
    assert told[0].response.reason == "甲"
    assert response_of(alone) is None


def test_the_list_counts_what_counts(out, su):
    for number in range(3):
        letter(out, su.account, f"第 {number} 条")
    first, second, _third = opinions_of(out)
    settle(first, su, adoption="declined")
    set_aside(opinion=second, reason="广告", by=su.account)

    [row] = seen_by(su.account, TODAY)

    assert (row.counted, row.unanswered) == (2, 1)


def test_the_newest_stands_first(bureau, su, out):
    later = sent(bureau, su, title="后一份", opens=OPENS + timedelta(days=5), closes=OPENS + timedelta(days=60))  # fmt: skip
    same_day = sent(bureau, su, title="同一天的")

    assert list(seen_by(su.account, OPENS)) == [later, same_day, out]


@pytest.mark.parametrize("count", [1, 3, 300])
def test_an_overview_takes_four_questions_however_many_opinions(
    finished, su, django_assert_num_queries, count
):
    second = finished.clauses.get(position=2)
    opinion = letter(finished, su.account, "原样", 2)
    type(opinion).objects.bulk_create(
        type(opinion)(
            consultation=finished,
            clause=second,
            text=f"第 {number} 条",
            receipt=f"R{number}",
            received_on=OPENS,
            channel="phone",
            entered_by=su.account,
        )
        for number in range(count - 1)
    )
    settle(opinion, su, changed=second)

    with django_assert_num_queries(4):
        told = overview(finished)
        seen = [(each.receipt, each.clause.name, response_of(each)) for each in told.opinions]

    assert len(seen) == count
