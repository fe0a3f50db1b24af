"""What holds of every room that keeps its practice in ledgers."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from taihua.base.ledger import Kind, State
from taihua.kernel import house
from taihua.kernel.measures.logic import Standing, tallies
from taihua.kernel.measures.queries import value
from taihua.kernel.records.actions import record_many
from taihua.kernel.records.ledgers import StatementStore, told
from taihua.kernel.rules.shelf import shipped
from tests.rooms.district import FIRST, LAST, lived, settle, story

ROOMS = ["meetings", "outreach", "forums", "care"]
RULES = {rule.code for pack in shipped() for rule in pack.rules}
THIS_YEAR = {"first": datetime(2013, 1, 1, tzinfo=UTC).date(), "last": LAST}

pytestmark = pytest.mark.django_db


@pytest.fixture
def district(db):
    settle()


def room(code):
    return next(room for room in house.rooms() if room.code == code)


def happen(*codes):
    """Let what these rooms tell of the district be on record."""
    for code in codes:
        drafts = lived(room(code))
        record_many(drafts, at=datetime(2013, 12, 4, 12, tzinfo=UTC))


def counted(code):
    return value(house.figures()[code], **THIS_YEAR).number


@pytest.mark.parametrize("code", ROOMS)
def test_a_room_lets_nothing_happen_outside_the_story(district, code):
    days = [draft.occurred_at.date() for draft in lived(room(code))]

    assert days
    assert min(days) >= FIRST
    assert max(days) <= LAST


@pytest.mark.parametrize("code", ROOMS)
def test_one_seed_tells_one_story(district, code):
    assert lived(room(code)) == lived(room(code))


@pytest.mark.parametrize("code", ROOMS)
def test_a_district_with_nobody_in_it_has_no_story(db, code):
    assert lived(room(code)) == []


@pytest.mark.parametrize("code", ROOMS)
def test_everything_that_happens_has_its_words(district, code):
    verbs = {word.code for word in room(code).verbs}
    kinds = {word.code for word in room(code).kinds}

    drafts = lived(room(code))

    assert {draft.verb for draft in drafts} <= verbs
    assert {draft.kind for draft in drafts} <= kinds


@pytest.mark.parametrize("code", ROOMS)
def test_what_happened_stands_in_the_ledgers_and_comes_back_as_the_same(district, code):
    happen(code)

    for ledger in room(code).ledgers:
        rows = list(ledger.store.rows(None))
        plan = ledger.store.plan(rows)
        assert rows
        assert (plan.errors, plan.count(State.SAME)) == ([], len(rows))


@pytest.mark.parametrize("code", ROOMS)
def test_figures_count_words_that_the_room_records(code):
    verbs = {word.code for word in room(code).verbs}
    kinds = {word.code for word in room(code).kinds}

    for figure in room(code).figures:
        assert str(figure.sentence)
        if isinstance(figure.expression, Standing):
            assert set(figure.expression.rules) <= RULES
            continue
        for tally in tallies(figure.expression):
            assert set(tally.verbs) <= verbs
            assert set(tally.kinds) <= kinds
        assert str(figure.basis)


@pytest.mark.parametrize("code", ROOMS)
def test_marks_stand_on_figures_of_the_room_or_on_rules_and_tell_the_gap(code):
    figures = {figure.code for figure in room(code).figures} | RULES

    for mechanism in room(code).mechanisms:
        for mark in (mechanism.plan, mechanism.content, mechanism.check, mechanism.effect):
            assert mark.figure in figures
            assert mark.at_least >= 1
            assert str(mark.gap)


def statement_ledgers():
    return [ledger for code in ROOMS for ledger in room(code).ledgers if not ledger.roster]


def test_the_columns_of_every_ledger_have_one_place_each():
    for ledger in statement_ledgers():
        assert isinstance(ledger.store, StatementStore)
        assert ledger.columns == ledger.store.columns
        assert set(ledger.store.fields) == {column.code for column in ledger.columns}
        assert len(set(ledger.store.fields.values())) == len(ledger.columns)
        assert ledger.store.form.at("day")
        for also in ledger.store.also:
            assert also.column in ledger.store.fields


def test_no_two_columns_of_a_ledger_go_by_one_title():
    for ledger in house.ledgers().values():
        titles = [str(column.title) for column in ledger.columns]
        assert len(set(titles)) == len(titles), ledger.code


def test_whose_name_must_not_be_kept_is_hidden_in_every_ledger_that_has_it():
    secret = {ledger.code for ledger in statement_ledgers() if ledger.secret}

    assert secret == {"help", "students", "aid"}
    for ledger in statement_ledgers():
        hidden = [column.code for column in ledger.columns if column.kind is Kind.TOKEN]
        assert bool(hidden) == (ledger.conceal is not None)


def test_a_story_told_to_the_wrong_ledger_is_a_mistake(district):
    with pytest.raises(TypeError, match="does not hold statements"):
        list(told(house.ledgers()["units"], [{}], story().rng))
    with pytest.raises(ValueError, match="visits"):
        list(told(house.ledgers()["visits"], [{"person": "无名"}], story().rng))


# --- the article's figures ---------------------------------------------------------------------------


def test_help_since_2011_comes_to_the_totals_of_the_district(district):
    happen("outreach")

    assert counted("help.person_times") == 612
    assert counted("help.persons") == 306
    assert counted("help.students") == 206
    assert counted("outreach.visit_days") > 0
    assert counted("outreach.answered") < counted("outreach.proposals")


def test_aid_comes_to_its_total_to_the_cent(district):
    happen("care")

    assert counted("care.aid_yuan") == 125_600
    assert counted("care.pupils") == 628
    assert counted("care.schools") == 3
    assert counted("care.paid_share") == Fraction(3, 4)
    assert 0 < counted("care.received_share") < 1


def test_two_forums_of_principals_are_held_a_year(district):
    happen("forums")

    assert counted("forums.principals") == 2
    assert counted("forums.teaching") == 1
    assert counted("forums.work_talks") > 0


def test_visits_are_missed_now_and_then_so_that_verdicts_differ(district):
    visits = [draft for draft in lived(room("outreach")) if draft.verb == "visited"]
    months = {(draft.person.code, draft.occurred_at.date().replace(day=1)) for draft in visits}
    leaders = {code for code, _month in months if code.startswith("l")}

    assert len(leaders) == 5
    assert 0 < sum(code.startswith("l") for code, _month in months) < 5 * 36


def test_a_branch_falls_behind_and_not_everybody_comes(district):
    happen("meetings")

    assert counted("meetings.assemblies") == 4 + 2
    assert counted("meetings.dual_leaders") <= 5
    assert counted("meetings.attendances") > counted("meetings.held")
