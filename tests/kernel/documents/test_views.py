from taihua.kernel.documents.actions import draft, issue, keep_file
from tests.factories import NINE


def made(bureau, su, *, issued):
    version = draft(
        kind="reports/yearly",
        title="总结",
        year=2013,
        body={},
        at=NINE,
        unit=bureau,
        path="/reports/2013/",
    )
    file = keep_file(
        version=version,
        form="pdf",
        name="总结.pdf",
        media_type="application/pdf",
        content=b"%PDF",
        at=NINE,
    )
    if issued:
        issue(
            version=version,
            number="苔教〔2013〕1号",
            by=su.account,
            at=NINE,
            known=NINE,
            provenance={},
        )
    return version, file


def test_the_list_of_issued_documents_says_when_there_are_none(logged_in, wu):
    page = logged_in(wu).get("/documents/")

    assert "还没有印发过文件" in page.content.decode()


def test_everybody_reads_and_downloads_what_is_issued(logged_in, bureau, su, wu):
    version, file = made(bureau, su, issued=True)
    browser = logged_in(wu)

    assert "苔教〔2013〕1号" in browser.get("/documents/").content.decode()
    assert "总结.pdf" in browser.get(f"/documents/{version.document_id}/").content.decode()
    answer = browser.get(f"/documents/files/{file.pk}/")
    assert answer.content == b"%PDF"
    assert answer["Content-Type"] == "application/pdf"
    assert "attachment" in answer["Content-Disposition"]


def test_a_draft_is_for_those_who_keep_the_office(logged_in, bureau, su, wu):
    version, file = made(bureau, su, issued=False)

    assert logged_in(wu).get(f"/documents/{version.document_id}/").status_code == 403
    assert logged_in(wu).get(f"/documents/files/{file.pk}/").status_code == 403
    assert "草稿" in logged_in(su).get(f"/documents/{version.document_id}/").content.decode()
    assert logged_in(su).get("/documents/99999/").status_code == 404


def test_the_list_costs_the_same_however_many_documents(
    logged_in, bureau, su, django_assert_max_num_queries
):
    browser = logged_in(su)
    for number in range(3):
        version = draft(kind="k", title="总结", year=2013, body={}, at=NINE, unit=bureau)
        issue(
            version=version,
            number=f"苔教〔2013〕{number}号",
            by=su.account,
            at=NINE,
            known=NINE,
            provenance={},
        )

    with django_assert_max_num_queries(8):
        browser.get("/documents/")
