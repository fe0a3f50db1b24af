"""What the rules say in English when there is just one of a thing."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import translation

from taihua.base.periods import Every, Period
from taihua.kernel.rules.acts import spoken_act
from taihua.kernel.rules.clauses import Names, clauses, quota_words
from taihua.kernel.rules.logic import Span, judge
from taihua.kernel.rules.packtext import parse_pack
from taihua.kernel.rules.shelf import SHIPPED
from taihua.kernel.rules.words import duty_sentence, period_words
from tests.kernel.rules.packs import BOOK, ON, TEXT, VISITS, adopted

VISIT = parse_pack(TEXT).rules[0]
LAST = date(2013, 12, 31)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


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


def test_every_act_of_the_books_that_come_along_is_said_in_english():
    packs = [parse_pack(path.read_text()) for path in SHIPPED.glob("*.toml")]

    said = {rule.act: spoken_act(rule.act) for pack in packs for rule in pack.rules}

    assert {act for act, told in said.items() if CHINESE.search(told)} == set()
    assert len(said) > 25


@pytest.mark.parametrize(
    ("act", "every", "words"),
    [
        ("下基层调研", Every.MONTH, "every month, at least 1 day: field visits"),
        ("栽树", Every.MONTH, "every month, at least 1 day: 栽树"),
        ("", Every.MONTH, "every month, at least 1 day"),
        ("下基层调研", Every.ONCE, "1 day in all: field visits"),
    ],
)
def test_what_is_asked_for_is_said_with_its_act_where_it_has_one(act, every, words):
    assert quota_words(replace(VISIT, act=act, every=every)) == words


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("下基层调研", "This month: field visits, 1 day still to do, by 31 December"),
        ("", "This month: 班子成员每月至少有一天深入基层调研, 1 day still to do, by 31 December"),
    ],
)
def test_a_duty_is_said_in_the_language_of_the_page(act, words):
    month = Period("2013-12", date(2013, 12, 1), LAST, LAST, LAST, LAST)
    verdict = judge(replace(VISIT, act=act), month, [Span(month.first)], [], [], ON)

    assert duty_sentence(verdict) == words


@pytest.mark.django_db
def test_one_person_and_one_rule_are_no_people_and_no_rules(lin, su, logged_in, settings):
    settings.TAIHUA_TODAY = ON
    adopted(BOOK + VISITS)
    browser = logged_in(su)
    browser.cookies["django_language"] = "en"

    assert "Leadership (1 person)" in browser.get("/rules/burden/").text
    assert "1 rule\n" in browser.get("/rules/").text
