"""A year's report becomes an article in two clicks: its numbers open inside, tell their basis outside."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from taihua.kernel.documents.actions import keep_file
from taihua.kernel.records.actions import record
from taihua.rooms.portal.actions.articles import Place, Words
from taihua.rooms.portal.actions.publishing import publish
from taihua.rooms.portal.models import Article
from taihua.rooms.reports import actions as reports
from tests.factories import NINE

TEN = NINE + timedelta(hours=1)
BASIS = "2011 年 1 月 1 日以来的记录，不限统计年度。"
FIGURE = re.compile(r'<a class="figure" href="([^"]*)"[^>]*>([^<]*)</a>')


@pytest.fixture
def report(bureau, su, lin):
    """The report of 2013, issued with a file; somebody was helped 612 times."""
    record(
        verb="helped", kind="outreach/helped", path="outreach/helped/1", label="受助人",
        at=NINE, person=lin, quantity=612,
    )  # fmt: skip
    on = NINE.date()
    begun = reports.begin(year=2013, on=on, at=NINE, by=su.account)
    issued = reports.issue(
        version=begun, expected=1, number="苔教〔2013〕9号", on=on, at=NINE, by=su.account
    )
    keep_file(
        version=issued, form="pdf", name="总结.pdf", media_type="application/pdf",
        content=b"%PDF-1.7", at=NINE,
    )  # fmt: skip
    return issued


@pytest.fixture
def article(report, news, bureau, lin):
    """That report as an article."""
    words = Words(title="围绕工作抓学习", text="", source="苔花区教育局", byline="admin")
    place = Place(column=news, unit=bureau)
    return publish(version=report, words=words, place=place, by=lin.account, at=TEN)


@pytest.fixture(autouse=True)
def at_night(time_machine):
    time_machine.move_to(TEN + timedelta(hours=1), tick=False)


def page_of(browser, article):
    answer = browser.get(f"/portal/a/{article.pk}/")
    assert answer.status_code == 200
    return answer


def test_published_it_has_every_number_as_issued_and_its_file(article, report):
    shown = dict(FIGURE.findall(article.live.html))

    assert shown["/reports/figures/help.person_times/?year=2013"] == "612"
    placed = set(re.findall(r"\[\[([a-z_.-]+)\|", str(report.body)))
    assert {address.split("/")[3] for address in shown} == placed
    assert placed <= report.provenance.keys()
    assert [file.name for file in article.files.all()] == ["总结.pdf"]
    assert article.published_at == TEN


def test_a_stranger_reads_each_number_with_its_basis_and_the_day_of_the_data(client, article):
    page = page_of(client, article).text

    assert "/reports/" not in page
    note = {number: href for href, number in FIGURE.findall(page)}["612"]
    assert re.search(rf'<li id="{note[1:]}">{BASIS}', page)
    assert "文中数据截至 2013 年 12 月 4 日 09:00" in page
    for furniture in ("围绕工作抓学习", "苔花区教育局", "admin", "2013-12-04 10:00", "总结.pdf"):
        assert furniture in page


@pytest.mark.parametrize("name", ["su", "lin", "zheng", "wu"])
def test_whoever_is_logged_in_follows_a_number_to_what_stands_behind_it(
    request, logged_in, article, name
):
    browser = logged_in(request.getfixturevalue(name))
    answer = page_of(browser, article)
    address = {number: href for href, number in FIGURE.findall(answer.text)}["612"]

    opened = browser.get(address)

    assert answer["Cache-Control"] == "private, no-cache"
    assert BASIS in opened.text
    assert "苔教〔2013〕9号" in opened.text
    seen = re.search(r'href="/reports/records/[0-9a-f-]+/"', opened.text) is not None
    assert seen == (name != "wu")


def test_what_a_stranger_was_given_is_not_given_to_a_clerk_nor_the_other_way_round(
    client, logged_in, article, su
):
    first = page_of(client, article).text
    inside = page_of(logged_in(su), article).text
    again = page_of(client, article).text

    assert "/reports/figures/" in inside
    assert "/reports/" not in first + again


def test_the_plain_copy_of_the_site_has_it_as_strangers_see_it(article, tmp_path, settings):
    settings.HOME = tmp_path / "home"
    call_command("publish", str(tmp_path / "out"), verbosity=0)

    written = Path(tmp_path, "out", "a", f"{article.pk}.html").read_text()
    assert BASIS in written
    assert "/reports/" not in written


def test_two_clicks_lead_from_the_report_to_the_public(
    logged_in, client, report, news, lin, su, wu
):
    browser = logged_in(lin)
    here = browser.get("/reports/2013/")
    way = f"/portal/desk/documents/{report.pk}/publish/"
    assert f'href="{way}"' in here.text
    assert way not in logged_in(su).get("/reports/2013/").text

    form = browser.get(way).context["form"]
    asked = {name: form[name].value() or "" for name in form.fields}
    browser.post(way, asked | {"title": "围绕工作抓学习"})

    article = Article.objects.get(version=report.pk)
    public = f'href="/portal/a/{article.pk}/"'
    assert "612" in page_of(client, article).text
    assert [public in logged_in(each).get("/reports/2013/").text for each in (lin, su, wu)] == [
        True
    ] * 3
    assert way not in browser.get("/reports/2013/").text


def test_a_draft_is_nowhere_published(logged_in, bureau, su, lin):
    reports.begin(year=2012, on=date(2013, 12, 4), at=NINE, by=su.account)

    assert "/publish/" not in logged_in(su).get("/reports/2012/").text
    assert not Article.objects.exists()


def test_taken_down_it_is_nowhere_offered(logged_in, article, lin):
    article.live = None
    article.save()

    page = logged_in(lin).get("/reports/2013/").text

    assert "/publish/" not in page
    assert f"/portal/a/{article.pk}/" not in page
