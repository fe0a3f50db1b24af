from datetime import date, timedelta

import pytest

from taihua.kernel.org.models import Grant
from taihua.rooms.outreach.actions.notes import Matter, take_in
from taihua.rooms.outreach.actions.plans import cancel_visit, plan_visit
from taihua.rooms.outreach.actions.proposals import answer, carry_out
from taihua.rooms.outreach.enums import Stage
from taihua.rooms.outreach.models import Proposal
from taihua.rooms.outreach.queries import coverage
from taihua.rooms.outreach.queries.proposals import at_stage, proposals_seen_by, standing_of
from taihua.rooms.outreach.queries.visits import (
    days_this_month,
    plans_seen_by,
    visits_seen_by,
    with_words,
)
from taihua.rooms.outreach.room.dues import asked_of, found, happening
from tests.factories import NINE, LeaveFactory, TermFactory, UnitFactory
from tests.rooms.outreach.conftest import DAY, TODAY, at

NEXT = TODAY + timedelta(days=6)


@pytest.mark.parametrize(
    ("who", "sees"),
    [("lin", True), ("zhou", True), ("shen", True), ("su", True), ("zheng", True), ("wu", False)],
)
def test_a_visit_is_seen_by_visitor_visited_owner_and_overseers_alone(request, visit, who, sees):
    account = request.getfixturevalue(who).account

    assert (visit in visits_seen_by(account)) is sees
    assert proposals_seen_by(account).exists() is sees


def test_a_section_that_is_asked_nothing_sees_nothing(note_of, zhou):
    take_in(note=note_of(), at=NINE)

    assert not visits_seen_by(zhou.account).exists()


def test_words_are_found_in_note_proposal_and_problem(visit, lin, note_of):
    take_in(note=note_of(day=DAY - timedelta(days=1), topic="别的", seen="别的"), at=NINE)

    for words in (["课堂"], ["结对"], ["排水"], ["多媒体", "一小"]):
        assert list(with_words(visits_seen_by(lin.account), words)) == [visit]
    assert not with_words(visits_seen_by(lin.account), ["没有这个词"]).exists()
    assert [each.title for each in found(lin.account, ["结对"], 5)] == ["苔花一小：课堂教学"]


def test_search_shows_nobody_what_he_may_not_see(visit, wu):
    assert list(found(wu.account, ["结对"], 5)) == []


def test_the_days_of_the_month_are_those_that_are_credited_to_it(note_of, lin):
    take_in(note=note_of(halves=1), at=NINE)
    take_in(note=note_of(day=date(2013, 12, 3), makes_up=date(2013, 11, 28)), at=NINE)

    assert days_this_month(lin, TODAY) == days_this_month(lin, DAY) == date.resolution.days / 2
    assert days_this_month(lin, date(2013, 11, 5)) == 1


# --- plans -----------------------------------------------------------------------------------------------


def plan(visitor, place, day=NEXT, **changes):
    return plan_visit(visitor=visitor, place=place, day=day, topic="安全", at=NINE, **changes)


def test_a_unit_learns_only_of_visits_that_are_announced(lin, zhou, school, shen):
    plan(lin, school)
    told = plan(zhou, school, announced=True)

    assert list(plans_seen_by(shen.account, TODAY)) == [told]
    assert [each.path for each in happening(school, TODAY, NEXT)] == [told.path]
    assert len(list(happening(lin, TODAY, NEXT))) == 1


def test_a_cancelled_visit_is_cancelled_in_the_calendar_too(lin, school):
    planned = plan(lin, school)
    cancel_visit(planned=planned, because="会议", at=NINE)

    told = list(happening(lin, TODAY, NEXT))

    assert [(each.is_cancelled, each.revision) for each in told] == [(True, 1)]


def test_a_planned_visit_without_a_note_is_asked_for_on_the_desk(lin, school, note_of):
    plan(lin, school, day=TODAY)
    assert list(asked_of(lin, TODAY)) == []

    due = next(asked_of(lin, TODAY + timedelta(days=1)))
    assert due.sentence == "计划 12 月 4 日（周三）去苔花一小，还没有写调研记录"
    assert due.url == "/outreach/visits/new/?place=school-1&day=2013-12-04"

    take_in(note=note_of(day=TODAY), at=at(1))
    assert list(asked_of(lin, TODAY + timedelta(days=1))) == []


# --- stages ----------------------------------------------------------------------------------------------


def test_the_stage_in_sql_is_the_stage_of_the_steps(note_of, section, zhou):
    texts = ["甲", "乙", "丙", "丁", "戊"]
    take_in(note=note_of(proposals=tuple(Matter(text=t, owner=section) for t in texts)), at=NINE)
    by_text = {each.text: each for each in Proposal.objects.all()}
    for text, decision in (
        ("乙", "adopted"),
        ("丙", "partly"),
        ("丁", "refused"),
        ("戊", "explained"),
    ):
        answer(
            proposal=by_text[text], decision=decision, words="答。", due=NEXT, at=NINE,
            by=zhou.account,
        )  # fmt: skip
    carry_out(proposal=by_text["丙"], words="做了。", at=NINE, by=zhou.account)

    for stage in Stage:
        inside = set(at_stage(Proposal.objects.all(), stage))
        assert inside == {each for each in by_text.values() if standing_of(each).stage == stage}
    assert at_stage(Proposal.objects.all(), "").count() == 5


# --- where to go -----------------------------------------------------------------------------------------


def test_who_is_suggested_where_and_why(lin, school, other_school, note_of):
    take_in(note=note_of(), at=NINE)

    first, second = coverage.best_for(lin, coverage.ground_on(TODAY))

    assert (first.place, second.place) == (other_school, school)
    assert first.reasons == [
        "近一年还没有人去过", "本季度已去和已排 0 天，不超过 6 天", "本人半年内没有去过", "各校里最该去的一所",
    ]  # fmt: skip
    assert second.reasons == ["上次有人去是 2 天以前", "本季度已去和已排 1 天，不超过 6 天"]
    assert first.day == date(2013, 12, 5)


def test_open_matters_are_counted_among_the_reasons(visit, lin, school, zhou, shen):
    ground = coverage.ground_on(TODAY)
    assert coverage.matters_by_place() == {school.pk: 2}
    assert "还有 2 件问题和建议没有办完" in coverage.best_for(lin, ground)[0].reasons

    answer(
        proposal=visit.proposals.get(), decision="refused", words="不办。", at=NINE, by=zhou.account
    )
    assert coverage.matters_by_place() == {school.pk: 1}


def test_the_day_is_none_of_leave_and_none_that_is_taken(lin, school, other_school):
    LeaveFactory(person=lin, first_day=date(2013, 12, 5), last_day=date(2013, 12, 6))
    plan(lin, school, day=date(2013, 12, 9))

    assert coverage.best_for(lin, coverage.ground_on(TODAY))[0].day == date(2013, 12, 10)


def test_leaders_who_have_not_been_out_are_sent_to_different_schools(
    lin, posts, bureau, school, other_school, note_of
):
    deputy = TermFactory(post=posts["局长"], unit=bureau).person
    people = coverage.who_has_not_been_out(TODAY)
    assert set(people) == {lin, deputy}

    sent = coverage.sent_together(people, coverage.ground_on(TODAY))

    assert {each.place for each in sent} == {school, other_school}
    take_in(note=note_of(), at=NINE)
    assert coverage.who_has_not_been_out(TODAY) == [deputy]


def test_at_one_school_each_is_sent_on_a_day_of_its_own_and_counts_for_the_next(
    lin, zhou, posts, bureau, school
):
    deputy = TermFactory(post=posts["局长"], unit=bureau).person
    plan(zhou, school, day=date(2013, 12, 5))

    sent = coverage.sent_together([lin, deputy], coverage.ground_on(TODAY))

    assert [(each.place, each.day) for each in sent] == [
        (school, date(2013, 12, 6)),
        (school, date(2013, 12, 9)),
    ]
    assert [each.reasons[1:] for each in sent] == [
        ["本季度已去和已排 1 天，不超过 6 天", "各校里最该去的一所"],
        ["本季度已去和已排 2 天，不超过 6 天"],
    ]


def test_who_can_go_nowhere_is_sent_nowhere(lin, shen, school):
    sent = coverage.sent_together([shen, lin], coverage.ground_on(TODAY))

    assert [each.visitor for each in sent] == [lin]


def test_who_is_away_until_the_end_is_given_a_place_without_a_day(lin, school):
    LeaveFactory(person=lin, first_day=TODAY, last_day=date(2014, 2, 28))

    sent = coverage.sent_together([lin], coverage.ground_on(TODAY))

    assert [(each.place, each.day) for each in sent] == [(school, None)]


def test_a_day_that_makes_up_for_last_month_leaves_this_month_to_be_done(lin, note_of):
    take_in(note=note_of(makes_up=date(2013, 11, 28)), at=NINE)

    assert coverage.who_has_not_been_out(TODAY) == [lin]


def test_a_closed_school_is_not_suggested_and_a_full_one_is_named(lin, school, note_of):
    UnitFactory(name="旧校", closed=TODAY - timedelta(days=1))
    for back in range(coverage.MOST_A_QUARTER):
        take_in(note=note_of(day=TODAY - timedelta(days=back)), at=NINE)

    ground = coverage.ground_on(TODAY)

    assert ground.full == [school]
    assert coverage.best_for(lin, ground) == []


def test_nobody_is_sent_to_his_own_school(shen, school, other_school):
    Grant.objects.all().delete()

    suggested = coverage.best_for(shen, coverage.ground_on(TODAY))

    assert [each.place for each in suggested] == [other_school]
