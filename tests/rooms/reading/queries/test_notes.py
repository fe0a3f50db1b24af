from datetime import date

import pytest

from taihua.rooms.reading.actions.checks import hand_in_note
from taihua.rooms.reading.actions.circles import form_circle
from taihua.rooms.reading.actions.notes import share_note, withdraw_share, write_note
from taihua.rooms.reading.queries.circles import circles_of
from taihua.rooms.reading.queries.notes import (
    Audience,
    audiences_for,
    notes_of,
    notes_seen_by,
    notes_shared_with,
    shares_of,
)
from tests.factories import NINE
from tests.rooms.reading.conftest import read_through, set_to

TODAY = date(2013, 12, 4)


@pytest.fixture
def note(shen):
    return write_note(writer=shen, kind="note", title="题", text="文", at=NINE)


@pytest.fixture
def cast(lin, zhou, shen, wu, su, zheng):
    return [lin, zhou, shen, wu, su, zheng]


def who_sees(note, cast):
    return {person for person in cast if note in notes_seen_by(person, TODAY)}


def share_with(note, key):
    audience = {a.key: a for a in audiences_for(note.writer, TODAY)}[key]
    return share_note(note=note, audience=audience, at=NINE)


def test_a_note_is_private_until_it_is_shared_even_to_clerk_and_auditor(note, cast, shen):
    assert who_sees(note, cast) == {shen}


def test_a_note_shared_with_a_unit_reaches_it_alone(note, cast, shen, school):
    share_with(note, f"unit-{school.pk}")

    assert who_sees(note, cast) == {shen}


def test_a_note_shared_with_the_bureau_reaches_all_below_it(note, cast, bureau):
    share_with(note, f"unit-{bureau.pk}")

    assert who_sees(note, cast) == set(cast)


def test_a_note_shared_with_a_tier_reaches_that_tier(note, cast, shen, zhou):
    share_with(note, "tier-middle")

    assert who_sees(note, cast) == {shen, zhou}


def test_a_note_shared_with_a_circle_reaches_its_members(note, cast, shen, wu):
    circle = form_circle(keeper=shen, name="晨读", members=[wu])
    share_with(note, f"circle-{circle.pk}")

    assert who_sees(note, cast) == {shen, wu}


def test_a_note_shared_with_everybody_reaches_everybody_until_it_is_withdrawn(note, cast, shen):
    share = share_with(note, "house")
    assert who_sees(note, cast) == set(cast)
    assert share.audience == "全局"

    withdraw_share(share=share, at=NINE)

    assert who_sees(note, cast) == {shen}
    assert not shares_of(note).exists()


def test_handing_a_note_in_opens_the_note_to_nobody(bureau, book, lin, zhou, cast):
    by_note = set_to(bureau, book, [lin], tier="middle", check_kind="note", questions=[])
    read_through(zhou, book)
    note = write_note(writer=zhou, kind="note", title="题", text="文", at=NINE)
    hand_in_note(reader=zhou, assignment=by_note, note=note, at=NINE)

    assert who_sees(note, cast) == {zhou}
    assert note not in notes_shared_with(lin, TODAY)


def test_ones_own_note_is_not_shared_with_oneself(note, shen, wu):
    share_with(note, "house")

    assert note in notes_shared_with(wu, TODAY)
    assert note not in notes_shared_with(shen, TODAY)


def test_audiences_are_ones_circles_units_tiers_and_all(shen, wu, school, bureau, lin):
    mine = form_circle(keeper=shen, name="晨读", members=[])
    form_circle(keeper=wu, name="夜读", members=[])

    assert [audience.key for audience in audiences_for(shen, TODAY)] == [
        f"circle-{mine.pk}",
        f"unit-{school.pk}",
        f"unit-{bureau.pk}",
        "tier-leadership",
        "tier-middle",
        "house",
    ]
    assert [a.label for a in audiences_for(shen, TODAY)][-3:] == ["领导班子", "中层干部", "全局"]


def test_a_circle_is_known_to_its_own(shen, wu, lin):
    circle = form_circle(keeper=shen, name="晨读", members=[wu])

    assert circle in circles_of(wu)
    assert circle in circles_of(shen)
    assert circle not in circles_of(lin)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_list_of_notes_costs_the_same_however_many(
    shen, book, school, django_assert_num_queries, count
):
    for number in range(count):
        note = write_note(
            writer=shen, kind="note", title=f"题{number}", text="文", book=book, at=NINE
        )
        share_note(note=note, audience=Audience("", "", unit=school), at=NINE)

    with django_assert_num_queries(2):
        told = [
            (note.head.title, note.book.title, [str(s.audience) for s in note.standing_shares])
            for note in notes_of(shen)
        ]

    assert len(told) == count
