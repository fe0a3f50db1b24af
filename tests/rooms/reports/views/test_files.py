import re
from datetime import timedelta

import pytest

from taihua.base import clock
from taihua.kernel.documents.models import DocumentFile
from tests.rooms.reports.views.reading import page


@pytest.mark.parametrize(
    ("form", "starts"), [("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!DOCTYPE"), ("json", b"{")]
)
def test_a_file_is_made_and_can_be_downloaded(logged_in, su, begun, form, starts):
    browser = logged_in(su)

    answer = browser.post(f"/reports/2013/files/{form}/")
    html = page(browser, answer["Location"])
    file = DocumentFile.objects.get(form=form)

    assert f"/documents/files/{file.pk}/" in html
    assert browser.get(f"/documents/files/{file.pk}/").content.startswith(starts)


def test_a_file_not_ready_says_so_and_asks_again_by_itself(logged_in, su, begun):
    answer = logged_in(su).get("/reports/2013/files/pdf/")

    assert answer.status_code == 202
    assert "正在生成" in answer.content.decode()
    part = logged_in(su).get("/reports/2013/files/pdf/", headers={"HX-Request": "true"})
    assert part.content.decode().strip().startswith("<div")


def test_a_file_of_an_issued_report_is_made_once(logged_in, su, wu, issued):
    for somebody in (su, wu):
        logged_in(somebody).post("/reports/2013/files/pdf/")

    assert DocumentFile.objects.count() == 1


@pytest.mark.parametrize("address", ["/reports/2013/files/exe/", "/reports/2012/files/pdf/"])
def test_a_form_or_year_that_is_not_there_is_not_found(logged_in, su, begun, address):
    assert logged_in(su).get(address).status_code == 404


def test_files_of_a_draft_are_not_for_others(logged_in, wu, begun):
    assert logged_in(wu).post("/reports/2013/files/pdf/").status_code == 403


@pytest.mark.parametrize("name", ["asked", "since"])
@pytest.mark.parametrize("told", ["gestern", "2013-12-04T09:00:00"])
def test_a_moment_that_is_none_is_not_found(logged_in, su, begun, name, told):
    assert logged_in(su).get("/reports/2013/files/pdf/", {name: told}).status_code == 404


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "已经等了 0 秒"), (59, "三百页的书要二十秒左右"), (60, "后台程序可能没有运行")],
)
def test_who_waits_reads_how_long_and_when_something_is_wrong(logged_in, su, begun, seconds, said):
    since = clock.by_the_wall() - timedelta(seconds=seconds)

    page = logged_in(su).get("/reports/2013/files/pdf/", {"since": since.isoformat()}).text

    assert said in page
    assert ("后台程序" in page) == (seconds >= 60)


def test_a_clock_that_was_set_back_lets_nobody_wait_less_than_nothing(logged_in, su, begun):
    since = clock.by_the_wall() + timedelta(hours=1)

    page = logged_in(su).get("/reports/2013/files/pdf/", {"since": since.isoformat()}).text

    assert "已经等了 0 秒" in page


def test_that_the_file_is_there_is_said_aloud_once(logged_in, su, begun):
    browser = logged_in(su)
    address = browser.post("/reports/2013/files/pdf/")["Location"]

    part = browser.get(address, headers={"HX-Request": "true"}).text

    page = browser.get(address).text
    assert re.search(r'hx-swap-oob="innerHTML"\s*>\s*已生成 .*\.pdf\s*</p>', part)
    assert re.search(r'id="said"[^>]*role="status"\s*>\s*</p>', page)
    assert "hx-swap-oob" not in page
