"""A figure opens down to its records, a page at a time, whatever it is made of."""

from datetime import date

import pytest

from taihua.kernel.measures.behind import Behind, records_of
from taihua.kernel.measures.enums import Count
from taihua.kernel.measures.logic import Asked, Held, Ratio, Standing, Tally
from tests.factories import PersonFactory, TermFactory, UnitFactory, in_force
from tests.kernel.measures.acts import YEAR, did, figure

ASKED = Asked(first=YEAR[0], last=YEAR[1])
FIGURES = {
    "a number": Tally(("helped",)),
    "days": Held(("helped",)),
    "a share of what lies apart": Ratio(Tally(("helped",)), Tally(("visited",))),
    "a share of its own whole": Ratio(
        Tally(("helped",), kinds=("outreach/helped",)), Tally(("helped", "visited"))
    ),
    "of an earlier year": Tally(("helped",), count=Count.PEOPLE, since=date(2011, 1, 1)),
    "of what nobody ever says": Tally(("unheard-of",)),
    "about a duty": Standing("visit.monthly"),
    "about two duties": Standing("visit.monthly", more=("help.monthly",)),
    "about no duty": Standing("nobody.knows"),
}


@pytest.fixture
def acts(words):
    """Twelve records of two years, made in no order, some of them on one day."""
    one, two = PersonFactory(), PersonFactory()
    for month, day in ((5, 3), (2, 9), (2, 9), (11, 30), (7, 1)):
        did(one, date(2013, month, day))
        did(two, date(2013, month, day), verb="visited")
    in_force("visit.monthly")
    in_force("help.monthly", verbs=["helped", "visited"])
    did(one, date(2012, 12, 31))
    did(two, date(2014, 1, 1))


def whole(rows):
    return rows


def by_counting_day(rows):
    return sorted(rows, key=lambda row: (row.counts_on, row.pk), reverse=True)


@pytest.mark.parametrize("kind", FIGURES)
def test_pages_are_the_records_cut_up_the_last_to_count_first(kind, acts):
    thing = figure(FIGURES[kind])
    expected = by_counting_day(records_of(thing, ASKED))

    behind = Behind(thing, ASKED, whole)

    assert len(behind) == len(expected)
    assert [*behind[0:2], *behind[2:3], *behind[3:99]] == expected
    assert [behind[at] for at in range(len(expected))] == expected
    assert behind[len(expected) : len(expected) + 5] == []


def test_a_record_of_both_parts_of_a_share_is_shown_once(acts):
    thing = figure(FIGURES["a share of its own whole"])

    shown = list(Behind(thing, ASKED, whole))

    assert len(shown) == len({row.pk for row in shown}) == 10


def test_what_the_reader_may_not_see_is_neither_shown_nor_counted(acts):
    somebody = PersonFactory()
    mine = did(somebody, date(2013, 4, 4))

    behind = Behind(
        figure(FIGURES["a share of what lies apart"]),
        ASKED,
        lambda rows: rows.filter(person=somebody),
    )

    assert (len(behind), list(behind)) == (1, [mine])


def test_of_units_it_shows_what_their_people_did(acts):
    here, person = UnitFactory(), PersonFactory()
    TermFactory(person=person, unit=here)
    mine = did(person, date(2013, 4, 4))
    asked = Asked(first=YEAR[0], last=YEAR[1], units=frozenset({here.pk}))

    assert list(Behind(figure(Tally(("helped",))), asked, whole)) == [mine]


def test_a_page_costs_the_same_however_many_records_there_are(words, django_assert_num_queries):
    thing, person = figure(FIGURES["a share of what lies apart"]), PersonFactory()
    for many in (1, 3, 30):
        for day in range(1, many + 1):
            did(person, date(2013, 3, day))
        with django_assert_num_queries(5):  # two counts, two heads, the rows
            behind = Behind(thing, ASKED, whole)
            assert [str(row.verb) + str(row.person) for row in behind[0:2]]
