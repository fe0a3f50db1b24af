from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.kernel.org.actions import end_term
from taihua.kernel.org.models import Term
from taihua.kernel.org.queries import Seat
from taihua.rooms.reading.enums import Binding
from taihua.rooms.reading.models import ReaderGroup
from taihua.rooms.reading.queries.readers import (
    assignments_for,
    assignments_seen_by,
    is_asked,
    people_asked,
)
from tests.factories import NINE, PersonFactory, PostFactory, TermFactory
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


def test_who_came_after_the_due_day_owes_nothing_and_who_left_owes_what_he_owed(
    bureau, section, posts, book, lin, zhou
):
    old = set_to(
        bureau, book, [lin], tier="middle", set_date=date(2012, 3, 1), due_date=date(2012, 6, 30)
    )
    newcomer = PersonFactory()
    TermFactory(person=newcomer, post=posts["科长"], unit=section, first_day=date(2012, 7, 1))
    end_term(term=Term.objects.known().get(person=zhou), last_day=date(2012, 12, 31), at=NINE)

    assert for_whom(old, {zhou, newcomer}) == {zhou}


@given(
    st.dates(date(2011, 1, 1), date(2014, 12, 31)), st.dates(date(2011, 1, 1), date(2014, 12, 31))
)
def test_one_is_asked_by_the_roster_of_the_earlier_of_today_and_the_due_day(due, on):
    first, last = date(2012, 1, 1), date(2013, 6, 30)
    seat = Seat(first, last, "middle", frozenset(), ())

    assert is_asked([ReaderGroup(tier="middle")], [seat], due, on) == (
        first <= min(due, on) <= last
    )


GROUPS = st.lists(
    st.tuples(
        st.sampled_from(["", "leadership", "middle", "staff"]),
        st.sampled_from(["", "teacher", "section_head", "party_member"]),
        st.sampled_from(["", "bureau", "section", "school", "other_school"]),
        st.sampled_from(Binding),
    ),
    max_size=5,
)


@given(GROUPS, st.dates(date(2013, 9, 2), date(2014, 3, 1)))
def test_the_query_over_everybody_says_what_the_definition_says(
    request, assignment, cast, posts, described, on
):
    """周科长 leaves in October and comes back to the school; 沈老师 has two posts."""
    assignment.groups.all().delete()
    for tier, tag, unit, binding in described:
        place = request.getfixturevalue(unit) if unit else None
        ReaderGroup.objects.create(
            assignment=assignment, tier=tier, tag=tag, unit=place, binding=binding
        )
    if not Term.objects.filter(last_day=date(2013, 10, 31)).exists():
        zhou, shen, section, school = map(
            request.getfixturevalue, ["zhou", "shen", "section", "school"]
        )
        end_term(term=Term.objects.known().get(person=zhou), last_day=date(2013, 10, 31), at=NINE)
        TermFactory(person=zhou, post=posts["教师"], unit=school, first_day=date(2013, 11, 15))
        TermFactory(person=shen, post=posts["科长"], unit=section, concurrent=True)

    asked = {person for person in cast if assignment in assignments_for(person, on)}

    assert set(people_asked(assignment, on)) & cast == asked


@given(
    st.sampled_from(["", "middle", "staff"]),
    st.sampled_from(["", "teacher"]),
    st.sampled_from([None, 1, 2]),
)
def test_naming_more_never_reaches_more(tier, tag, unit):
    seats = [
        Seat(date(2010, 1, 1), None, seat_tier, frozenset(tags), units)
        for seat_tier in ("middle", "staff")
        for tags in ((), ("teacher",))
        for units in ((1,), (1, 2))
    ]
    wide = {seat for seat in seats if seat.is_meant(ReaderGroup())}
    narrow = {
        seat for seat in seats if seat.is_meant(ReaderGroup(tier=tier, tag=tag, unit_id=unit))
    }

    assert wide == set(seats)
    assert narrow <= wide
    assert all(tier in {"", seat.tier} for seat in narrow)


def test_a_reviewer_opens_what_he_reviews(bureau, book, wu):
    assert set_to(bureau, book, [wu], tier="middle") in assignments_seen_by(wu.account, TODAY)


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
