"""The year's report, from the records to the printed paper, in a real browser and on the shell."""

import json
import re
import shutil
from fractions import Fraction
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from tests.demonstration import DEMO
from tests.e2e.conftest import open_house
from tests.e2e.test_axe import barriers
from tests.e2e.walk import visitor
from tests.serving import taihua


@pytest.fixture(scope="module")
def home(demonstration, tmp_path_factory):
    """A district of our own: these tests write, refresh and issue."""
    return shutil.copytree(demonstration.home, tmp_path_factory.mktemp("report") / "home")


@pytest.fixture(scope="module")
def office(home):
    with open_house(home) as opened:
        yield opened


@pytest.fixture
def clerk(office, browser):
    context = visitor(browser, office.address, office.sessions["clerk"], scripts=False)
    yield context.new_page()
    context.close()


def test_the_district_reproduces_the_articles_totals(home):
    told = json.loads(taihua(home, "figures", "--year", "2013", "--json", **DEMO))
    number = {figure["code"]: Fraction(figure["exact"]) for figure in told}

    assert 600 < number["help.person_times"] < 700
    assert 200 < number["help.students"] < 300
    assert number["reading.books-set"] == 2
    assert number["forums.principals"] == 2
    assert number["reading.volumes"] == 2
    assert number["care.aid_yuan"] > 120_000
    assert number["care.pupils"] > 600


def test_the_report_is_written_from_the_shell_and_claims_nothing_without_evidence(home, tmp_path):
    for form in ("html", "docx", "pdf", "json"):
        file = tmp_path / f"report.{form}"
        taihua(home, "report", "--year", "2013", "--format", form, "--out", str(file), **DEMO)
        assert file.stat().st_size > 5_000

    report = json.loads((tmp_path / "report.json").read_text())
    assert report["claims_without_evidence"] == []
    assert report["undeclared"] == []
    titles = [section["title"][:5] for section in report["sections"] if section["level"] == 1]
    assert titles == ["激发学习力", "提高创新力", "增强凝聚力"]


def test_an_unknown_figure_ends_with_1_and_a_wrong_use_with_2(home):
    taihua(home, "figures", "no.such", code=1, **DEMO)
    taihua(home, "report", "--year", "2013", "--format", "odt", "--out", "x", code=2, **DEMO)


def test_the_clerk_writes_issues_and_downloads_without_scripts(office, clerk):
    clerk.goto(f"{office.address}/reports/2012/")
    clerk.get_by_role("button", name="从这一稿动笔").click()

    # a number opens down to a record
    clerk.locator("#learning\\.service a.figure", has_text="392").first.click()
    assert "392" in clerk.locator(".count").inner_text()
    clerk.locator("tbody th a").first.click()
    assert clerk.locator(".facts").is_visible()

    # a section is written; a typed quantity is listed as a claim
    clerk.goto(f"{office.address}/reports/2012/write/cohesion.pupils/")
    clerk.get_by_label("正文").fill("为学生办实事三十件，帮扶[[help.person_times|1]]人次。")
    clerk.get_by_role("button", name="保存这一段").click()
    assert "392" in clerk.locator("#cohesion\\.pupils").inner_text()
    assert "三十件" in clerk.locator(".claims").inner_text()

    # it is issued and read by everybody, with its files
    clerk.get_by_role("link", name="核对并印发").click()
    assert "三十件" in clerk.locator("main").inner_text()
    clerk.get_by_role("button", name="印发并关账").click()
    assert "从此不变" in clerk.locator(".lede").inner_text()

    for words, starts in (("生成 Word", b"PK"), ("生成 PDF", b"%PDF")):
        clerk.goto(f"{office.address}/reports/2012/")
        clerk.get_by_role("button", name=words).click()
        for _patience in range(60):
            if (link := clerk.get_by_role("link", name="下载")).count():
                break
            clerk.wait_for_timeout(500)
            clerk.get_by_role("link", name="看看好了没有").click()
        content = clerk.request.get(office.address + link.get_attribute("href")).body()
        assert content.startswith(starts)
        assert "苔教〔2013〕2号" in words_of(content)


def test_the_issued_report_is_published_in_two_clicks_and_its_numbers_open(office, browser):
    leader = visitor(browser, office.address, office.sessions["leader"], scripts=False).new_page()
    leader.goto(f"{office.address}/reports/2012/")
    leader.get_by_role("link", name="发布到门户").click()
    leader.get_by_role("button", name="发布", exact=True).click()
    assert "已发布，所有人都能看到" in leader.locator("body").inner_text()
    leader.goto(f"{office.address}/reports/2012/")
    leader.get_by_role("link", name="看公开的文章").click()
    public = leader.url
    leader.context.close()

    # a stranger reads the number, its basis, the day of the data, and may take the files along
    stranger = visitor(browser, office.address, scripts=False).new_page()
    stranger.goto(public)
    stranger.locator("a.figure", has_text="392").first.click()
    assert stranger.url.startswith(f"{public}#note-")
    assert "2011 年 1 月 1 日以来的记录" in stranger.locator(":target").inner_text()
    assert "文中数据截至 2013 年 12 月 4 日" in stranger.locator("article").inner_text()
    assert stranger.locator(".public-files a").count() == 2
    assert stranger.locator("a[href*='/reports/']").count() == 0
    stranger.context.close()

    # a clerk opens the same number down to a record
    clerk = visitor(browser, office.address, office.sessions["clerk"]).new_page()
    clerk.goto(public)
    assert barriers(clerk, public) == []
    clerk.locator("a.figure", has_text="392").first.click()
    assert "392" in clerk.locator(".count").inner_text()
    clerk.locator("tbody th a").first.click()
    assert clerk.locator(".facts").is_visible()
    clerk.context.close()


def test_the_page_of_a_file_asks_again_by_itself(office, browser):
    context = visitor(browser, office.address, office.sessions["clerk"])
    page = context.new_page()
    page.goto(f"{office.address}/reports/2010/")
    page.get_by_role("button", name="从这一稿动笔").click()

    page.get_by_role("button", name="生成 PDF").click()

    page.get_by_role("link", name="下载").wait_for(timeout=30_000)
    context.close()


def test_the_pages_of_writing_are_readable_by_all(office, browser):
    context = visitor(browser, office.address, office.sessions["clerk"])
    page = context.new_page()
    page.goto(f"{office.address}/reports/2011/")
    page.get_by_role("button", name="从这一稿动笔").click()
    found = []

    for address in ("", "write/learning.thought/", "refresh/", "issue/", "files/pdf/"):
        page.goto(f"{office.address}/reports/2011/{address}")
        found += barriers(page, page.url)
    context.close()

    assert found == []


def words_of(content: bytes) -> str:
    """What a Word file or a PDF says, without spaces."""
    if content.startswith(b"%PDF"):
        said = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    else:
        said = "".join(paragraph.text for paragraph in Document(BytesIO(content)).paragraphs)
    return re.sub(r"\s", "", said)


def test_on_paper_there_is_nothing_that_is_only_for_the_screen(clerk, office):
    clerk.goto(f"{office.address}/reports/2013/")
    stands_still = clerk.locator(".fixed-day")
    assert stands_still.is_visible()

    clerk.emulate_media(media="print")

    assert not stands_still.is_visible()
    assert clerk.get_by_role("heading", level=1).is_visible()
