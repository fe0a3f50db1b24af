"""Every address × every role, in the demonstration district: who gets in is written down here.

An address that is missing from the table fails, so a new page cannot open by oversight. What an
admitted person may not *see* (somebody else's note, another school's row) is 404 and is tried in
the tests of each room; here only the door is tried.
"""

import re
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from taihua.kernel.org.models import Account
from taihua.kernel.records.queries import statements
from taihua.site.checks import GUARDED_ELSEWHERE, views
from tests import rooms
from tests.doors import ADMINS, CLERKS, EVERYBODY, MEMBERS, OVERSEERS

# The door of every address outside the rooms; the longest beginning that fits it decides. What lies
# below a room stands in its tests' doors.py.
HOUSE = {
    "/": EVERYBODY,
    # A provider opens it, or it is not there: tests/site/test_single_sign_on.py.
    "/account/oidc/<provider_id>/login/": None,
    "/appearance/": None,
    "/favicon.ico": None,
    "/language/": None,
    "/me/": EVERYBODY,
    "/search/": EVERYBODY,
    "/more/": EVERYBODY,
    "/duties/": MEMBERS,
    "/done/": MEMBERS,
    "/overview/": OVERSEERS,
    "/people/": OVERSEERS,
    "/people/accounts/": ADMINS,
    "/documents/": EVERYBODY,
    "/drafts/": EVERYBODY,
    "/rules/": EVERYBODY,
    "/rules/start/": CLERKS,
    "/rules/adopt/": CLERKS,
    "/rules/exemptions/": OVERSEERS,
    "/rules/exemptions/<pk>/end/": CLERKS,
    "/rules/book/<code>/edit/": CLERKS,
    "/rules/book/<code>/retire/": CLERKS,
    "/rules/book/<book>/": CLERKS,
    "/rules/rule/<code>/retire/": CLERKS,
}

SAMPLES = {
    "provider_id": "house",
    "pk": "1",
    "number": "1",
    "share_pk": "1",
    "comment_pk": "1",
    "edition": "1",
    "position": "1",
    "year": "2012",  # its report is still a draft
    "username": "wu",
    "form": "pdf",
    "key": "2013-11",
    "ref": "wu",
    "book": "haizhou-2013",
}
CODES = {
    "/people/": "wu",
    "/overview/people/": "wu",
    "/overview/units/": "school-1",
    "/rules/book/": "haizhou-2013",
    "/rules/rule/": "reading.two-books-a-year",
    "/rules/why": "reading.two-books-a-year",
}


def of_rooms(name):
    """What the tests of the rooms say of their own addresses, as one table."""
    told = {}
    for path in sorted(Path(rooms.__file__).parent.glob("*/doors.py")):
        module = import_module(f"tests.rooms.{path.parent.name}.doors")
        told |= getattr(module, name, {})
    return told


DOORS = HOUSE | of_rooms("DOORS")
CODES |= of_rooms("CODES")
SAMPLES |= of_rooms("SAMPLES")


def pattern_of(address):
    """An address with its converters left out: /reading/books/<pk>/."""
    return re.sub(r"<\w+:(\w+)>", r"<\1>", address)


def door_of(address):
    fitting = [begin for begin in DOORS if pattern_of(address).startswith(begin)]
    exact = [begin for begin in fitting if begin != "/" or address == "/"]
    assert exact, f"{address} has no door in the table"
    return DOORS[max(exact, key=len)]


def example(address, uuid):
    """The address with something real in every place."""
    if "why" in address:
        return reverse("rules:why", args=[CODES["/rules/why"], "wu", "2013"])
    code = next((code for begin, code in CODES.items() if address.startswith(begin)), "")
    values = {**SAMPLES, "code": code, "uuid": uuid}
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], address)


OURS = sorted(
    address for address, view in views() if not view.__module__.startswith(GUARDED_ELSEWHERE)
)


@pytest.fixture
def visitors(in_demonstration, db, settings):
    settings.TAIHUA_TODAY = date(2013, 12, 4)
    settings.HOME = in_demonstration.home
    found = {"stranger": Client(raise_request_exception=False)}
    for account in Account.objects.filter(username__in=EVERYBODY):
        found[account.username] = Client(raise_request_exception=False)
        found[account.username].force_login(
            account, "allauth.account.auth_backends.AuthenticationBackend"
        )
    return found


def outcome(browser, address):
    answer = browser.get(address)
    if answer.status_code == 302 and answer.url.startswith("/account/login/"):
        return "door"
    return {403: "no", 500: "fault"}.get(answer.status_code, "in")


def test_every_address_admits_whom_the_table_names_and_nobody_else(visitors):
    uuid = str(statements().first().uuid)
    wrong = []
    for address in OURS:
        admitted = door_of(address)
        for name, browser in visitors.items():
            if admitted is None or name in admitted:
                expected = "in"
            else:
                expected = "door" if name == "stranger" else "no"
            seen = outcome(browser, example(address, uuid))
            if seen != expected:
                wrong.append(f"{address} as {name}: {seen}, not {expected}")

    assert not wrong, "\n".join(wrong)
    assert len(OURS) > 100
