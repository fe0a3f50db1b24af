import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from taihua.base.onepage import one_page
from taihua.kernel.org.queries import every_post, seats_ever, terms_ever, unit_tree
from taihua.kernel.rules.directory import Directory
from taihua.kernel.rules.queries import duties_of
from tests.factories import UnitFactory
from tests.kernel.rules.packs import ON, adopted

PARTS = {
    "verbs": 1,
    "kinds": 1,
    "posts": 2,
    "unit_codes": 1,
    "unit_kinds": 1,
    "units_below": 1,
    "exempted": 1,
    "holders": 1,
}


@pytest.fixture
def house(lin, zhou):
    """A house with rules, in which two people are in post."""
    adopted()
    return lin


@pytest.mark.parametrize(("part", "queries"), PARTS.items())
def test_each_list_is_read_when_it_is_asked_for_and_never_again(
    house, django_assert_num_queries, part, queries
):
    with django_assert_num_queries(0):
        directory = Directory.read()

    with django_assert_num_queries(queries):
        first = getattr(directory, part)
    with django_assert_num_queries(0):
        assert getattr(directory, part) is first


def test_all_lists_are_read_in_seven_queries(house, django_assert_num_queries):
    directory = Directory.read()

    with django_assert_num_queries(7):
        assert all(getattr(directory, part) is not None for part in PARTS)


def test_lists_of_units_are_of_one_reading(house, django_assert_num_queries):
    directory = Directory.read()

    with django_assert_num_queries(1):
        assert directory.unit_codes
        assert directory.unit_kinds.keys() == set(directory.unit_codes.values())
        assert directory.units_below


def test_one_persons_duties_need_neither_verbs_nor_who_else_is_there(house):
    with one_page(), CaptureQueriesContext(connection) as asked:
        duties_of(house, ON)

    read = {table for query in asked for table in re.findall(r'FROM "(\w+)"', query["sql"])}
    assert {"org_term", "org_post", "records_statement"} <= read
    assert not read & {"records_verb", "records_objectkind"}
    assert not any("COUNT(" in query["sql"] for query in asked)


def test_terms_and_seats_of_a_person_are_read_together_on_a_page(house, django_assert_num_queries):
    with one_page(), django_assert_num_queries(4):  # terms, posts, their tags, units
        seats = seats_ever(house)
        terms = terms_ever(house, None)
        every_post()
        unit_tree()

    assert [seat.first_day for seat in seats] == [term.first_day for term in terms]


def test_a_seat_knows_its_unit_and_all_above(house, zhou, section, bureau):
    below = UnitFactory(parent=section, kind="group")
    tree = unit_tree()

    assert tree[below.pk].above == section.pk
    assert {seat.kind for seat in seats_ever(zhou)} == {
        tree[s.units[0]].kind for s in seats_ever(zhou)
    }
    assert all(seat.units[-1] == bureau.pk for seat in seats_ever(zhou))
