from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.kernel.org.actions import end_term
from taihua.kernel.org.models import Term
from taihua.rooms.reading.enums import Binding
from taihua.rooms.reading.models import ReaderGroup
from taihua.rooms.reading.queries.readers import (
    addresses,
    addressing,
    assignments_for,
    assignments_seen_by,
    seats_of,
)
from tests.factories import NINE, PostFactory, TermFactory
from tests.rooms.reading.conftest import set_to

TODAY = date(2013, 12, 4)


def for_whom(assignment, people, binding=Binding.REQUIRED):
    return {p for p in people if assignment in assignments_for(p, TODAY, binding)}


@pytest.fixture
def cast(lin, zhou, shen, wu):
    return {lin, zhou, shen, wu}


def test_a_book_set_to_a_tier_reaches_that_tier(bureau, book, cast, lin, zhou):
    assert for_whom(set_to(bureau, book, [lin], tier="middle"), cast) == {zhou}


def test_a_book_set_to_a_tag_reaches_posts_so_tagged(bureau, book, cast, lin, shen, wu):
    assert for_whom(set_to(bureau, book, [lin], tag="teacher"), cast) == {shen, wu}


def test_a_book_set_to_a_unit_reaches_all_below_it(
    bureau, school, book, other_book, cast, lin, shen
):
    assert for_whom(set_to(bureau, book, [lin], unit=bureau), cast) == cast
    assert for_whom(set_to(bureau, other_book, [lin], unit=school), cast) == {shen}


def test_tier_and_unit_of_one_group_must_fit_one_post(bureau, school, section, book, zhou, lin):
    """周科长 also teaches at 苔花一小, but is no middle cadre there."""
    TermFactory(person=zhou, post=PostFactory(tier="staff"), unit=school, concurrent=True)

    assert for_whom(set_to(bureau, book, [lin], tier="middle", unit=school), {zhou}) == set()


def test_a_book_set_to_nobody_in_particular_reaches_all(bureau, book, cast, lin):
    assert for_whom(set_to(bureau, book, [lin]), cast) == cast


def test_a_recommended_book_is_not_required(bureau, school, book, cast, lin, zhou, shen):
    assignment = set_to(bureau, book, [lin], tier="middle", recommended=school)

    assert for_whom(assignment, cast) == {zhou}
    assert for_whom(assignment, cast, Binding.RECOMMENDED) == {shen}


def test_a_book_is_not_asked_for_before_the_day_it_is_set(bureau, book, lin, zhou):
    set_to(bureau, book, [lin], tier="middle")

    assert not assignments_for(zhou, date(2013, 9, 1)).exists()
    assert assignments_for(zhou, date(2013, 9, 2)).exists()


def test_whoever_left_the_post_is_asked_no_more(bureau, book, lin, zhou):
    set_to(bureau, book, [lin], tier="middle")
    end_term(term=Term.objects.known().get(person=zhou), last_day=date(2013, 12, 3), at=NINE)

    assert not assignments_for(zhou, TODAY).exists()
    assert assignments_for(zhou, date(2013, 12, 3)).exists()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "leadership", "middle", "staff"]),
            st.sampled_from(["", "teacher", "section_head", "party_member"]),
            st.sampled_from(["", "bureau", "section", "school", "other_school"]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_the_condition_in_sql_says_what_the_definition_says(request, assignment, cast, described):
    units = {
        name: request.getfixturevalue(name)
        for name in ("bureau", "section", "school", "other_school")
    }
    groups = [
        ReaderGroup.objects.create(assignment=assignment, tier=tier, tag=tag, unit=units.get(unit))
        for tier, tag, unit in described
    ]

    for person in cast:
        seats = seats_of(person, TODAY)
        found = set(ReaderGroup.objects.filter(addressing(seats), pk__in=[g.pk for g in groups]))
        assert found == {g for g in groups if any(addresses(g, seat) for seat in seats)}


def test_who_oversees_opens_every_assignment_others_only_their_own(
    assignment, keeper, lin, zhou, shen, wu, su, zheng
):
    def sees(account):
        return assignment in assignments_seen_by(account, TODAY)

    assert all(sees(account) for account in (keeper, su.account, zheng.account, lin.account))
    assert sees(zhou.account)
    assert not sees(wu.account)
    keeper.grants.all().delete()
    del keeper.granted
    assert not sees(keeper)
