"""Who may ask, see, answer: by name, for every one of the cast and for strangers."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from taihua.kernel.org.models import Account, Grant
from taihua.rooms.portal.access.articles import (
    may_draft,
    may_edit,
    may_issue,
    may_manage_columns,
    may_open,
    may_review,
)
from taihua.rooms.portal.access.consultations import (
    account_of,
    asked_through,
    is_asked,
    may_consult,
    may_handle,
    may_see,
)
from taihua.rooms.portal.actions.consultations import save
from taihua.rooms.portal.queries.consultations import seen_by
from tests.factories import NINE, AccountFactory, TermFactory
from tests.rooms.portal.consultations.conftest import CLOSES, OPENS, TODAY, asked, sent

STRANGER = AnonymousUser()


@pytest.fixture
def cast(lin, zhou, shen, wu, su, zheng, keeper):
    """Everybody by name, and a stranger."""
    people = {"lin": lin, "zhou": zhou, "shen": shen, "wu": wu, "su": su, "zheng": zheng}
    accounts = {name: person.account for name, person in people.items()}
    return {**accounts, "keeper": keeper, "stranger": STRANGER}


def those(cast, predicate):
    """The names of those whom a predicate admits."""
    return {name for name, account in cast.items() if predicate(account)}


def test_consultations_are_begun_by_clerks(cast):
    assert those(cast, may_consult) == {"su", "keeper", "shen"}


def test_columns_are_kept_by_the_party_office_and_texts_drafted_by_clerks_and_leaders(cast):
    assert those(cast, may_manage_columns) == {"su", "keeper"}
    assert those(cast, may_draft) == {"su", "keeper", "shen", "lin", "zhou"}
    assert those(cast, may_issue) == {"lin"}


def test_an_article_is_edited_reviewed_and_opened_by_those_of_its_unit(cast, draft):
    members = {name: account for name, account in cast.items() if name != "stranger"}

    assert those(members, lambda account: may_edit(account, draft)) == {
        "su", "keeper", "shen",
    }  # fmt: skip
    assert those(members, lambda account: may_review(account, draft)) == {
        "su", "keeper",
    }  # fmt: skip
    assert those(members, lambda account: may_open(account, draft)) == {
        "su", "shen", "lin", "zheng", "keeper",
    }  # fmt: skip


def test_whoever_drafted_it_edits_it_only_as_long_as_they_may_draft(draft, shen, wu):
    Grant.objects.filter(account=shen.account).delete()
    draft.drafter = wu.account
    wu.account.grants.create(role="unit_clerk", unit=wu.terms.get().unit)

    assert not may_edit(Account.objects.get(pk=shen.account.pk), draft)
    assert may_edit(wu.account, draft)


def test_it_is_handled_by_whoever_keeps_its_hosts_ledgers_and_by_the_responsible(
    cast, bureau, school, su, wu, zhou
):
    of_the_bureau = sent(bureau, su, responsible=zhou)
    of_the_school = sent(school, su, responsible=wu, title="校规")

    handlers = {"su", "keeper"}
    assert those(cast, lambda account: may_handle(account, of_the_bureau)) == handlers | {"zhou"}
    assert those(cast, lambda account: may_handle(account, of_the_school)) == handlers | {
        "shen", "wu",
    }  # fmt: skip


def test_an_account_without_a_person_is_responsible_for_nothing(out):
    nobody = AccountFactory(username="nobody", person=None)

    assert not may_handle(nobody, out)
    assert asked_through(nobody, TODAY) == set()


def test_everybody_is_asked_in_public_and_only_the_chosen_inside(
    cast, bureau, section, school, su, out
):
    inside = sent(bureau, su, audience="internal", units=[section, school], kind="ordinary")

    assert those(cast, lambda account: is_asked(account, out, TODAY)) == set(cast)
    assert those(cast, lambda account: is_asked(account, inside, TODAY)) == {"zhou", "shen"}


def test_a_chosen_unit_asks_those_below_it_too(cast, bureau, su):
    inside = sent(bureau, su, audience="internal", units=[bureau], kind="ordinary")

    asked_people = {"lin", "zhou", "shen", "wu", "su", "zheng"}
    assert those(cast, lambda account: is_asked(account, inside, TODAY)) == asked_people


def test_whose_post_ended_is_asked_no_more(bureau, section, su, zhou):
    inside = sent(bureau, su, audience="internal", units=[section], kind="ordinary")
    zhou.terms.update(last_day=TODAY)

    assert is_asked(zhou.account, inside, TODAY)
    assert not is_asked(zhou.account, inside, TODAY + timedelta(days=1))


def test_a_second_post_asks_as_well(bureau, school, su, wu):
    inside = sent(bureau, su, audience="internal", units=[school], kind="ordinary")
    TermFactory(person=wu, unit=school, concurrent=True)

    assert is_asked(wu.account, inside, TODAY)


@pytest.mark.parametrize(
    ("day", "seers"),
    [
        (OPENS - timedelta(days=1), {"su", "keeper"}),
        (OPENS, {"su", "keeper", "zheng", "zhou"}),
        (CLOSES + timedelta(days=400), {"su", "keeper", "zheng", "zhou"}),
    ],
)
def test_an_internal_one_is_seen_by_its_host_first_then_by_those_asked(
    cast, bureau, section, su, day, seers
):
    inside = sent(bureau, su, audience="internal", units=[section], kind="ordinary")

    assert those(cast, lambda account: may_see(account, inside, day)) == seers


@pytest.mark.parametrize("day", [OPENS - timedelta(days=1), OPENS, date(2015, 6, 1)])
def test_the_list_shows_just_what_may_be_seen(cast, bureau, section, school, su, shen, day):
    """The rule is written twice, as a predicate and as a question to the database: they agree."""
    made = [
        sent(bureau, su),
        sent(bureau, su, audience="internal", units=[section], kind="ordinary", title="内部"),
        sent(school, su, audience="internal", units=[school], kind="ordinary", title="校内"),
        save(asked=asked(bureau, su, title="草稿"), by=su.account, at=NINE),
        save(asked=asked(school, shen, title="校草稿"), by=shen.account, at=NINE),
    ]

    for account in cast.values():
        by_predicate = {each.pk for each in made if may_see(account, each, day)}
        assert {each.pk for each in seen_by(account, day)} == by_predicate


def test_whoever_is_logged_in_has_an_account(su):
    assert account_of(su.account) == su.account
    assert account_of(STRANGER) is None
