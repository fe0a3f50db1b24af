"""Public pages are given again from memory: quickly, safely, and not for long."""

import pytest
from django.http import HttpResponse
from django.test import Client

from taihua.base.shared import Shared, for_everybody
from taihua.rooms.portal.actions import counting
from taihua.rooms.portal.models import Article
from taihua.site import sharing
from taihua.site.sharing import Kept, Shelf
from tests.factories import NINE
from tests.rooms.portal.factories import ColumnFactory, published

pytestmark = pytest.mark.django_db
READER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


@pytest.fixture(autouse=True)
def sharing_for_half_a_minute(settings):
    settings.SHARED_SECONDS = 30
    settings.TAIHUA_TODAY = NINE.date()
    sharing.SHELF.clear()
    counting._waiting.take()
    yield
    sharing.SHELF.clear()
    counting._waiting.take()


@pytest.fixture
def page():
    return f"/portal/a/{published('第一个题目').pk}/"


def test_a_page_is_made_once_and_given_again_with_all_its_headers(
    client, page, django_assert_num_queries
):
    first = client.get(page)
    with django_assert_num_queries(0):
        again = client.get(page)

    assert again.content == first.content
    for name in ("Content-Security-Policy", "X-Frame-Options", "Content-Type", "Vary", "ETag"):
        assert again[name] == first[name], name
    assert {"Cookie", "Accept-Language"} <= set(first["Vary"].split(", "))
    assert first["Cache-Control"] == "public, max-age=30"
    assert again["X-Content-Type-Options"] == "nosniff"


def test_whoever_has_the_page_is_told_that_it_is_the_same(client, page):
    etag = client.get(page)["ETag"]

    same = client.get(page, headers={"If-None-Match": etag})
    other = client.get(page, headers={"If-None-Match": '"other"'})

    assert (same.status_code, same.content, same["ETag"]) == (304, b"", etag)
    assert other.status_code == 200


def test_every_look_language_place_and_question_has_its_own(client, page):
    plain = client.get(page).content.decode()
    client.cookies["look"] = "size=large&theme=dark&quiet=0"
    large = client.get(page).content.decode()

    assert 'data-size="large"' in large
    assert 'data-size="large"' not in plain
    english = Client().get(page, headers={"Accept-Language": "en"}).content.decode()
    assert 'lang="en"' in english
    ColumnFactory(slug="news")
    assert client.get("/portal/c/news/?page=1").content
    assert len({key[2] for key in sharing.SHELF.kept}) == 2


def test_whoever_is_logged_in_gets_a_page_of_the_moment(page, lin, logged_in):
    article, front = logged_in(lin).get(page), logged_in(lin).get("/portal/")

    assert {article["Cache-Control"], front["Cache-Control"]} == {"private, no-cache"}
    assert not sharing.SHELF.kept
    same = logged_in(lin).get("/portal/", headers={"If-None-Match": front["ETag"]})
    assert same.status_code == 304


def test_what_is_withdrawn_is_gone_when_the_time_is_over(client, page, monkeypatch):
    client.get(page)
    number = int(page.split("/")[3])

    Article.objects.filter(pk=number).update(expires_at=NINE)
    assert client.get(page).status_code == 200
    later = sharing.monotonic() + 31
    monkeypatch.setattr(sharing, "monotonic", lambda: later)

    assert client.get(page).status_code == 404


def test_every_opening_counts_also_from_memory(client, page):
    for _n in range(3):
        client.get(page, headers=READER)
    client.get(page, headers={"User-Agent": "bingbot"})

    assert sum(counting._waiting.opened.values()) == 3


def test_what_is_missing_or_sent_on_is_not_kept(client):
    client.get("/portal/a/999/")
    client.get("/portal/c/none/")
    client.head("/portal/")
    client.post("/portal/")

    assert not sharing.SHELF.kept


def test_a_host_that_is_not_ours_gets_nothing(client, page):
    client.get(page)

    assert client.get(page, headers={"Host": "elsewhere.example"}).status_code == 400


def kept(body, until=1.0):
    return Kept(until, body, (), '"e"', Shared())


def test_the_shelf_lets_the_longest_unused_go():
    shelf = Shelf(most=10)
    for name in "abc":
        shelf.keep((name,), kept(b"1234"))
        shelf.find(("a",), 0)
    shelf.keep(("a",), kept(b"12345"))

    assert set(shelf.kept) == {("a",), ("c",)}
    assert shelf.size == 9
    assert shelf.find(("a",), 1.0) is None
    assert shelf.size == 4


@pytest.mark.parametrize(
    "answer",
    [HttpResponse("nobody said that it is for everybody")],
)
def test_only_what_a_view_calls_so_is_kept(answer):
    assert sharing._kept(answer, 1.0) is None


def test_an_answer_that_sets_a_cookie_or_is_very_large_is_not_kept():

    personal = for_everybody(HttpResponse("x"))
    personal.set_cookie("a", "b")
    large = for_everybody(HttpResponse(b"x" * (sharing.LARGEST + 1)))

    assert sharing._kept(personal, 1.0) is None
    assert sharing._kept(large, 1.0) is None
    assert sharing._kept(for_everybody(HttpResponse("x")), NINE.timestamp()) is not None
