import json
from datetime import datetime, timedelta

import pytest
from django.contrib.staticfiles import finders

from taihua.base import clock
from taihua.kernel.records.queries import statements_of
from taihua.rooms.outreach.models import FieldVisit
from taihua.rooms.outreach.views.app import owner_of
from tests.rooms.outreach.conftest import number
from tests.rooms.outreach.views.test_visits import fields

TAKE_IN = "/outreach/app/take-in/"


@pytest.fixture(autouse=True)
def places(school, section):
    """The units that the notes name."""


def item(person, which=1, **changes):
    uuid = str(number(which))
    said = {"uuid": uuid} | changes.pop("fields", {})
    return {"id": uuid, "owner": owner_of(person.account), "fields": fields(**said)} | changes


def send(browser, *items, off=timedelta()):
    told = {"clock": (clock.by_the_wall() + off).isoformat(), "items": items}
    return browser.post(TAKE_IN, json.dumps(told), content_type="application/json")


def outcomes(answer):
    return [result["outcome"] for result in answer.json()["results"]]


def test_what_a_device_sends_is_taken_once_however_often_it_is_sent(logged_in, lin):
    browser = logged_in(lin)

    first, again = send(browser, item(lin)), send(browser, item(lin), item(lin))

    assert outcomes(first) == ["taken"]
    assert outcomes(again) == ["taken", "taken"]
    assert first.json()["results"][0]["url"] == again.json()["results"][0]["url"]
    assert FieldVisit.objects.count() == statements_of(lin).count() == 1


def test_bad_ones_are_refused_in_words_and_the_rest_goes_on(logged_in, lin, zhou):
    other = item(zhou, 2)
    items = [
        other,
        {"id": "x"},
        "ruined",
        item(lin, 3, fields={"day": "2014-01-01"}),
        item(lin, 4, fields={"days": "1.5"}),
        item(lin, 5, id=str(number(6))),
        item(lin, 7),
    ]

    answer = send(logged_in(lin), *items)

    assert outcomes(answer) == ["refused"] * 6 + ["taken"]
    words = [result["words"] for result in answer.json()["results"]]
    for told, reason in zip(
        words, ["另一个账号", "损坏", "损坏", "还没有到", "半天或一天", "损坏"], strict=False
    ):
        assert reason in told
    assert [visit.uuid for visit in FieldVisit.objects.all()] == [number(7)]


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"clock": "now", "items": []}', "null",
    '{"clock": "2013-12-04T09:00:00", "items": []}', '{"clock": "2013-12-04T09:00:00Z", "items": 3}'])  # fmt: skip
def test_what_cannot_be_read_at_all_is_refused_whole(logged_in, lin, body):
    answer = logged_in(lin).post(TAKE_IN, body, content_type="application/json")

    assert answer.status_code == 400
    assert "什么都没有收下" in answer.json()["words"]


@pytest.mark.parametrize("hours", [-24, 24])
def test_a_clock_that_is_wrong_by_a_day_is_asked_about_and_the_visitor_decides(
    logged_in, lin, hours
):
    browser, off = logged_in(lin), timedelta(hours=hours)

    asked = send(browser, item(lin), off=off)
    assert outcomes(asked) == ["asks"]
    assert "2013-12-02 吗" in asked.json()["results"][0]["words"]
    assert not FieldVisit.objects.exists()

    other_day = send(browser, item(lin, confirmed="2013-12-01"), off=off)
    assert outcomes(other_day) == ["asks"]
    assert outcomes(send(browser, item(lin, confirmed="2013-12-02"), off=off)) == ["taken"]


def test_a_clock_that_is_off_a_little_is_not_asked_about(logged_in, lin):
    assert outcomes(send(logged_in(lin), item(lin), off=timedelta(hours=2))) == ["taken"]


def test_the_page_is_the_same_for_everybody_and_names_nobody(logged_in, lin, zhou):
    pages = {logged_in(who).get("/outreach/app/").text for who in (lin, zhou)}

    assert len(pages) == 1
    page = pages.pop()
    assert "林知远" not in page
    assert "csrf" not in page.lower()


def test_the_device_is_told_whose_it_is_now(logged_in, lin, zhou):
    told = [logged_in(who).get("/outreach/app/state/").json() for who in (lin, zhou)]

    assert told[0]["owner"] != told[1]["owner"]
    assert told[0]["name"] == "林知远"
    assert told[0]["today"] == "2013-12-04"
    assert str(lin.pk) != told[0]["owner"]
    assert abs(datetime.fromisoformat(told[0]["real"]) - clock.by_the_wall()).seconds < 60


def test_a_stranger_is_led_to_the_login_and_takes_nothing_in(client):
    for address in ("/outreach/app/", "/outreach/app/state/"):
        assert client.get(address).status_code == 302
    assert client.post(TAKE_IN, "{}", content_type="application/json").status_code == 302


def test_the_worker_governs_its_own_folder_and_keeps_only_our_files(client):
    answer = client.get("/outreach/app/worker.js")

    kept = json.loads(answer.text.split("const KEPT = ")[1].split(";\n")[0])
    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer["Cache-Control"]
    assert "Service-Worker-Allowed" not in answer
    assert kept["page"] == "/outreach/app/"
    assert (kept["state"], kept["takeIn"]) == ("/outreach/app/state/", TAKE_IN)
    assert set(kept["scripts"]) < set(kept["files"])
    assert all(address.startswith("/static/") for address in kept["files"])


def test_the_manifest_lets_the_app_be_put_on_the_first_screen(client):
    told = client.get("/outreach/app/app.webmanifest").json()

    assert (told["start_url"], told["scope"], told["display"]) == (
        "/outreach/app/", "/outreach/app/", "standalone",
    )  # fmt: skip
    assert [(icon["sizes"], icon["type"], icon.get("purpose", "")) for icon in told["icons"]] == [
        ("any", "image/svg+xml", ""),
        ("192x192", "image/png", "any"),
        ("512x512", "image/png", "any"),
        ("512x512", "image/png", "maskable"),
    ]
    for icon in told["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/")), icon
