import re

from taihua.rooms.reports import actions
from taihua.rooms.reports.queries.report import version_of
from tests.rooms.reports.views.reading import SERVICE, TEN, TODAY, page


def test_the_years_say_how_each_report_stands(logged_in, su, begun):
    html = page(logged_in(su), "/reports/")

    assert "在写" in html
    assert "还没动笔" in html
    assert 'href="/reports/2013/"' in html


def test_whoever_may_not_read_a_draft_is_not_led_to_it(logged_in, lin, begun):
    html = page(logged_in(lin), "/reports/")

    assert "在写" in html
    assert 'href="/reports/2013/"' not in html
    assert logged_in(lin).get("/reports/2013/").status_code == 403


def test_a_year_not_begun_shows_what_the_records_would_write_and_saves_nothing(logged_in, su):
    html = page(logged_in(su), "/reports/2013/")

    assert "没有保存" in html
    assert "帮扶老干部、老党员、留守儿童没有查到记录。" in html
    assert version_of(2013) is None


def test_begin_keeps_the_first_draft(logged_in, su, bureau):
    answer = logged_in(su).post("/reports/2013/begin/")

    assert answer["Location"] == "/reports/2013/"
    assert version_of(2013).number == 1


def test_every_number_in_the_report_is_a_link_with_its_basis(logged_in, su, begun):
    html = re.sub(r"\s+", " ", page(logged_in(su), "/reports/2013/"))

    assert re.search(
        r'href="/reports/figures/help\.person_times/\?year=2013" [^>]*>612<span [^>]*>2011 年以来登记的帮扶人次',
        html,
    )
    assert "一、激发学习力" in html
    assert "（三）宗旨教育" in html


def test_a_draft_is_for_the_office_and_an_issued_report_for_everybody(logged_in, su, wu, begun):
    assert logged_in(wu).get("/reports/2013/").status_code == 403

    actions.issue(
        version=begun, expected=1, number="苔教〔2013〕1号", on=TODAY, at=TEN, by=su.account
    )

    assert "612" in page(logged_in(wu), "/reports/2013/")


def test_the_auditor_reads_and_finds_nothing_to_press(logged_in, zheng, begun):
    browser = logged_in(zheng)

    html = page(browser, "/reports/2013/")
    assert "核对并印发" not in html
    assert f"/reports/2013/write/{SERVICE}/" not in html
    for address in (
        f"/reports/2013/write/{SERVICE}/",
        "/reports/2013/issue/",
        "/reports/2013/refresh/",
    ):
        assert browser.get(address).status_code == 403


def test_the_page_lists_claims_without_evidence(logged_in, su, begun):
    browser = logged_in(su)
    browser.post(
        f"/reports/2013/write/{SERVICE}/", {"text": "我们走访了三百多人次。", "expected": 1}
    )

    html = page(browser, "/reports/2013/")

    assert f'/reports/2013/write/{SERVICE}/#claims">三百多人次' in re.sub(r"\s*>\s*", ">", html)


def test_the_report_costs_the_same_however_many_records(
    logged_in, su, lin, begun, helped, django_assert_max_num_queries
):
    browser = logged_in(su)
    for place in range(3):
        helped(lin, 1, path=f"t-x{place}")

    with django_assert_max_num_queries(16):
        browser.get("/reports/2013/")
