"""The main job from end to end, as a clerk does it in the browser.

From a ledger that a district already keeps, to who owes what and why, to the year's report in
which every number opens down to the records behind it.
"""

import re
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from django.core.cache import cache
from django.urls import reverse
from docx import Document
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from taihua.kernel.documents.models import DocumentFile
from taihua.kernel.records.queries import statements
from tests.rooms.ledgers.browsing import confirm, hand_in, text
from tests.rooms.ledgers.messy import filled
from tests.rooms.ledgers.messy import workbook as made
from tests.rooms.ledgers.sheets import xlsx

HEADER = ("序号", "姓名", "调研时间", "去了哪里", "调研天数", "调研主题", "天气")
VISITS = [
    (1, "林　知远", "2013.11.4", "苔花一小", "半天", "课堂教学", "晴"),
    (2, "林知远", "2013年10月8日", "苔花二小", "１", "校园安全", "雨"),
    (3, "林之远", 41500, "苔花一小", 1, "作业负担", "晴"),
    (4, "周明", "2013.9.31", "苔花二小", 1, "听课", "阴"),
]
MENDED = {("林之远", 2): "林知远", ("2013.9.31", 3): "2013.9.30"}
OTHERS = {
    "help": [
        ("帮扶人", "日期", "对象类别", "帮扶对象", "人次", "帮扶事项"),
        ("林知远", "2013-03-04", "留守儿童", "王小花", 12, "送课本"),
        ("周明", "2013.5.6", "老党员", "李老", "３", "看病"),
    ],
    "students": [
        ("资助单位", "日期", "学生", "金额"),
        ("苔花区教育局", "2013-08-20", "张一", "2,000元"),
        ("苔花区教育局", "2013-08-20", "张二", "二千元"),
    ],
    "aid": [
        ("学校", "发放日期", "学生", "资助项目", "金额"),
        ("苔花一小", "2013-04-18", "赵一", "生活补助", 312.5),
        ("苔花二小", "2013-04-18", "赵二", "生活补助", "￥200.00"),
    ],
    "reading": [
        ("姓名", "读完日期", "书名"),
        ("林知远", "2013-06-01", "《论语》"),
        ("周明", "2013-06-02", "论语"),
    ],
}
REPORT = "/reports/2013/"

pytestmark = pytest.mark.usefixtures("lin", "zhou", "shen", "wu", "zheng")


@pytest.fixture
def clerk(su, logged_in, settings):
    settings.TAIHUA_TODAY = date(2013, 12, 4)
    cache.clear()
    return logged_in(su)


def as_the_office_sends_it():
    rows = [filled("苔花区教育局下基层调研台账"), HEADER, *VISITS, (None, "合计", None, None, 3.5)]
    rows = [[*row, *[None] * (len(HEADER) - len(row))] for row in rows]
    return made(("调研", rows, [(0, 0, 0, len(HEADER) - 1)]))


def say_where_columns_belong(clerk, page):
    """Answer for the two titles that no ledger knows."""
    upload, form = page.context["upload"], page.context["form"]
    answers = filled_in(form)
    places = {form.titles[int(name.partition("-")[2])]: name for name in answers}
    answers |= {places["去了哪里"]: "place", places["天气"]: "-"}
    return clerk.post(
        reverse("ledgers:match", args=[upload.ledger, upload.pk]), answers, follow=True
    )


def mended_copy(clerk, preview):
    """The marked copy, put right where it says so, as the clerk sends it back."""
    upload = preview.context["upload"]
    copy = clerk.get(reverse("ledgers:marked", args=[upload.ledger, upload.pk]))
    book = CalamineWorkbook.from_filelike(BytesIO(copy.content))
    title, *rows = book.get_sheet_by_index(0).to_python()
    told = [row[-1] for row in rows]
    assert told[:2] == ["", ""]
    assert "是不是“林知远”？" in told[2]
    assert "没有“2013.9.31”这一天。" in told[3]
    rights = {place[0]: right for place, right in MENDED.items()}
    return xlsx(title, *([rights.get(cell, cell) for cell in row] for row in rows))


def bring_the_ledger_in(clerk):
    """Upload, match, look, mend, import."""
    preview = say_where_columns_belong(clerk, hand_in(clerk, as_the_office_sends_it()))
    assert "有 2 格要改" in text(preview)
    assert not statements().exists()

    again = hand_in(clerk, mended_copy(clerk, preview))
    assert "新增 4，更正 0，不变 0" in text(again)
    assert "已导入下基层调研台账" in text(confirm(clerk, again))
    assert statements().filter(verb__code="visited").count() == 4


def bring_the_others_in(clerk):
    """The other ledgers of the office, which are in order."""
    for ledger, rows in OTHERS.items():
        done = confirm(clerk, hand_in(clerk, xlsx(*rows), ledger=ledger))
        assert done.context["upload"].outcome["new"] == len(rows) - 1


def adopt_the_pack(clerk, code="haizhou-2013"):
    """Look a book of rules over, leave out the rules that fit nobody here, adopt the others."""
    said = filled_in(clerk.get(reverse("rules:start"), {"pack": code}).context["form"])
    looked = clerk.post(reverse("rules:adopt"), said | {"do": "adopt"}, follow=True)
    unfit = re.findall(r'name="without" value="([^"]+)"', looked.text)
    done = looked
    if not looked.redirect_chain:
        done = clerk.post(
            reverse("rules:adopt"), said | {"do": "adopt", "without": unfit}, follow=True
        )
    assert done.redirect_chain[-1][0] == reverse("rules:book", args=[code])


def filled_in(form):
    """What a form sends when nothing in it is changed."""
    given = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in given.items()}


def number_of(shown):
    """The number in the text of a link, its basis left out."""
    return re.sub(r"<span.*", "", shown, flags=re.DOTALL).strip()


def figures_in(page):
    """Every number of the report that can be opened: (address, what it shows)."""
    links = re.findall(r'<a\s+class="figure"\s+href="([^"]+)"[^>]*>(.*?)</a>', page, re.DOTALL)
    return [(unescape(address), number_of(shown)) for address, shown in links]


def prose_of(page):
    """The paragraphs of the report as the page shows them, without bases and spaces."""
    found = re.findall(
        r"<p>(.*?)</p>", page.partition("<article")[2].partition("</article")[0], re.DOTALL
    )
    parts = (
        re.sub(r'<span\s+class="basis".*?</span>', "", part, flags=re.DOTALL) for part in found
    )
    return [said for part in parts if (said := plain(re.sub(r"<[^>]+>", "", part)))]


def bare(page):
    """What a page says without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def plain(words):
    return re.sub(r"\s", "", unescape(words))


def words_of(content):
    """What a Word file or a PDF says, without spaces and the marks of its footnotes."""
    if content.startswith(b"%PDF"):
        said = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    else:
        said = "".join(paragraph.text for paragraph in Document(BytesIO(content)).paragraphs)
    return re.sub(r"\[\d*\]", "", plain(said))


def file_of(clerk, form):
    clerk.post(f"{REPORT}files/{form}/")
    file = DocumentFile.objects.filter(form=form).latest("pk")
    return clerk.get(reverse("documents:file", args=[file.pk])).content


def write_and_issue(clerk):
    """Begin the report, write a section, bring in what came meanwhile, issue it."""
    clerk.post(f"{REPORT}begin/")
    section = clerk.get(f"{REPORT}write/learning.service/")
    form = section.context["form"]
    added = form["text"].value() + "\n班子成员走进课堂。"
    clerk.post(
        f"{REPORT}write/learning.service/",
        {"text": added, "expected": form["expected"].value()},
    )
    one_more = ("姓名", "日期", "调研单位", "天数", "调研主题")
    confirm(clerk, hand_in(clerk, xlsx(one_more, ("林知远", "2013-12-03", "苔花一小", 2, "听课"))))
    form = clerk.get(f"{REPORT}refresh/").context["form"]
    clerk.post(f"{REPORT}refresh/", filled_in(form))
    form = clerk.get(f"{REPORT}issue/").context["form"]
    clerk.post(f"{REPORT}issue/", filled_in(form))


def test_a_ledger_that_a_district_keeps_shows_everybody_what_is_owed_and_why(clerk, lin, logged_in):
    bring_the_ledger_in(clerk)
    adopt_the_pack(clerk)

    desk = logged_in(lin).get("/")
    cards = [*desk.context["desk"].now, *desk.context["desk"].later]
    owed = [card for card in cards if "下基层" in card.sentence]
    assert [card.state.value for card in owed] == ["owed", "on_course"]
    assert owed[0].also == 7  # January; and February to November without August and October
    january, october, november = (
        text(logged_in(lin).get(owed[0].why_url.replace("2013-01", month)))
        for month in ("2013-01", "2013-10", "2013-11")
    )
    assert "班子成员每月至少有一天深入基层开展调研。" in january
    assert "没有可以计入的记录。 还差一天，期限已到，所以是“尚欠”。" in bare(january)
    assert "1 条记录计入，合一天：10 月 8 日。 已经够数，所以是“已完成”。" in bare(october)
    assert "合半天：11 月 4 日。 还差半天" in bare(november)
    assert "课堂教学" in november


def test_the_report_is_written_from_the_ledger_and_every_number_opens(clerk):
    bring_the_ledger_in(clerk)
    bring_the_others_in(clerk)
    adopt_the_pack(clerk)
    assert "深入基层" in text(clerk.get("/reports/board/?year=2013"))

    write_and_issue(clerk)
    page = clerk.get(REPORT).text

    assert "班子成员走进课堂。" in page
    shown = figures_in(page)
    assert len(shown) == 10
    for address, number in shown:
        opened = clerk.get(address).context
        assert str(opened["value"]) == number, address
        assert opened["page"].paginator.count > 0, address
        if not opened["value"].percent:  # a share counts verdicts, not records
            listed = opened["page"].paginator.count
            assert listed == opened["value"].provenance.statements, address


def test_the_printed_report_says_what_the_page_says(clerk):
    bring_the_ledger_in(clerk)
    bring_the_others_in(clerk)
    write_and_issue(clerk)

    said = prose_of(clerk.get(REPORT).text)
    word, pdf = (words_of(file_of(clerk, form)) for form in ("docx", "pdf"))

    assert len(said) > 10
    assert [part for part in said if part not in word] == []
    numbers = [found for part in said for found in re.findall(r"\d[\d.]*%?[^\d]{0,2}", part)]
    assert len(numbers) > 10
    assert [number for number in numbers if number not in pdf] == []
    assert "苔教〔2013〕1号" in word
    assert "苔教〔2013〕1号" in pdf
