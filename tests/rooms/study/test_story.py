"""What the demonstration district tells of study: laid out once, read by every test."""

import random

import pytest

from taihua.kernel import house
from taihua.kernel.house import Story
from taihua.kernel.records.actions import record_many
from taihua.kernel.records.queries import statements
from taihua.rooms.study.models import Effect, Plan, Rota, Session, Turn
from taihua.rooms.study.room import ROOM
from tests.factories import NINE
from tests.rooms.district import FIRST, LAST, settle
from tests.rooms.study.sessions import moment
from tests.rooms.study.test_room import counted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]


@pytest.fixture(scope="module")
def told(laid_out):
    """The story of a small district, with what its ledgers hold put on record."""
    settle()
    story = Story(rng=random.Random(2013), first=FIRST, on=LAST)
    ROOM.demo(story)
    record_many(story.drafts, at=NINE)


def test_the_last_year_was_kept_here_and_the_years_before_in_ledgers():
    assert counted("study.planned") == 11
    assert 8 <= counted("study.sessions") <= 10
    assert counted("study.lectures") == 4
    assert counted("study.answers") > 0
    assert Plan.objects.get().versions.count() == 2
    by_ledger = statements().filter(verb__code="held-session", row_key__isnull=False)
    assert {each.day.year for each in by_ledger if each.kind.code == "study/session"} == {
        2011,
        2012,
    }


def test_the_story_shows_something_done_under_way_due_soon_and_a_gap():
    assert Session.objects.filter(drawn_by__isnull=False).exists()
    assert Session.objects.filter(held_at__isnull=True, cancelled_at__isnull=True).exists()
    assert Session.objects.filter(held_at__isnull=False, drawn_by__isnull=True).exists()
    assert Effect.objects.filter(outcome_date__isnull=True).exists()
    assert Turn.objects.filter(held_at__isnull=True, starts_at__gt=moment(LAST)).exists()
    assert Turn.objects.filter(closed_at__isnull=False).exists()
    assert Rota.objects.get().verdict["fair"]


def test_nothing_of_the_story_lies_after_its_last_day():
    assert max(each.day for each in statements()) <= LAST
    assert min(each.day for each in statements()) >= FIRST


def test_the_ledgers_of_the_story_come_back_as_the_same():
    for code in ("study", "lectures", "study-plans"):
        store = house.ledgers()[code].store
        rows = list(store.rows(None))
        plan = store.plan(rows)
        assert rows
        assert not plan.errors
        assert {step.state.value for step in plan.steps} == {"same"}
