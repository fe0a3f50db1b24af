"""The desk's pages: one's own, and those of the people one looks after."""

import pytest
from django.urls import reverse
from lxml.html import fromstring

from taihua.kernel.records.actions import learn_words, record
from tests.factories import NINE, PersonFactory, TermFactory, UnitFactory, in_force

TODAY = reverse("desk:today")
OVERVIEW = reverse("desk:overview")


@pytest.fixture(autouse=True)
def house_on_its_day(db, settings):
    settings.TAIHUA_TODAY = NINE.date()
    learn_words([("visited", "下基层调研")], [("outreach/visit", "调研")])
    in_force()


def test_a_desk_says_what_is_owed_why_and_offers_one_act(logged_in, lin):
    shown = logged_in(lin).get(TODAY).text

    assert "林知远" in shown
    assert "下基层调研" in shown
    assert "尚欠" in shown
    assert reverse("rules:why", args=["visit.monthly", "lin", "2013-01"]) in shown


def test_an_empty_desk_is_said_so_warmly(logged_in, shen):
    shown = logged_in(shen).get(TODAY).text

    assert "今天没有要办的事" in shown
    assert "件事等着您" not in shown


def test_a_desk_is_for_those_who_are_known(client):
    assert client.get(TODAY).status_code == 302
    assert reverse("account_login") in client.get(TODAY).url


def test_an_account_without_a_person_is_sent_to_what_it_looks_after(logged_in, keeper):
    assert logged_in(keeper).get(TODAY).url == OVERVIEW
    assert logged_in(keeper).get(reverse("desk:duties")).status_code == 403


def test_everything_i_must_do_and_everything_i_did(logged_in, lin):
    record(
        verb="visited", kind="outreach/visit", path="outreach/visit/1", label="苔花一小校舍",
        person=lin, at=NINE, counts_on=NINE.date().replace(month=11, day=30),
    )  # fmt: skip
    browser = logged_in(lin)

    assert "班子成员每月至少一天深入基层调研。" in browser.get(reverse("desk:duties")).text
    shown = browser.get(reverse("desk:done")).text
    assert "苔花一小校舍" in shown
    assert "计入 11 月 30 日" in shown


def test_the_overview_shows_each_their_own(logged_in, lin, zhou, shen, wu):
    everybody = logged_in(lin).get(OVERVIEW).text
    own_school = logged_in(shen).get(OVERVIEW).text

    assert all(name in everybody for name in ("林知远", "周明", "沈青", "吴江"))
    assert "沈青" in own_school
    assert "吴江" not in own_school
    assert logged_in(wu).get(OVERVIEW).status_code == 403


def test_the_overview_narrows_to_a_unit_and_turns_to_units(logged_in, lin, shen, wu, school):
    browser = logged_in(lin)

    one = browser.get(OVERVIEW, {"unit": school.code}).text
    units = browser.get(OVERVIEW, {"of": "units"}).text

    assert "沈青" in one
    assert "吴江" not in one
    assert reverse("desk:unit", args=[school.code]) in units


def test_a_unit_that_is_not_mine_is_no_choice_of_the_overview(logged_in, shen, other_school, wu):
    shown = logged_in(shen).get(OVERVIEW, {"unit": other_school.code})

    assert shown.status_code == 200
    assert "吴江" not in shown.text
    assert "苔花二小" not in shown.text


def test_the_duties_of_others_open_only_to_those_who_look_after_them(
    logged_in, lin, shen, wu, school, other_school
):
    person, unit = reverse("desk:person", args=["wu"]), reverse("desk:unit", args=["school-2"])

    assert "吴江的应办事项" in logged_in(lin).get(person).text
    assert "苔花二小的应办事项" in logged_in(lin).get(unit).text
    assert logged_in(shen).get(person).status_code == 404
    assert logged_in(shen).get(unit).status_code == 404
    assert logged_in(shen).get(reverse("desk:unit", args=["school-1"])).status_code == 200


def test_a_person_or_unit_whose_code_holds_a_slash_has_a_page(logged_in, su, lin):
    place = UnitFactory(code="校/7")
    TermFactory(person=PersonFactory(code="沪/12"), unit=place)
    browser = logged_in(su)

    person = browser.get(reverse("desk:person", args=["沪/12"]))
    unit = browser.get(reverse("desk:unit", args=["校/7"]))

    assert (person.status_code, unit.status_code) == (200, 200)


def test_each_number_of_the_overview_opens_the_duties_it_counts(logged_in, lin):
    record(
        verb="visited", kind="outreach/visit", path="outreach/visit/1", label="苔花一小校舍",
        person=lin, at=NINE.replace(month=11, day=20),
    )  # fmt: skip
    browser = logged_in(lin)
    links = fromstring(browser.get(OVERVIEW).content).xpath("//td[contains(@class, 'num')]/a")

    seen = {}
    for link in links:
        page = fromstring(browser.get(link.get("href")).content)
        assert len(page.xpath("//tbody/tr[td/a]")) == int(link.text)
        seen[link.get("href").partition("=")[2]] = page.xpath("//tbody//span/@class")

    assert set(seen["done"]) >= {"state state-done"}
    assert "state state-owed" in seen["owed"]
    assert "state state-done" not in seen["owed"]


def test_duties_of_no_such_kind_are_all_duties_and_an_empty_kind_says_so(logged_in, lin, wu):
    browser, duties = logged_in(lin), reverse("desk:duties")

    everything, unknown = browser.get(duties).text, browser.get(duties, {"state": "??"}).text
    nothing = browser.get(duties, {"state": "done"}).text

    assert unknown.count("<tr>") == everything.count("<tr>")
    assert "这一类里没有。" in nothing
    assert "这一类里没有。" not in everything
