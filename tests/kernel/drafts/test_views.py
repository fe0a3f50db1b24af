"""Drafts over the wire: a button without scripts, a short answer with them."""

from uuid import uuid4

import pytest
from django.urls import reverse

from taihua.kernel.drafts.models import Draft
from taihua.kernel.drafts.queries import drafts_of

PLACE = "/reading/notes/new/"
SCRIPT = {"X-Draft": "1"}
KEEP = "/drafts/keep/"


def typed(line=None, **said):
    return {
        "once": str(line or uuid4()),
        "draft-place": PLACE,
        "draft-label": "写一篇",
        "draft-number": "0",
        "draft-hand": str(uuid4()),
        "title": "读劝学",
        "text": "学不可以已",
        **said,
    }


def test_a_button_keeps_the_words_and_leads_back_to_the_form_with_them(logged_in, shen):
    page = logged_in(shen).post(KEEP, typed(), follow=True)

    assert "草稿存于" in page.text
    assert "学不可以已" in page.text
    assert 'value="读劝学"' in page.text
    assert drafts_of(shen.account).get().words == {"title": ["读劝学"], "text": ["学不可以已"]}


def test_a_script_is_told_when_it_was_saved_and_under_which_number(logged_in, shen):
    line = uuid4()

    answer = logged_in(shen).post(KEEP, typed(line), headers=SCRIPT)

    assert answer.status_code == 200
    assert answer.json()["line"] == str(line)
    assert answer.json()["number"] == 1
    assert "草稿存于" in answer.json()["said"]


def test_a_script_whose_draft_was_saved_elsewhere_is_told_and_given_a_line_of_its_own(
    logged_in, shen
):
    line = uuid4()
    browser = logged_in(shen)
    browser.post(KEEP, typed(line, text="别处写的"), headers=SCRIPT)

    answer = browser.post(KEEP, typed(line, text="这里写的"), headers=SCRIPT)

    assert answer.status_code == 409
    assert answer.json()["line"] != str(line)
    assert "两份都在" in answer.json()["said"]
    assert {draft.words["text"][0] for draft in Draft.objects.all()} == {"别处写的", "这里写的"}


def test_a_button_whose_draft_was_saved_elsewhere_shows_both(logged_in, shen):
    line = uuid4()
    browser = logged_in(shen)
    browser.post(KEEP, typed(line, text="别处写的"))

    page = browser.post(KEEP, typed(line, text="这里写的"), follow=True).text

    assert "两份都在" in page
    assert "这里写的" in page
    assert "这里还有别的草稿没有交" in page


@pytest.mark.parametrize(
    "spoilt",
    [
        {"draft-place": "//elsewhere.example/"},
        {"draft-place": "https://elsewhere.example/"},
        {"draft-place": "/nowhere/"},
        {"draft-place": "/" + "x" * 300},
        {"once": "no key"},
        {"draft-hand": ""},
        {"draft-number": "-1"},
    ],
)
def test_what_does_not_say_which_form_it_is_keeps_nothing(logged_in, shen, spoilt):
    assert logged_in(shen).post(KEEP, typed(**spoilt)).status_code == 400
    assert not Draft.objects.exists()


def test_a_draft_that_is_too_long_is_told_with_and_without_a_script(logged_in, shen):
    browser, long = logged_in(shen), typed(text="长" * 300_001)

    told = browser.post(KEEP, long, headers=SCRIPT)

    assert told.status_code == 422
    assert "太长了" in told.json()["said"]
    assert "太长了" in browser.post(KEEP, long, follow=True).text


def test_the_list_shows_ones_own_drafts_and_nobody_elses(logged_in, shen, wu):
    logged_in(shen).post(KEEP, typed())

    assert "“读劝学”" in logged_in(shen).get("/drafts/").text
    assert "没有留着的草稿" in logged_in(wu).get("/drafts/").text


def test_a_draft_is_thrown_away_by_its_writer_alone(logged_in, shen, wu):
    logged_in(shen).post(KEEP, typed())
    address = reverse("drafts:throw-away", args=[Draft.objects.get().pk])

    assert logged_in(wu).post(address).status_code == 404
    assert "已经丢开" in logged_in(shen).post(address, {"back": "1"}, follow=True).text
    assert not Draft.objects.exists()


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_list_costs_the_same_however_many(
    logged_in, shen, count, django_assert_max_num_queries
):
    browser = logged_in(shen)
    for _each in range(count):
        browser.post(KEEP, typed())

    with django_assert_max_num_queries(5):
        browser.get("/drafts/")
