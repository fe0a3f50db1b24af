import re
from datetime import timedelta
from uuid import uuid4

import pytest

from taihua.kernel import house
from taihua.kernel.measures.logic import Figure, Standing
from taihua.kernel.records.actions import void
from tests.factories import PersonFactory, in_force
from tests.rooms.reports.views.reading import TEN, page


def test_the_list_of_figures_has_numbers_and_bases(logged_in, wu, begun):
    html = page(logged_in(wu), "/reports/figures/?year=2013")

    assert "612 人次" in html
    assert "2011 年以来登记的帮扶人次" in html


@pytest.mark.parametrize("year", ["", "abc", "0", "99999", "²"])
def test_a_year_that_is_none_is_the_present_one(logged_in, wu, begun, year):
    assert "612 人次" in page(logged_in(wu), f"/reports/figures/?year={year}")


def test_a_figure_opens_down_to_its_records(logged_in, su, lin, begun):
    browser = logged_in(su)

    html = page(browser, "/reports/figures/help.person_times/?year=2013")
    record = re.search(r"/reports/records/[0-9a-f-]{36}/", html)[0]

    assert "612" in html
    assert "SUM(" in html
    assert "林知远" in html
    assert "受助人" in page(browser, record)


def test_others_see_the_number_but_not_the_records(logged_in, wu, begun):
    html = page(logged_in(wu), "/reports/figures/help.person_times/?year=2013")

    assert "612" in html
    assert "林知远" not in html
    assert "您不能逐条查看" in html


def test_a_record_is_closed_to_those_who_may_not_see_it(logged_in, su, wu, lin, helped):
    statement = helped(lin)

    assert logged_in(wu).get(f"/reports/records/{statement.uuid}/").status_code == 404
    opened = logged_in(lin).get(f"/reports/records/{statement.uuid}/")
    assert opened.status_code == 200
    assert f'href="/reports/figures/?year={statement.day.year}"' in opened.text
    assert logged_in(su).get(f"/reports/records/{uuid4()}/").status_code == 404


def test_a_voided_record_still_opens_and_says_why(logged_in, su, lin, helped):
    statement = helped(lin)
    void(statement=statement, reason="登记重了", at=TEN)

    assert "登记重了" in page(logged_in(su), f"/reports/records/{statement.uuid}/")


def test_a_figure_of_an_issued_year_replays_as_known_then(logged_in, su, lin, issued, helped):
    helped(lin, 8, path="t-9", at=TEN + timedelta(days=1))
    browser = logged_in(su)

    now = page(browser, "/reports/figures/help.person_times/?year=2013")
    link = re.search(r'href="(/reports/figures/[^"]*known=[^"]*)"', now)[1].replace("&amp;", "&")
    then = page(browser, link)

    assert "<b>620</b>" in now
    assert "印发时是 612" in now
    assert "<b>612</b>" in then


def test_records_of_a_figure_come_in_pages(logged_in, su, lin, helped):
    for place in range(27):
        helped(lin, path=f"t-{place}")
    browser = logged_in(su)

    first = page(browser, "/reports/figures/help.person_times/")
    second = page(browser, "/reports/figures/help.person_times/?page=2")

    assert len(re.findall(r"/reports/records/", first)) == 25
    assert len(re.findall(r"/reports/records/", second)) == 2


@pytest.mark.parametrize("count", [1, 3, 20])
def test_a_figure_costs_the_same_however_many_records(
    logged_in, su, bureau, helped, count, django_assert_max_num_queries
):
    for place in range(count):
        helped(PersonFactory(), path=f"t-{place}")
    browser = logged_in(su)

    with django_assert_max_num_queries(14):
        browser.get("/reports/figures/help.person_times/")


@pytest.mark.parametrize("known", ["gestern", "2013-13-45T00:00:00Z", "2013-12-01T00:00:00"])
def test_a_moment_that_is_none_counts_all_that_is_known(logged_in, wu, begun, known):
    html = page(logged_in(wu), f"/reports/figures/help.person_times/?year=2013&known={known}")

    assert "<b>612</b>" in html


def test_a_figure_that_nobody_declares_is_not_found(logged_in, su):
    assert logged_in(su).get("/reports/figures/no.such/").status_code == 404


def test_a_figure_about_a_rule_leads_to_the_rule(logged_in, su, lin, monkeypatch):
    kept = Figure("duty.visits", "按月下基层", "口径", "", Standing("visit.monthly", share=True))
    monkeypatch.setattr(house, "figures", lambda: {kept.code: kept})
    browser = logged_in(su)

    assert "/rules/rule/" not in page(browser, "/reports/figures/duty.visits/?year=2013")
    in_force("visit.monthly")
    html = page(browser, "/reports/figures/duty.visits/?year=2013")
    assert "/rules/rule/visit.monthly/" in html
    assert "0%" in html
