"""What the rules say in English when there is just one of a thing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import translation

from taihua.base.periods import Period
from taihua.kernel.rules.clauses import Names, clauses
from taihua.kernel.rules.packtext import parse_pack
from taihua.kernel.rules.words import period_words
from tests.kernel.rules.packs import BOOK, ON, TEXT, VISITS, adopted

VISIT = parse_pack(TEXT).rules[0]


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("number", "notice", "minutes", "due"),
    [
        (1, "1 day", "1 minute", "can be made up within 1 day"),
        (2, "2 days", "2 minutes", "can be made up within 2 days"),
    ],
)
def test_a_clause_tells_one_day_from_two(number, notice, minutes, due):
    rule = replace(VISIT, notice_days=number, minutes=number, grace_days=number)

    told = clauses(rule, Names())

    assert (told["notice"], told["minutes"]) == (notice, minutes)
    assert told["due"].endswith(due)


@pytest.mark.parametrize(("days", "words"), [(1, "The last day"), (7, "The last 7 days")])
def test_a_rolling_period_of_one_day_is_the_last_day(days, words):
    first = ON - timedelta(days=days - 1)
    period = Period("R1", first, ON, ON, ON, ON)

    assert period_words(period, ON) == words


@pytest.mark.django_db
def test_one_person_and_one_rule_are_no_people_and_no_rules(lin, su, logged_in, settings):
    settings.TAIHUA_TODAY = ON
    adopted(BOOK + VISITS)
    browser = logged_in(su)
    browser.cookies["django_language"] = "en"

    assert "Leadership (1 person)" in browser.get("/rules/burden/").text
    assert "1 rule\n" in browser.get("/rules/").text
