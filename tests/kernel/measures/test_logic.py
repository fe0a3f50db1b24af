from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.base.clock import ZONE
from taihua.kernel.measures.logic import (
    Held,
    Provenance,
    Standing,
    Tally,
    ran,
    share,
    span,
    written,
)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(612), "612"),
        (Fraction(0), "0"),
        (Fraction(1, 2), "0.5"),
        (Fraction(123450, 100), "1234.5"),
        (Fraction(1, 3), "0.33"),
        (Fraction(-5, 2), "-2.5"),
    ],
)
def test_a_number_is_written_with_the_decimals_it_needs(number, text):
    assert written(number) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(Fraction(1), "100%"), (Fraction(1, 3), "33.3%"), (Fraction(0), "0%")],
)
def test_a_share_is_written_in_hundredths(number, text):
    assert written(number, percent=True) == text


@given(st.integers(-(10**9), 10**9))
def test_hundredths_are_written_exactly(hundredths):
    assert Fraction(written(Fraction(hundredths, 100))) == Fraction(hundredths, 100)


def test_a_share_of_nothing_is_nothing():
    assert share(0, 0) == 0
    assert share(1, 4) == Fraction(1, 4)


def test_a_figure_that_counts_since_a_day_ignores_the_first_day_asked_for():
    asked = date(2013, 1, 1), date(2013, 12, 31)

    assert span(Tally(("helped",), since=date(2011, 1, 1)), *asked) == (date(2011, 1, 1), asked[1])
    assert span(Held(("studied",)), *asked) == asked
    assert span(Standing("visits"), *asked) == asked


def test_a_query_is_shown_with_its_parameters_in_place():
    known = datetime(2013, 12, 4, 9, tzinfo=ZONE)

    assert ran("a IN (%s, %s) AND b <= %s", ["it's", 3, known]) == (
        "a IN ('it''s', 3) AND b <= '2013-12-04 09:00:00+08:00'"
    )


def test_provenance_is_plain_data():
    known = datetime(2013, 12, 4, 9, tzinfo=ZONE)
    told = Provenance(
        lambda: ("SELECT %s", (date(2013, 1, 1), 3)),
        date(2013, 1, 1),
        date(2013, 12, 31),
        known,
        9,
        2,
    ).as_json()

    assert told == {
        "sql": "SELECT %s",
        "params": ["2013-01-01", 3],
        "first_day": "2013-01-01",
        "last_day": "2013-12-31",
        "known": "2013-12-04T09:00:00+08:00",
        "highest_statement": 9,
        "statements": 2,
    }
