"""Who is who, on any given day, and as it was believed at any given moment."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from taihua.kernel.org import access, queries
from taihua.kernel.org.actions import (
    RosterRefused,
    appoint,
    believe_no_more,
    end_term,
    grant_leave,
    grant_role,
)
from taihua.kernel.org.enums import Role
from taihua.kernel.org.http import person_of
from taihua.kernel.org.models import Account, Grant, Leave, Term, Unit
from tests.factories import (
    NINE,
    AccountFactory,
    LeaveFactory,
    PersonFactory,
    PostFactory,
    TermFactory,
    UnitFactory,
)

DAY = date(2013, 12, 4)


def test_members_are_those_whose_term_covers_the_day(school, shen, wu):
    TermFactory(unit=school, first_day=DAY + timedelta(1))
    TermFactory(unit=school, first_day=DAY - timedelta(9), last_day=DAY - timedelta(1))
    last_here = TermFactory(unit=school, first_day=DAY, last_day=DAY).person

    assert set(queries.members_on(school, DAY)) == {shen, last_here}
    assert wu not in queries.members_on(school, DAY)


def test_somebody_works_where_the_main_post_is_not_where_the_party_branch_is(school, bureau):
    person = PersonFactory()
    TermFactory(person=person, unit=bureau, concurrent=True)
    TermFactory(person=person, unit=school)
    branch = TermFactory(person=person, unit=UnitFactory(kind="branch")).unit

    assert queries.unit_of(person, DAY) == school
    assert queries.branch_of(person, DAY) == branch
    assert queries.unit_of(person, date(2009, 1, 1)) is None
    assert queries.branch_of(PersonFactory(), DAY) is None


def test_holders_are_found_by_tier_and_tag_together(lin, zhou, shen):
    assert list(queries.holders_on(DAY, tiers=["leadership", "middle"])) == [zhou, lin]
    assert list(queries.holders_on(DAY, tags=["teacher"])) == [shen]
    assert list(queries.holders_on(DAY, tiers=["leadership"], tags=["teacher"])) == []


def test_units_open_on_a_day_leave_out_the_closed_and_the_coming(bureau):
    UnitFactory(opened=DAY + timedelta(1))
    UnitFactory(closed=DAY - timedelta(1))

    assert list(queries.open_units(DAY)) == [bureau]


def test_units_come_in_the_order_people_look_for_them_the_party_after_the_bureau(db):
    for name, kind in [("甲支部", "branch"), ("乙小学", "school"), ("丙科", "section")]:
        UnitFactory(name=name, kind=kind)
    for name, kind in [("丁局", "bureau"), ("甲科", "section")]:
        UnitFactory(name=name, kind=kind)

    names = [unit.name for unit in queries.open_units(DAY)]

    assert names == ["丁局", "丙科", "甲科", "乙小学", "甲支部"]


def test_people_of_one_name_are_told_apart_by_a_unit(school, other_school):
    first, second = (
        TermFactory(person__name="王伟", unit=u).person for u in (school, other_school)
    )

    assert set(queries.find_people("王伟")) == {first, second}
    assert list(queries.find_people("王伟", "苔花二小")) == [second]
    assert list(queries.find_people("王伟", "没有这所学校")) == []


def test_a_subtree_holds_everything_below_and_nothing_beside(bureau, section, school, other_school):
    below = UnitFactory(parent=school)

    assert queries.subtree_ids([school.pk]) == {school.pk, below.pk}
    assert queries.subtree_ids([bureau.pk]) == {
        bureau.pk, section.pk, school.pk, other_school.pk, below.pk,
    }  # fmt: skip


def test_each_sees_their_own_units_only(bureau, section, school, other_school, lin, zhou, shen, wu, su, zheng):  # fmt: skip
    everything = {bureau.pk, section.pk, school.pk, other_school.pk}

    assert queries.units_seen_by(lin.account) == everything
    assert queries.units_seen_by(zhou.account) == {section.pk}
    assert queries.units_seen_by(shen.account) == {school.pk}
    assert queries.units_seen_by(wu.account) == set()
    assert queries.units_seen_by(su.account) == queries.units_seen_by(zheng.account) == everything


def test_the_auditor_and_leaders_keep_no_ledger(school, lin, shen, su, zheng):
    assert queries.units_kept_by(zheng.account) == queries.units_kept_by(lin.account) == set()
    assert queries.units_kept_by(shen.account) == {school.pk}
    assert school.pk in queries.units_kept_by(su.account)


def test_people_seen_are_those_of_the_units_and_oneself(lin, shen, wu, zheng):
    assert list(queries.people_seen_by(wu.account, DAY)) == [wu]
    assert list(queries.people_seen_by(shen.account, DAY)) == [shen]
    assert set(queries.people_seen_by(lin.account, DAY)) == {lin, shen, wu, zheng}
    assert set(queries.people_seen_by(zheng.account, DAY)) == {lin, shen, wu, zheng}


def test_predicates_tell_the_roles_apart(lin, shen, su, zheng, wu, keeper):
    assert access.is_leader(lin.account)
    assert not access.is_leader(shen.account)
    assert access.is_unit_clerk(shen.account)
    assert access.is_clerk(su.account)
    assert access.is_clerk(keeper)
    assert access.is_admin(keeper)
    assert not access.is_admin(su.account)
    assert access.is_auditor(zheng.account)
    assert access.is_member(wu.account)
    assert not access.is_member(keeper)
    assert access.is_logged_in(keeper)
    assert access.oversees(shen.account)
    assert not access.oversees(wu.account)
    assert access.any_of(access.is_leader, access.is_auditor)(zheng.account)
    assert not access.any_of(access.is_leader, access.is_auditor)(wu.account)


def test_appointing_twice_alike_changes_nothing(school):
    person, post = PersonFactory(), PostFactory()
    first = appoint(person=person, post=post, unit=school, first_day=DAY, at=NINE)

    again = appoint(person=person, post=post, unit=school, first_day=DAY, at=NINE)

    assert again == first
    assert Term.objects.filter(person=person).count() == 1


def test_a_term_that_ends_is_restated_and_the_old_belief_kept(shen):
    later = NINE + timedelta(days=1)
    term = Term.objects.get(person=shen)

    ended = end_term(term=term, last_day=DAY, at=later)

    assert list(Term.objects.known()) == [ended]
    assert list(Term.objects.known(NINE)) == [term]
    assert ended.last_day == DAY
    assert Term.objects.get(pk=term.pk).last_day is None


def test_an_appointment_refuses_days_the_wrong_way_round(school):
    with pytest.raises(RosterRefused, match="不能早于"):
        appoint(
            person=PersonFactory(), post=PostFactory(), unit=school,
            first_day=DAY, last_day=DAY - timedelta(1), at=NINE,
        )  # fmt: skip

    assert not Term.objects.exists()


def test_nobody_is_appointed_to_a_unit_that_is_not_there(db):
    closed = UnitFactory(name="旧校", closed=date(2012, 7, 31))

    with pytest.raises(RosterRefused, match="旧校"):
        appoint(person=PersonFactory(), post=PostFactory(), unit=closed, first_day=DAY, at=NINE)

    assert not Term.objects.exists()


def test_leave_granted_twice_is_one_leave(shen):
    for _ in range(2):
        grant_leave(person=shen, first_day=DAY, last_day=DAY + timedelta(3), kind="sick", at=NINE)

    assert Leave.objects.count() == 1


def test_leave_refuses_days_the_wrong_way_round(shen):
    with pytest.raises(RosterRefused, match="请假结束日期"):
        grant_leave(person=shen, first_day=DAY, last_day=DAY - timedelta(1), kind="sick", at=NINE)

    assert not Leave.objects.exists()


def test_leave_taken_back_is_believed_only_before(shen):
    leave = LeaveFactory(person=shen)

    believe_no_more(leave, at=NINE)

    assert not Leave.objects.known().exists()
    assert list(queries.leaves_of(shen, NINE - timedelta(seconds=1))) == [leave]


def test_terms_of_somebody_come_oldest_first(shen, school):
    older = TermFactory(person=shen, unit=school, first_day=date(2006, 1, 1))

    assert [term.first_day for term in queries.terms_of(shen)] == [
        older.first_day, date(2010, 1, 1),
    ]  # fmt: skip


def test_a_role_granted_twice_is_held_once(wu, school, keeper):
    for _ in range(2):
        grant_role(account=wu.account, role=Role.LEADER, unit=school)
        grant_role(account=keeper, role=Role.CLERK)

    assert Grant.objects.filter(account=wu.account).count() == 1
    assert Account.objects.get(pk=keeper.pk).roles == {Role.ADMIN, Role.CLERK}


def test_the_database_refuses_a_house_wide_role_twice_and_a_leader_of_nothing(keeper):
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(account=keeper, role=Role.ADMIN)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(account=keeper, role=Role.LEADER)


def test_an_account_is_called_by_its_person(shen, keeper):
    assert str(shen.account) == "沈青"
    assert str(keeper) == "keeper"
    assert AccountFactory(person=None).roles == frozenset()


def test_people_of_several_units_are_found_once_and_by_name(school, other_school, shen, wu):
    TermFactory(person=shen, unit=other_school)

    assert list(queries.people_in([school.pk, other_school.pk], DAY)) == [wu, shen]
    assert list(queries.people_in([], DAY)) == []
    assert list(queries.people_in([school.pk], date(2009, 12, 31))) == []


def test_a_subtree_of_a_unit_and_what_is_below_it_is_one(bureau, school):
    below = UnitFactory(parent=school)

    assert queries.subtree_ids([school.pk, below.pk, school.pk]) == {school.pk, below.pk}


def test_a_line_upwards_holds_each_unit_once_and_nothing_beside(bureau, section, school):
    below, gone = UnitFactory(parent=school), 10**9

    assert queries.with_all_above([below.pk]) == {below.pk, school.pk, bureau.pk}
    assert queries.with_all_above([below.pk, school.pk, section.pk]) == {
        below.pk, school.pk, bureau.pk, section.pk,
    }  # fmt: skip
    assert queries.with_all_above([]) == set()
    assert queries.with_all_above([gone]) == {gone}


def test_whom_a_line_upwards_reaches_has_it_below(bureau, section, school, other_school):
    units = [*(each.pk for each in (bureau, section, school, other_school)), UnitFactory(parent=school).pk]  # fmt: skip

    for one in units:
        for other in units:
            is_above = other in queries.with_all_above([one])
            assert is_above == (one in queries.subtree_ids([other]))


def test_what_a_developer_sees_names_who_where_and_when(shen, school):
    term, leave = Term.objects.get(person=shen), LeaveFactory(person=shen)

    assert str(term) == f"{shen.pk}@{school.pk} 2010-01-01…"
    assert str(leave) == f"{shen.pk} 2013-03-01…2013-03-31"
    assert str(Grant.objects.get(account=shen.account)) == (
        f"{shen.account.pk} unit_clerk {school.pk}"
    )
    assert [str(tag) for tag in term.post.tags.all()] == ["teacher"]


def test_an_account_of_no_person_is_no_member(shen, keeper):
    assert person_of(SimpleNamespace(user=shen.account)) == shen
    with pytest.raises(LookupError, match="belongs to no person"):
        person_of(SimpleNamespace(user=keeper))


@pytest.mark.parametrize(
    ("day", "inside"),
    [(date(2013, 3, 4), False), (date(2013, 3, 5), True), (date(2013, 3, 9), True), (date(2013, 3, 10), False)],
)  # fmt: skip
def test_a_term_holds_on_its_first_and_last_day_and_not_around_them(school, day, inside):
    TermFactory(unit=school, first_day=date(2013, 3, 5), last_day=date(2013, 3, 9))

    assert queries.members_on(school, day).exists() == inside


@pytest.mark.parametrize(("before", "known"), [(1, False), (0, True), (-1, True)])
def test_what_was_learnt_is_known_from_that_very_moment(school, before, known):
    TermFactory(unit=school, known_from=NINE)

    asked = NINE - timedelta(seconds=before)
    assert queries.members_on(school, DAY, asked).exists() == known


@pytest.mark.parametrize(("later", "known"), [(-1, True), (0, False), (1, False)])
def test_what_was_taken_back_is_unknown_from_that_very_moment(school, later, known):
    believe_no_more(TermFactory(unit=school), at=NINE)

    asked = NINE + timedelta(seconds=later)
    assert queries.members_on(school, DAY, asked).exists() == known


def test_a_term_corrected_twice_shows_each_belief_at_its_time(shen):
    term = Term.objects.get(person=shen)
    moments = [NINE + timedelta(days=days) for days in (1, 2)]
    for moment, last_day in zip(moments, (DAY, DAY + timedelta(30)), strict=True):
        term = end_term(term=term, last_day=last_day, at=moment)

    believed = [
        [each.last_day for each in Term.objects.known(known)] for known in (NINE, *moments, None)
    ]
    assert believed == [[None], [DAY], [DAY + timedelta(30)], [DAY + timedelta(30)]]
    assert Term.objects.filter(person=shen).count() == 3


def test_units_stand_below_the_nearest_one_above_them_sections_before_schools(db):
    bureau = UnitFactory(kind="bureau", parent=None)
    school = UnitFactory(kind="school", parent=bureau)
    section = UnitFactory(kind="section", parent=bureau)
    committee = UnitFactory(kind="committee", parent=bureau)
    branch = UnitFactory(kind="branch", parent=committee)
    other = UnitFactory(kind="section", parent=bureau)

    assert queries.by_tree([branch, school, other, section, bureau]) == [
        (0, bureau),
        (1, section),
        (1, other),
        (1, school),
        (1, branch),
    ]
    assert queries.by_tree([branch, school]) == [(0, school), (0, branch)]
    assert queries.by_tree([]) == []


def test_the_roster_has_another_version_whenever_anything_of_it_changes(shen, school):
    term = Term.objects.get(person=shen)
    seen = [queries.roster_version()]

    for change in (
        lambda: TermFactory(unit=school),
        lambda: end_term(term=term, last_day=DAY, at=NINE + timedelta(days=1)),
        lambda: grant_leave(person=shen, first_day=DAY, last_day=DAY, kind="病假", at=NINE),
        lambda: believe_no_more(Leave.objects.get(), at=NINE + timedelta(days=2)),
        lambda: Unit.objects.filter(pk=school.pk).update(closed=DAY),
        UnitFactory,
    ):
        change()
        seen.append(queries.roster_version())

    assert len(set(seen)) == len(seen)
    assert queries.roster_version() == seen[-1]
