"""What the public may read: a page a forum, and the feed."""

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse

from taihua.rooms.forums.actions.closing import close_forum, note_present
from taihua.rooms.forums.actions.forums import call_forum
from taihua.rooms.forums.actions.proceedings import begin, issue
from tests.factories import NINE
from tests.rooms.forums.conftest import at, call_of

ATOM = "{http://www.w3.org/2005/Atom}"


def to(name, *args):
    return reverse(f"forums:{name}", args=args)


def entries(client):
    answer = client.get(to("feed"))
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)  # noqa: S314  # our own feed


@pytest.fixture
def open_forum(bureau, su):
    call = call_of(bureau, su, topic="公开的一期", is_public=True)
    return call_forum(call=call, at=NINE, by=su.account)


def test_the_feed_has_what_rfc_4287_requires(client, open_forum):
    feed = entries(client)

    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{name}")
    assert {link.get("rel") for link in feed.findall(f"{ATOM}link")} >= {"self", "alternate"}
    [entry] = feed.findall(f"{ATOM}entry")
    for name in ("id", "title", "updated"):
        assert entry.findtext(f"{ATOM}{name}")
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "苔花区教育局"
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", entry.findtext(f"{ATOM}updated")
    )
    assert entry.findtext(f"{ATOM}title") == "校长讲坛征集：公开的一期"


def test_an_empty_feed_is_sound_too(client, db):
    feed = entries(client)

    assert feed.findtext(f"{ATOM}updated")
    assert feed.findall(f"{ATOM}entry") == []


def test_a_private_forum_never_leaks(client, forum, open_forum, su, settings):
    settings.TAIHUA_TODAY = date(2013, 12, 23)
    for each in (forum, open_forum):
        held = close_forum(forum=each, spoke=[], by=su.account, at=at(20, 18))
        begin(forum=held, by=su.account, at=at(21))
    assert len(entries(client).findall(f"{ATOM}entry")) == 1
    for number, each in enumerate((forum, open_forum)):
        each.refresh_from_db()
        issue(forum=each, expected=1, number=f"文集{number}号", by=su.account, at=at(22))

    feed = ET.tostring(entries(client), encoding="unicode")

    assert feed.count("公开的一期") >= 2
    assert "一校一品" not in feed
    assert client.get(to("open", forum.pk)).status_code == 404
    page = client.get(to("open", open_forum.pk)).text
    assert "文集1号" in page
    assert "请讲一件真做过的事" in page


def test_a_draft_and_those_who_came_are_not_public(client, open_forum, su, shen, settings):
    settings.TAIHUA_TODAY = date(2013, 12, 23)
    note_present(forum=open_forum, people=[shen], by=su.account, at=at(20, 10))
    held = close_forum(forum=open_forum, spoke=[], by=su.account, at=at(20, 18))
    begin(forum=held, by=su.account, at=at(21))

    page = client.get(to("open", open_forum.pk)).text

    assert "沈青" not in page
    assert "到会 1 人" not in page
