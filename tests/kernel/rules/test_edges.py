"""What is seldom asked: nothing, everything, the rows' own names, lists of units and posts."""

from dataclasses import replace
from datetime import date

import pytest

from taihua.base.periods import Every, once, period_of
from taihua.kernel.rules.actions import exempt
from taihua.kernel.rules.directory import Directory
from taihua.kernel.rules.enums import Passed, State
from taihua.kernel.rules.logic import Fact, Span, current_period, judge, rule_periods
from taihua.kernel.rules.models import RuleBook, RuleEntry
from taihua.kernel.rules.queries import counted, duties_of, judged, standing, verdicts
from taihua.kernel.rules.reasons import reason_for
from taihua.kernel.rules.wordings import rules_in_force, turns
from taihua.kernel.rules.words import why_sentences
from tests.factories import UnitFactory, in_force
from tests.kernel.rules.packs import NEW_YEAR, ON, adopted

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule(lin, zhou):
    in_force()
    return rules_in_force(ON)[0]


def test_of_no_periods_there_is_nothing_to_say(rule, lin):
    assert verdicts(rule, [], ON) == []
    assert standing(rule, [], ON) == {}
    assert counted(rule, [], ON) == {}
    assert judged(lin, [], ON) == []


def test_rows_have_names_for_people_who_look_at_the_database(lin, zhou):
    adopted()
    row = exempt(
        rule_code="b.visits", person=lin, first_day=ON, last_day=ON, reason="援藏", at=NEW_YEAR
    )

    assert str(RuleBook.objects.get()) == "bureau-book v1"
    assert str(RuleEntry.objects.get(code="b.visits")) == "b.visits 2011-01-01…"
    assert str(row) == "b.visits 2013-12-04…2013-12-04"


def test_an_audience_of_named_units_takes_in_all_below_them(rule, lin, zhou, shen, bureau, section):
    named = replace(rule, audience=replace(rule.audience, tiers=(), units=("jijiao",)))
    both = replace(named, audience=replace(named.audience, unit_kinds=("school", "section")))
    whole = replace(named, audience=replace(named.audience, units=("bureau",)))
    by_post = replace(rule, audience=replace(rule.audience, tiers=(), posts=("chief", "teacher")))
    below = UnitFactory(parent=section, kind="group")
    directory = Directory.read()
    period = period_of(Every.MONTH, ON)

    def found(each):
        rows = verdicts(each, [period], ON, directory=directory)
        return {row.subject for row in rows}

    assert directory.units_named(named) == {section.pk, below.pk}
    assert found(named) == found(both) == {zhou.pk}
    assert found(whole) == {lin.pk, zhou.pk, shen.pk}
    assert found(by_post) == {zhou.pk, shen.pk}
    assert {row.subject for row in verdicts(rule, [period], ON, units=[section.pk])} == set()
    assert {row.subject for row in verdicts(whole, [period], ON, units=[section.pk])} == {zhou.pk}


def test_a_single_duty_without_a_deadline_is_a_fault_of_the_programmer(rule):
    with pytest.raises(ValueError, match="needs a due_date"):
        current_period(replace(rule, every=Every.ONCE), ON)


def test_a_single_duty_is_one_of_the_year_in_which_it_falls_due(rule):
    single = replace(rule, every=Every.ONCE, due_date=date(2013, 6, 30))

    assert rule_periods(single, date(2013, 1, 1), ON) == [once(rule.since, date(2013, 6, 30))]
    assert rule_periods(single, date(2012, 1, 1), date(2012, 12, 31)) == []
    ended = replace(single, valid_to=date(2013, 6, 29))
    assert rule_periods(ended, date(2013, 1, 1), ON) == []


def test_an_act_of_days_on_which_the_rule_did_not_hold_is_passed_over(rule):
    late = replace(rule, in_force_from=date(2013, 12, 3), valid_from=date(2013, 12, 3))
    act = Fact("u", "visited", "k", "p", date(2013, 12, 2), date(2013, 12, 2))

    verdict = judge(late, period_of(Every.MONTH, ON), [Span(date(2011, 1, 1))], [], [act], ON)

    assert verdict.passed_over == ((act, Passed.NOT_IN_FORCE),)


def test_a_duty_in_its_days_of_grace_is_explained_as_such(rule):
    rule = replace(rule, grace_days=10)
    november = period_of(Every.MONTH, date(2013, 11, 1), grace=10)

    verdict = judge(rule, november, [Span(date(2011, 1, 1))], [], [], ON)

    assert verdict.state is State.DUE_SOON
    assert why_sentences(verdict)[-1] == "还差一天，11 月 30 日已过，12 月 10 日以前补办仍然计入。"


def test_what_comes_once_or_rolls_has_no_neighbours(lin, zhou):
    in_force("q.once", every="once", due_date="2013-12-31")
    in_force("q.rolling", every="rolling", n=30)

    for key, code in (("once", "q.once"), (f"R30@{ON}", "q.rolling")):
        reason = reason_for(code, lin, key, ON)
        assert (reason.before, reason.after) == (None, None)


def test_a_period_has_the_neighbours_of_its_year_and_none_in_the_future(rule, lin):
    reason = reason_for("visit.monthly", lin, "2013-12", ON)
    january = reason_for("visit.monthly", lin, "2013-01", ON)

    assert (reason.before.key, reason.after) == ("2013-11", None)
    assert (january.before.key, january.after.key) == ("2012-12", "2013-02")


def test_a_duty_that_begins_within_a_period_is_judged_in_it(lin):
    in_force("q.year", since=date(2013, 8, 1), every="year")

    ((_rule, periods),) = turns(date(2013, 1, 1), date(2013, 12, 31), date(2013, 8, 1))

    assert [period.key for period in periods] == ["2013"]
    assert duties_of(lin, date(2013, 7, 31)) == []
    assert [duty.member_days for duty in duties_of(lin, ON)] == [153]
