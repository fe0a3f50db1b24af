"""Whatever stands in an address or is typed into a form, no page of the house falls over."""

import re
from datetime import date
from html import unescape
from http import HTTPStatus
from itertools import cycle

import pytest
from django.test import Client

from taihua.kernel.documents.models import Document
from taihua.kernel.records.actions import learn_words, record
from taihua.kernel.records.queries import statements
from taihua.rooms.reports import actions
from tests.factories import NINE, in_force
from tests.test_access import OURS, example

HOSTILE = [
    "\x00",
    "１２３",
    "-1",
    "9" * 25,
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "../../etc",
]
ASKED = (
    "page", "year", "unit", "name", "show", "known", "asked", "of", "q", "kind", "form", "next",
    "from", "to", "month", "day", "on", "person", "print", "state", "mechanism", "pack",
)  # fmt: skip
FIELD = re.compile(r'<(?:input|textarea|select)\b[^>]*\bname="([^"]+)"')

pytestmark = pytest.mark.usefixtures("lin", "zhou", "shen", "wu", "zheng")


@pytest.fixture
def clerk(su, settings, logged_in):
    """The party-office clerk of a house with a rule, a record and a report that is begun."""
    settings.TAIHUA_TODAY = date(2013, 12, 4)
    learn_words([("visited", "下基层调研")], [("outreach/visit", "调研")])
    in_force()
    record(verb="visited", kind="outreach/visit", path="v/1", label="课堂", person=su, at=NINE)
    actions.begin(year=2013, on=NINE.date(), at=NINE, by=su.account)
    browser = Client(raise_request_exception=False)
    browser.cookies = logged_in(su).cookies
    return browser


def hostile(names, first):
    """Something hostile for each name, another one for each ``first``."""
    signs = cycle(HOSTILE[first:] + HOSTILE[:first])
    return dict(zip(names, signs, strict=False))


def faults(ask, rounds):
    """The addresses at which the house fell over, and how."""
    uuid = str(statements().first().uuid)
    answers = (
        (address, ask(example(address, uuid), first)) for address in OURS for first in rounds
    )
    return [
        f"{address}: {answer.exc_info and answer.exc_info[1]!r}"
        for address, answer in answers
        if answer is not None and answer.status_code >= 500
    ]


def test_no_page_falls_over_whatever_stands_in_its_address(clerk):
    def ask(address, first):
        return clerk.get(address, hostile(ASKED, first))

    found = faults(ask, rounds=[0, 3])

    assert found == [], "\n".join(found)


def test_no_form_falls_over_whatever_is_typed_and_nothing_is_recorded(clerk):
    before = (statements().count(), Document.objects.count())

    def ask(address, first):
        page = clerk.get(address)
        if page.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return None  # a step without a form of its own
        text = page.content.decode(errors="ignore")
        names = dict.fromkeys(unescape(name) for name in FIELD.findall(text))
        return clerk.post(address, hostile(names, first)) if names else None

    found = faults(ask, rounds=[0])

    assert found == [], "\n".join(found)
    assert (statements().count(), Document.objects.count()) == before


@pytest.mark.parametrize("number", ["0", "9" * 25, "１２", "-1", "%00", "%2e%2e", "<b>", "a" * 300])
def test_a_thing_that_cannot_be_is_not_found(clerk, number):
    for begin in ("/reports/", "/documents/", "/reading/books/", "/ledgers/visits/import/"):
        assert clerk.get(f"{begin}{number}/").status_code == 404, begin
    assert clerk.get(f"/ledgers/{number}/").status_code == 404
    assert clerk.get(f"/ledgers/visits/rows/{number}/").status_code == 404
    assert clerk.get(f"/overview/people/{number}/").status_code == 404
