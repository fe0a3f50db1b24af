"""Verdicts of everybody through the tables equal those of one by one, now and as once known."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime

import pytest

from taihua.base.clock import ZONE
from taihua.kernel.org.actions import believe_no_more
from taihua.kernel.org.models import Leave, Person, Term, Unit
from taihua.kernel.records.actions import record, void
from taihua.kernel.records.queries import Statement
from taihua.kernel.rules.enums import State, Subject
from taihua.kernel.rules.queries import (
    counted,
    explanation,
    judged,
    rules_counting,
    rules_in_force,
    standing,
    verdicts,
)
from taihua.kernel.rules.shelf import stand
from taihua.kernel.rules.wordings import turns
from tests.factories import LeaveFactory, TermFactory, in_force
from tests.kernel.rules.lives import LAST, World, noon, rules
from tests.kernel.rules.packs import ON, adopted, amended

pytestmark = pytest.mark.django_db


def everybody(rule):
    return Person.objects.all() if rule.subject is Subject.PERSON else Unit.objects.all()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("known", [None, noon(date(2013, 3, 15)), noon(date(2012, 6, 30))])
def test_the_tables_and_the_definition_agree_on_everybody(seed, known, bureau, school):
    rules()
    World(seed, bureau, school)
    compared = 0
    for rule, periods in turns(date(2012, 1, 1), LAST, ON, known):
        rows = {
            (row.subject, row.period.key): (row.member_days, row.present_days, row.asked, row.done,
                                            row.on_time, row.state)
            for row in verdicts(rule, periods, ON, known=known)
        }  # fmt: skip
        uuids = counted(rule, periods, ON, known=known)
        for actor in everybody(rule):
            for verdict in judged(actor, [(rule, period) for period in periods], ON, known):
                key = (actor.pk, verdict.period.key)
                if verdict.state is State.NOT_APPLICABLE:
                    assert key not in rows
                    continue
                compared += 1
                assert rows[key] == (
                    verdict.member_days,
                    verdict.present_days,
                    verdict.asked,
                    verdict.done,
                    verdict.on_time,
                    verdict.state,
                )
                assert uuids.get(key, []) == [fact.uuid for fact in verdict.counted]

    assert compared > 10


def test_the_standing_is_the_sum_of_the_verdicts(bureau, school):
    rules()
    World(7, bureau, school)
    for rule, periods in turns(date(2012, 1, 1), LAST, ON):
        counts = {period.key: {} for period in periods}
        for row in verdicts(rule, periods, ON):
            of = counts[row.period.key]
            of[row.state] = of.get(row.state, 0) + 1

        assert standing(rule, periods, ON) == counts


@pytest.mark.parametrize("state", [None, State.DONE, State.OWED, State.EXEMPT])
def test_who_stands_how_is_what_the_verdicts_say(state, bureau, school):
    rules()
    World(9, bureau, school)
    for rule, periods in turns(date(2012, 1, 1), LAST, ON):
        period = periods[0]
        whole = verdicts(rule, [period], ON)

        shown = stand(rule, period, ON, None, state)

        assert shown.counts == Counter(row.state for row in whole)
        assert shown.subjects == [row.subject for row in whole if state in {None, row.state}]


def test_verdicts_of_some_subjects_are_those_of_all_cut_down(bureau, school):
    rules()
    world = World(8, bureau, school)
    some = {world.people[0].pk, world.people[3].pk}
    for rule, periods in turns(date(2012, 1, 1), LAST, ON):
        if rule.subject is Subject.PERSON:
            whole = verdicts(rule, periods, ON)

            cut = verdicts(rule, periods, ON, subjects=some)

            assert cut == [row for row in whole if row.subject in some]


@pytest.fixture
def cast(lin, zhou, bureau):
    """Somebody for every rule of the book."""
    return lin


# --- replay -------------------------------------------------------------------------------------------------


def picture(known=None, on=ON):
    """Everything that the house says of everybody, bit for bit."""
    return [
        (rule, row, tuple(counted(rule, [row.period], on, known=known).get((row.subject, row.period.key), [])))
        for rule, periods in turns(date(2012, 1, 1), LAST, on, known)
        for row in verdicts(rule, periods, on, known=known)
    ]  # fmt: skip


def test_whatever_is_learnt_later_a_past_picture_can_be_drawn_again(lin, zhou, bureau, posts):
    adopted()
    for month in (1, 2, 4):
        record(
            verb="visited", kind="outreach/visit", path=f"outreach/visit/{month}", label="调研",
            at=noon(date(2013, month, 9)), person=lin,
        )  # fmt: skip
    moment = noon(date(2013, 5, 1))
    then = picture(on=date(2013, 5, 1))

    # The visit of February was a mistake, one of March comes late, lin was on leave in January, zhou
    # came in March only, and the rules are amended.
    void(
        statement=Statement.objects.get(object_path="outreach/visit/2"),
        reason="记错了",
        at=noon(date(2013, 6, 1)),
    )
    record(
        verb="visited", kind="outreach/visit", path="outreach/visit/3", label="迟报",
        at=noon(date(2013, 6, 2)), occurred_at=noon(date(2013, 3, 5)), person=lin,
    )  # fmt: skip
    LeaveFactory(
        person=lin, first_day=date(2013, 1, 1), last_day=date(2013, 1, 31),
        known_from=noon(date(2013, 6, 3)),
    )  # fmt: skip
    term = Term.objects.get(person=zhou)
    believe_no_more(term, at=noon(date(2013, 6, 4)))
    TermFactory(person=zhou, post=term.post, unit=term.unit, first_day=date(2013, 3, 1),
                known_from=noon(date(2013, 6, 4)))  # fmt: skip
    amended()

    assert picture(moment, on=date(2013, 5, 1)) == then
    assert picture(on=date(2013, 5, 1)) != then
    assert picture() == picture()


def test_a_correction_shows_in_the_verdict_and_not_in_what_was_known_before(cast, lin):
    adopted()
    visit = record(
        verb="visited", kind="outreach/visit", path="outreach/visit/1", label="调研",
        at=noon(date(2013, 11, 9)), person=lin,
    )  # fmt: skip
    void(statement=visit, reason="记错了人", at=noon(date(2013, 12, 2)))

    now = explanation("b.visits", lin, "2013-11", ON)
    then = explanation("b.visits", lin, "2013-11", ON, noon(date(2013, 12, 1)))

    assert (now.state, now.counted) == (State.OWED, ())
    assert (then.state, [fact.uuid for fact in then.counted]) == (State.DONE, [str(visit.uuid)])


# --- year ends ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("happened", "december", "january"),
    [
        (datetime(2012, 12, 31, 23, 59, tzinfo=ZONE), State.DONE, State.OWED),
        (datetime(2013, 1, 1, 0, 0, tzinfo=ZONE), State.OWED, State.DONE),
    ],
)
def test_a_minute_decides_which_year_an_act_belongs_to(cast, lin, happened, december, january):
    adopted()
    record(verb="visited", kind="outreach/visit", path="v/1", label="调研", at=happened, person=lin)

    assert explanation("b.visits", lin, "2012-12", ON).state is december
    assert explanation("b.visits", lin, "2013-01", ON).state is january


def test_what_is_made_up_in_january_counts_for_december_and_only_there(lin):
    in_force("q.visits", grace_days=10)
    record(
        verb="visited", kind="outreach/visit", path="v/1", label="补",
        at=noon(date(2013, 1, 8)), counts_on=date(2012, 12, 20), person=lin,
    )  # fmt: skip

    assert explanation("q.visits", lin, "2012-12", ON).state is State.DONE_LATE
    assert explanation("q.visits", lin, "2013-01", ON).state is State.OWED


def test_somebody_who_leaves_within_the_year_is_asked_his_share(cast, zhou):
    adopted()
    term = Term.objects.get(person=zhou)
    Term.objects.filter(pk=term.pk).update(last_day=date(2013, 6, 30))

    verdict = explanation("b.books", zhou, "2013", date(2014, 1, 1))

    assert (verdict.member_days, verdict.asked, verdict.state) == (181, 100, State.OWED)


def test_recorded_once_counts_for_every_rule_that_it_satisfies(cast, lin):
    adopted()
    in_force("q.visits", audience={})
    visit = record(
        verb="visited", kind="outreach/visit", path="v/1", label="调研", at=noon(ON), person=lin
    )

    assert [rule.code for rule in rules_counting(visit)] == ["b.visits", "q.visits"]
    for code in ("b.visits", "q.visits"):
        assert explanation(code, lin, "2013-12", ON).state is State.DONE


def test_rules_of_units_do_not_count_what_people_did(cast, lin, bureau):
    adopted()
    forum = record(
        verb="held-forum",
        kind="forums/principals",
        path="f/1",
        label="讲坛",
        at=noon(ON),
        unit=bureau,
    )

    assert [rule.code for rule in rules_counting(forum)] == ["b.forums"]
    assert rules_in_force(ON)[1] == replace(rules_in_force(ON)[1])


@pytest.mark.parametrize("people", [1, 12])
def test_verdicts_cost_one_query_a_rule_however_many_people(
    people, posts, bureau, django_assert_num_queries
):
    in_force()
    for _ in range(people):
        TermFactory(post=posts["局长"], unit=bureau)
    ((rule, periods),) = turns(date(2013, 1, 1), LAST, ON)

    with django_assert_num_queries(6):
        rows = verdicts(rule, periods, ON)

    assert len(rows) == 12 * people
    assert not Leave.objects.exists()
