import pytest

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


def test_a_moment_that_is_none_is_not_found(logged_in, su, begun):
    assert logged_in(su).get("/reports/2013/files/pdf/?asked=gestern").status_code == 404
