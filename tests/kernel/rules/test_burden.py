"""What rules cost and save, and what a pack would have found in a past year."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from taihua.base.clock import ZONE
from taihua.base.periods import Every
from taihua.kernel.records.actions import record
from taihua.kernel.rules.burden import TYPING, burden, minutes_a_month
from taihua.kernel.rules.dryrun import dry_run
from taihua.kernel.rules.enums import State
from taihua.kernel.rules.models import RuleEntry
from taihua.kernel.rules.packtext import parse_pack
from tests.factories import TermFactory, in_force
from tests.kernel.rules.packs import BOOK, BOOKS, ON, TEXT, VISITS, adopted

pytestmark = pytest.mark.django_db
VISIT = parse_pack(TEXT).rules[0]


def visited(person, day, verb="visited", path="v/1"):
    at = datetime(day.year, day.month, day.day, 10, tzinfo=ZONE)
    return record(verb=verb, kind="outreach/visit", path=path, label="调研", at=at, person=person)


@pytest.mark.parametrize(
    ("every", "n", "minutes"),
    [
        (Every.MONTH, 1, 420),
        (Every.QUARTER, 1, 140),
        (Every.HALF, 1, 70),
        (Every.YEAR, 1, 35),
        (Every.SCHOOL_YEAR, 1, 35),
        (Every.YEARS, 5, 7),
        (Every.WEEK, 1, 420 * 365.25 / 7 / 12),
        (Every.ROLLING, 30, 420 * 365.25 / 30 / 12),
        (Every.ONCE, 1, 0),
    ],
)
def test_the_minutes_of_a_rule_are_spread_over_the_months(every, n, minutes):
    assert minutes_a_month(replace(VISIT, every=every, n=n)) == pytest.approx(minutes)


def test_twice_as_much_costs_twice_as_much():
    assert minutes_a_month(replace(VISIT, hundredths=250)) == 2.5 * minutes_a_month(VISIT)


def test_each_tier_carries_what_its_rules_ask_of_it(lin, zhou, shen):
    adopted()

    told = burden(ON)

    assert told.people == (1, 1, 1)
    assert told.average == pytest.approx((420, 2 * 480 / 12, 0))
    by_code = {cost.rule.code: cost for cost in told.costs}
    assert by_code["b.visits"].by_tier == (1, 0, 0)
    assert by_code["b.books"].by_tier == (0, 1, 0)
    assert (by_code["b.forums"].concerned, by_code["b.forums"].by_tier) == (1, (0, 0, 0))


def test_who_holds_posts_of_two_tiers_is_counted_once_in_the_higher(lin, zhou, posts, bureau):
    adopted()
    TermFactory(person=lin, post=posts["科长"], unit=bureau, concurrent=True)

    told = burden(ON)

    assert told.people == (1, 1, 0)
    assert told.average[0] == pytest.approx(420 + 80)


def test_what_is_recorded_once_and_counted_twice_saves_one_entry(lin, zhou):
    adopted()
    in_force("q.visits", audience={}, minutes=10)
    visited(lin, date(2013, 11, 5))
    visited(lin, date(2013, 11, 6), verb="read")
    visited(zhou, date(2013, 11, 7), path="v/2")
    visited(lin, date(2013, 10, 7), path="v/3")

    told = burden(ON)

    assert (told.month.key, told.statements, told.counted) == ("2013-11", 2, 3)
    assert told.saved == TYPING


def test_without_rules_there_is_no_burden(lin):
    told = burden(ON)

    assert (told.costs, told.saved, told.average) == ([], 0, (0.0, 0.0, 0.0))


# --- dry run ---------------------------------------------------------------------------------------------


def test_a_pack_is_tried_on_a_year_in_which_it_did_not_hold(lin, zhou):
    visited(lin, date(2012, 3, 5))
    visited(lin, date(2012, 5, 5))
    pack = parse_pack(TEXT.replace("2011-01-01", "2014-01-01"))

    trials = {trial.rule.code: trial for trial in dry_run(pack, 2012, ON)}

    assert trials["b.visits"].periods == 12
    assert dict(trials["b.visits"].states) == {State.DONE: 2, State.OWED: 10}
    assert dict(trials["b.books"].states) == {State.OWED: 1}
    assert trials["b.visits"].now is None
    assert not RuleEntry.objects.exists()


def test_it_stands_beside_what_the_rules_of_that_year_found(lin, zhou):
    adopted()
    record(
        verb="read", kind="reading/book", path="reading/book/1", label="书", person=zhou,
        at=datetime(2012, 5, 1, 9, tzinfo=ZONE),
    )  # fmt: skip
    looser = parse_pack(BOOK + BOOKS.replace("times = 2", "times = 1"))

    (trial,) = dry_run(looser, 2012, ON)

    assert dict(trial.states) == {State.DONE: 1}
    assert dict(trial.now) == {State.OWED: 1}
    assert (trial.owed_more, trial.verdicts) == (-1, 1)


def test_this_year_is_tried_as_it_stands_today(lin, zhou):
    (trial,) = dry_run(parse_pack(BOOK + VISITS), 2013, ON)

    assert dict(trial.states) == {State.OWED: 11, State.ON_COURSE: 1}


@pytest.mark.parametrize(
    ("change", "periods"),
    [
        ('every = "rolling"\nn = 30', 1),
        ('every = "once"\ndue_date = 2012-06-30', 1),
        ('every = "once"\ndue_date = 2010-06-30', 0),
        ('every = "school_year"', 1),
        ('every = "years"\nn = 3', 0),
    ],
)
def test_every_kind_of_period_can_be_tried(lin, change, periods):
    pack = parse_pack(BOOK + VISITS.replace('every = "month"', change))

    (trial,) = dry_run(pack, 2012, ON)

    assert trial.periods == periods
    assert trial.verdicts == periods
