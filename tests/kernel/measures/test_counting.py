"""Which tallies can hold the same record, and that what is asked twice is counted once."""

from datetime import date

import pytest
from django.db import connection

from taihua.kernel.measures.counting import Acts, Among, Wanted, are_apart, counted
from taihua.kernel.measures.enums import Count
from tests.factories import PersonFactory
from tests.kernel.measures.acts import YEAR, did


def acts(*verbs, kinds=()):
    return Acts(verbs, kinds, *YEAR)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (acts("read"), acts("visited"), True),
        (acts("read"), acts("read", "visited"), False),
        (acts("read", kinds=("book",)), acts("read", kinds=("note",)), True),
        (acts("read", kinds=("book",)), acts("read", kinds=("note", "book")), False),
        (acts("read", kinds=("book",)), acts("read"), False),
    ],
)
def test_records_are_shared_only_by_a_verb_and_a_kind(one, other, apart):
    assert are_apart([one, other]) is are_apart([other, one]) is apart
    assert are_apart([one])


def test_what_is_wanted_twice_is_counted_once_and_told_twice(words, django_assert_num_queries):
    did(PersonFactory(), date(2013, 3, 1))
    helped = Wanted(Count.STATEMENTS, (acts("helped"),))
    visited = Wanted(Count.STATEMENTS, (acts("visited"),))
    told = []

    with (
        connection.execute_wrapper(
            lambda run, sql, *more: told.append(sql.count("UNION")) or run(sql, *more)
        ),
        django_assert_num_queries(1),
    ):
        found = counted([helped, visited, helped], Among(None, None, *YEAR))

    assert found == [(1, 1), (0, 0), (1, 1)]
    assert told == [1]
