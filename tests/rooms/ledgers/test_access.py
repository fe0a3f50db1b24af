"""Who may read, write and import which rows of which ledger."""

import pytest

from taihua.base.ledger import ALL, Scope
from taihua.kernel import house
from taihua.kernel.org.models import Grant
from taihua.rooms.ledgers.access import (
    imports_anything,
    may_enter,
    may_import,
    reading_scope,
    writing_scope,
)

EVERYBODY = ("lin", "zhou", "shen", "wu", "su", "zheng", "keeper")

pytestmark = pytest.mark.usefixtures("everybody")


@pytest.fixture
def account_of(request):
    """The account of one of the cast, by name."""

    def find(name):
        somebody = request.getfixturevalue(name)
        return somebody if name == "keeper" else somebody.account

    return find


def ledger(code):
    return house.ledgers()[code]


@pytest.mark.parametrize("who", ["su", "zheng", "keeper"])
def test_clerks_auditors_and_the_administrator_read_everything(account_of, who):
    assert reading_scope(account_of(who)) == ALL


def test_a_leader_reads_the_own_units_and_those_below(account_of, lin, bureau, section, school):
    scope = reading_scope(account_of("lin"))

    assert {bureau.pk, section.pk, school.pk} <= scope.units
    assert (scope.everything, scope.person) == (False, lin.pk)


def test_a_unit_clerk_reads_the_own_unit_and_the_own_rows(account_of, shen, school, other_school):
    scope = reading_scope(account_of("shen"))

    assert scope == Scope(units=frozenset({school.pk}), person=shen.pk)
    assert other_school.pk not in scope.units


def test_a_member_reads_the_own_rows_only(account_of, wu):
    assert reading_scope(account_of("wu")) == Scope(units=frozenset(), person=wu.pk)


@pytest.mark.parametrize("who", ["su", "keeper"])
def test_clerks_write_everything(account_of, who):
    assert writing_scope(account_of(who), ledger("meetings")) == ALL


def test_a_leader_writes_the_own_rows_and_nobody_elses(account_of, lin):
    assert writing_scope(account_of("lin"), ledger("visits")) == Scope(person=lin.pk)


def test_an_auditor_writes_nothing_of_others(account_of, zheng):
    assert writing_scope(account_of("zheng"), ledger("visits")) == Scope(person=zheng.pk)
    assert writing_scope(account_of("zheng"), ledger("meetings")) == Scope()


def test_nobody_keeps_their_own_row_where_members_do_not_write(account_of, wu):
    assert writing_scope(account_of("wu"), ledger("meetings")) == Scope()
    assert writing_scope(account_of("wu"), ledger("visits")) == Scope(person=wu.pk)


@pytest.mark.parametrize(
    ("code", "importers"),
    [("visits", {"su", "shen", "keeper"}), ("roster", {"su", "keeper"})],
)
def test_sheets_come_from_clerks_and_rosters_from_the_party_office_alone(
    account_of, code, importers
):
    assert {who for who in EVERYBODY if may_import(account_of(who), ledger(code))} == importers


@pytest.mark.parametrize(
    ("code", "writers"),
    [
        ("visits", {"lin", "zhou", "shen", "wu", "su", "zheng", "keeper"}),
        ("meetings", {"shen", "su", "keeper"}),
        ("terms", {"su", "keeper"}),
    ],
)
def test_single_rows_come_from_clerks_and_from_members_where_they_keep_their_own(
    account_of, code, writers
):
    assert {who for who in EVERYBODY if may_enter(account_of(who), ledger(code))} == writers


def test_an_account_without_a_person_keeps_no_rows_of_its_own(account_of, keeper):
    Grant.objects.filter(account=keeper).delete()

    assert not may_enter(keeper, ledger("visits"))
    assert not imports_anything(keeper)
    assert reading_scope(keeper) == Scope(units=frozenset(), person=None)


def test_the_way_in_is_shown_to_those_who_have_a_sheet_to_bring(account_of):
    assert {who for who in EVERYBODY if imports_anything(account_of(who))} == {
        "shen",
        "su",
        "keeper",
    }
