"""What the room declares and tells, held against the kernel that uses it."""

from datetime import date, datetime
from random import Random

import pytest
from django.urls import reverse

from taihua.base.clock import ZONE
from taihua.kernel.commitments.queries import open_for
from taihua.kernel.house import Story, rooms
from taihua.kernel.org.models import Person, Unit
from taihua.kernel.records.queries import statements
from taihua.kernel.rules.shelf import shipped
from taihua.rooms.outreach.enums import Stage
from taihua.rooms.outreach.models import FieldVisit, PlannedVisit, Problem, Proposal
from taihua.rooms.outreach.queries.proposals import standing_of
from taihua.rooms.outreach.queries.visits import overdue_plans
from taihua.rooms.outreach.room.written import write_here

LAST = date(2013, 12, 4)


@pytest.fixture
def room():
    return next(room for room in rooms() if room.code == "outreach")


def story():
    return Story(rng=Random(2013), first=date(2011, 1, 1), on=LAST)


@pytest.fixture
def told(lin: Person, zhou: Person, shen: Person, other_school: Unit, bureau: Unit) -> None:
    """What the district wrote here, with one more school."""
    Unit.objects.create(
        code="school-3", name="青石小学", kind="school", parent=bureau, opened=date(2005, 1, 1)
    )
    write_here(story())


def test_every_act_and_menu_entry_leads_to_a_page(room):
    for place in (*room.acts, *room.menu):
        assert reverse(place.url_name, args=getattr(place, "args", ())).startswith("/outreach/")


def test_the_rules_of_the_month_and_the_half_year_ask_for_what_the_pages_record(room):
    verbs = {word.code for word in room.verbs}
    ruled = {rule.code: rule for pack in shipped() for rule in pack.rules}

    for code in ("haizhou.visit-month", "haizhou.visit-proposals"):
        assert set(ruled[code].verbs) <= verbs


def test_the_district_has_a_proposal_in_each_state_and_one_that_is_overdue(told):
    standings = [standing_of(each) for each in Proposal.objects.all()]

    assert {each.stage for each in standings} == set(Stage)
    assert [each.proposal.text for each in standings if each.is_overdue(LAST)] == [
        "请协调两名音体美老师走教。"
    ]


def test_the_district_has_something_due_for_everybody_who_plays(
    told, lin, zhou, shen, section, school
):
    assert "回头看建议的效果" in open_for(lin)[0].what
    assert any("答复调研建议" in each.what for each in open_for(zhou, [section.pk]))
    assert any("办理调研发现的问题" in each.what for each in open_for(shen, [school.pk]))
    assert len(overdue_plans(zhou, LAST)) == 1
    assert PlannedVisit.objects.filter(day__gt=LAST).count() == 2


def test_nothing_of_it_lies_ahead_and_all_of_it_counts(told):
    end = datetime(2013, 12, 4, 23, tzinfo=ZONE)

    assert set(FieldVisit.objects.values_list("counting", flat=True)) == {"counted"}
    assert not statements().filter(occurred_at__gt=end).exists()
    assert Problem.objects.filter(settled_at__isnull=True).count() == 1


def test_a_short_story_or_one_without_players_tells_nothing(lin):
    write_here(story())
    write_here(Story(rng=Random(1), first=date(2013, 11, 1), on=LAST))

    assert not FieldVisit.objects.exists()
