"""Which wording of a rule judges which period, before and after it was amended."""

from datetime import date, timedelta

import pytest

from taihua.base.periods import Every, period_of
from taihua.kernel.rules.enums import State
from taihua.kernel.rules.queries import duties_of, explanation
from taihua.kernel.rules.wordings import (
    rule_of,
    rules_between,
    turn_named,
    turns,
    turns_now,
    wordings_of,
)
from tests.factories import in_force
from tests.kernel.rules.packs import IN_JUNE, JULY, ON, PER_YEAR, TEXT, adopted, amended, turns_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cast(lin, zhou):
    """Somebody must be there for rules to concern."""


def test_a_period_that_was_over_is_judged_by_what_was_said_then():
    adopted()
    amended(TEXT.replace("times = 1", "times = 2"))

    months = turns_of("b.visits", ON)

    assert [months[f"2013-{month:02}"] for month in range(1, 13)] == [100] * 6 + [200] * 6


def test_a_year_under_way_is_judged_by_what_is_said_today():
    adopted()
    amended()

    assert turns_of("b.books", date(2013, 6, 30)) == {"2013": 200}
    assert turns_of("b.books", JULY) == {"2013": 300}
    assert turns_of("b.books", date(2014, 2, 1), date(2012, 1, 1)) == {
        "2012": 200,
        "2013": 300,
        "2014": 300,
    }


def test_a_changed_cadence_begins_with_its_first_whole_say():
    adopted()
    halves = TEXT.replace(PER_YEAR, 'times = 1\nevery = "half"\nproration')
    amended(halves)

    assert turns_of("b.books", ON, date(2012, 1, 1)) == {"2012": 200, "2013-H2": 100}


@pytest.mark.parametrize("on", [date(2013, 1, 1), date(2013, 6, 30), JULY, ON, date(2014, 3, 1)])
def test_every_period_has_one_judge(on):
    adopted()
    amended(TEXT.replace("times = 1", "times = 2"))

    keys = [
        (rule.code, period.key)
        for rule, periods in turns(date(2012, 1, 1), date(2013, 12, 31), on)
        for period in periods
    ]

    assert len(keys) == len(set(keys))
    ended = {("b.visits", f"{year}-{month:02}") for year in (2012, 2013) for month in range(1, 13)}
    assert ended <= set(keys)


def test_the_verdict_of_a_past_year_is_not_changed_by_a_later_amendment(zhou):
    adopted()
    before = explanation("b.books", zhou, "2012", ON)

    amended()

    after = explanation("b.books", zhou, "2012", ON)
    assert (before.asked, after.asked) == (200, 200)
    assert explanation("b.books", zhou, "2013", ON).asked == 300
    assert explanation("b.books", zhou, "2013", ON, IN_JUNE - timedelta(days=1)).asked == 200


def test_the_months_of_the_year_and_the_running_one_are_on_the_desk(lin):
    adopted()
    amended(TEXT.replace("times = 1", "times = 2"))

    duties = {duty.period.key: duty for duty in duties_of(lin, ON)}

    assert sorted(duties) == [f"2013-{month:02}" for month in range(1, 13)]
    assert duties["2013-03"].asked == 100
    assert duties["2013-11"].asked == 200
    assert duties["2013-12"].state is State.ON_COURSE


def test_a_rule_yet_to_come_asks_nothing_today(lin):
    in_force("later.visits", since=date(2014, 1, 1))

    assert not turns_now(ON)
    assert duties_of(lin, ON) == []
    assert rules_between(date(2013, 1, 1), ON) == []


def test_what_is_due_once_is_asked_until_it_falls_due_and_owed_after(lin):
    in_force("once.visit", since=date(2013, 1, 1), every="once", due_date="2013-12-31")

    assert not turns_now(date(2012, 12, 31))
    assert [duty.state for duty in duties_of(lin, ON)] == [State.ON_COURSE]
    assert [duty.state for duty in duties_of(lin, date(2014, 1, 1))] == [State.OWED]


def test_a_rolling_window_is_explained_as_it_stood_on_its_day(lin):
    in_force("rolling.visit", every="rolling", n=30)

    verdict = explanation("rolling.visit", lin, "R30@2013-10-31", ON)

    assert (verdict.period.first, verdict.period.last) == (date(2013, 10, 2), date(2013, 10, 31))
    assert explanation("rolling.visit", lin, "R30@never", ON) is None
    assert explanation("rolling.visit", lin, "R9@2013-10-31", ON) is None


@pytest.mark.parametrize("key", ["2013-13", "2013-12-01", "x", "9999-12", "once", "SY", "0000"])
def test_a_period_that_is_none_has_no_turn(key):
    in_force()

    assert turn_named("visit.monthly", key, ON) is None


@pytest.mark.parametrize(
    ("every", "n", "day"),
    [
        ("week", 1, date(2012, 12, 31)),
        ("quarter", 1, date(2012, 2, 29)),
        ("half", 1, date(2013, 12, 31)),
        ("school_year", 1, date(2013, 8, 31)),
        ("years", 3, date(2012, 12, 31)),
    ],
)
def test_every_kind_of_period_is_found_again_by_its_key(every, n, day):
    in_force(every=every, n=n)
    period = period_of(Every(every), day, n, anchor=2011)

    rule, found = turn_named("visit.monthly", period.key, date(2015, 5, 5))

    assert (rule.code, found) == ("visit.monthly", period)


def test_the_wording_of_a_day_is_the_last_that_had_begun():
    adopted()
    amended()

    assert rule_of("b.books", date(2010, 1, 1)) is None
    assert rule_of("b.books", date(2013, 6, 30)).hundredths == 200
    assert rule_of("b.books", JULY).hundredths == 300
    assert len(wordings_of("b.books")) == 2
    assert [r.hundredths for r in rules_between(JULY, ON) if r.code == "b.books"] == [300]
    before = rules_between(date(2013, 1, 1), date(2013, 6, 30))
    assert [r.hundredths for r in before if r.code == "b.books"] == [200]
