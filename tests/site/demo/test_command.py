"""The command itself: what it refuses, what it rebuilds, on both databases."""

import random
from datetime import date

import psycopg
import pytest
from django.core.management.base import CommandError

from taihua.kernel.org.models import Person, Term, Unit
from taihua.site.demo.district import Builder
from taihua.site.demo.lives import Casting, Span, Stint, schools_for
from taihua.site.demo.names import CAST, Names
from taihua.site.demo.plan import OPENING
from taihua.site.models import Demonstration
from tests.serving import taihua
from tests.site.demo.conftest import demo

ON = date(2013, 12, 4)


def roster_of(seed: int, people: int) -> set[tuple[object, ...]]:
    lives = Casting(Span(random.Random(seed), OPENING, ON), people).everybody()
    return {
        (life.code, life.name, stint.post, stint.unit, stint.first)
        for life in lives
        for stint in life.stints
    }


def test_a_house_where_people_live_is_left_alone(bureau, settings, tmp_path):
    settings.HOME = tmp_path

    with pytest.raises(CommandError, match="真实数据"):
        demo(reset=True)

    assert list(Unit.objects.all()) == [bureau]
    assert not Person.objects.exists()
    assert not (tmp_path / "demo").exists()


@pytest.mark.parametrize(
    ("wish", "answer"), [({"people": 10}, "60"), ({"on": date(2010, 1, 1)}, "2011-09-01")]
)
@pytest.mark.django_db
def test_what_cannot_be_told_is_refused(settings, tmp_path, wish, answer):
    settings.HOME = tmp_path

    with pytest.raises(CommandError, match=answer):
        demo(**wish)

    assert not Demonstration.objects.exists()


def test_the_same_seed_tells_the_same_story():
    assert roster_of(2013, 120) == roster_of(2013, 120)
    assert roster_of(2013, 120) != roster_of(2014, 120)


@pytest.mark.parametrize("people", [60, 260, 900])
def test_a_district_has_about_as_many_people_as_wished(people):
    lives = Casting(Span(random.Random(1), OPENING, ON), people).everybody()

    assert people <= len(lives) <= people * 1.05
    assert len(schools_for(people)) >= 4


@pytest.mark.django_db
def test_a_builder_writes_a_roster_whose_units_exist_when_their_people_come():
    Builder(Span(random.Random(5), OPENING, ON), 300).build()

    early = [
        term for term in Term.objects.select_related("unit") if term.first_day < term.unit.opened
    ]
    assert early == []


def test_names_are_never_those_of_the_cast_and_seldom_given_twice():
    names = Names(random.Random(7))

    given = [names.next() for _ in range(3000)]

    assert not CAST & set(given)
    assert len(given) * 0.97 < len(set(given)) < len(given)


def test_a_stint_covers_its_first_and_its_last_day():
    stint = Stint("teacher", "school-1", date(2012, 1, 1), date(2012, 6, 30))

    assert [stint.covers(day) for day in (date(2012, 1, 1), date(2012, 6, 30))] == [True, True]
    assert not stint.covers(date(2012, 7, 1))
    assert Stint("teacher", "school-1", date(2012, 1, 1)).covers(date(2030, 1, 1))


@pytest.mark.parametrize("where", ["sqlite", "postgresql"])
def test_a_real_house_is_built_and_rebuilt_on_both_databases(where, tmp_path, request):
    place = {}
    if where == "postgresql":
        server = request.getfixturevalue("postgres")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute("CREATE DATABASE demo_house")
        place = {"TAIHUA_DATABASE_URL": server.replace("/postgres?", "/demo_house?")}
    wanted = ("--people", "60", "--password", "moss-and-paper")
    first = taihua(tmp_path, "demo", *wanted, "--on", "2011-10-31", **place)

    again = taihua(tmp_path, "demo", "--people", "70", "--on", "2011-11-30", "--reset", **place)

    assert "moss-and-paper" in first
    assert "moss-and-paper" not in again
    assert (tmp_path / "demo" / "today").read_text() == "2011-11-30\n"
    assert "2011-11-30" in again
