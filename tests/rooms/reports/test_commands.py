import json
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from docx import Document
from pypdf import PdfReader

from taihua.rooms.reports import actions
from taihua.rooms.reports.queries.report import version_of
from tests.factories import NINE

TODAY = date(2013, 12, 4)


def told(*command):
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


@pytest.fixture
def district(bureau, lin, helped):
    helped(lin, 612)


def test_figures_are_listed_with_number_and_sentence(district):
    assert "help.person_times\t612 人次\t解决实际困难" in told("figures", "--year", "2013")


def test_one_figure_as_json_has_its_basis_and_provenance(district):
    figure = json.loads(told("figures", "help.person_times", "--year", "2013", "--json"))[0]

    assert (figure["number"], figure["exact"], figure["unit"]) == ("612", "612", "人次")
    assert figure["provenance"]["first_day"] == "2011-01-01"
    assert figure["provenance"]["statements"] == 1


def test_a_figure_that_is_not_there_is_refused(district):
    with pytest.raises(CommandError, match="没有名为"):
        told("figures", "no.such")


def test_the_report_as_json_has_text_figures_and_claims(district, tmp_path):
    file = tmp_path / "r.json"

    told("report", "--year", "2013", "--format", "json", "--out", str(file))

    report = json.loads(file.read_text())
    service = next(each for each in report["sections"] if each["key"] == "learning.service")
    assert "解决实际困难612人次" in service["text"]
    assert service["figures"] == ["help.person_times", "help.persons"]
    assert report["figures"]["help.person_times"]["number"] == "612"
    assert report["claims_without_evidence"] == []
    assert report["undeclared"] == []
    assert version_of(2013) is None


def test_the_report_as_word_pdf_and_html_says_the_same(district, tmp_path):
    for form in ("docx", "pdf", "html"):
        told("report", "--year", "2013", "--format", form, "--out", str(tmp_path / f"r.{form}"))

    word = Document(BytesIO((tmp_path / "r.docx").read_bytes()))
    pdf = PdfReader(tmp_path / "r.pdf")
    said = {
        "docx": "".join(paragraph.text for paragraph in word.paragraphs),
        "pdf": "".join(page.extract_text() for page in pdf.pages),
        "html": (tmp_path / "r.html").read_text(),
    }
    for form, text in said.items():
        plain = text.replace("\n", "").replace(" ", "")
        assert "一、激发学习力：从班子自身学起" in plain, form
        assert "解决实际困难" in plain, form
        assert "612" in plain, form


def test_an_issued_report_says_what_it_said_whatever_is_corrected_later(
    district, su, lin, helped, tmp_path
):
    version = actions.begin(year=2013, on=TODAY, at=NINE, by=su.account)
    actions.issue(
        version=version, expected=1, number="苔教〔2013〕1号", on=TODAY, at=NINE, by=su.account
    )
    helped(lin, 8, path="t-2", at=NINE + timedelta(days=1))
    for form in ("json", "docx"):
        told("report", "--year", "2013", "--format", form, "--out", str(tmp_path / f"r.{form}"))

    report = json.loads((tmp_path / "r.json").read_text())
    word = Document(BytesIO((tmp_path / "r.docx").read_bytes()))

    assert (report["number"], report["version"]) == ("苔教〔2013〕1号", 2)
    assert report["figures"]["help.person_times"]["number"] == "612"
    assert report["changed_since_issue"][0]["now"] == "620"
    assert [paragraph.text for paragraph in word.paragraphs if paragraph.text][:2] == [
        "苔花区教育局文件",
        "苔教〔2013〕1号",
    ]
    assert "2013年12月4日" in [paragraph.text for paragraph in word.paragraphs]


def test_the_office_names_its_own_faces(district, tmp_path, settings):
    settings.TAIHUA_WORD_FONTS = ["body=仿宋_GB2312"]
    told("report", "--year", "2013", "--format", "docx", "--out", str(tmp_path / "r.docx"))

    style = Document(BytesIO((tmp_path / "r.docx").read_bytes())).styles["Normal"]
    assert "仿宋_GB2312" in style.element.xml


def test_a_place_that_cannot_be_written_is_refused(district, tmp_path):
    with pytest.raises(CommandError):
        told("report", "--year", "2013", "--format", "json", "--out", str(tmp_path / "no" / "r"))
