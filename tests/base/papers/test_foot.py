"""附件 on their own pages and 版记 at the foot of the last, in Word, PDF and HTML."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from taihua.base.papers import (
    Annex,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Run,
    Table,
    to_docx,
    to_html,
    to_pdf,
)
from tests.base.papers.ooxml import faults

MM = 72 / 25.4
LINE = 225 / 22
NOTICE = Paper(
    title="关于印发学习计划的通知",
    masthead="苔花区教育局文件",
    number="苔教〔2013〕12号",
    addressee="各学校",
    blocks=(Heading("总的要求"), Paragraph((Run("全年帮扶"), Run("612", note="以台账为准。")))),
    attachments=(
        Annex("2013年学习计划", (Heading("上半年"), Paragraph.of("读《劝学》。"))),
        "领导小组名单",
        Annex("学习台账", (Table(("单位", "次数"), (("苔花一小", "3"),), right=frozenset({1})),)),
    ),
    issuer="苔花区教育局",
    day=date(2013, 12, 4),
    copies=("区委组织部", "区委宣传部", "各乡镇中心校"),
    printed_by="苔花区教育局办公室",
    printed=date(2013, 12, 5),
)
BARE = Paper(title="记录", blocks=(Paragraph.of("文"),))


def words(document):
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


@pytest.fixture(scope="module")
def word():
    return Document(BytesIO(to_docx(NOTICE)))


@pytest.fixture(scope="module")
def pdf():
    return PdfReader(BytesIO(to_pdf(NOTICE)))


def placed(page):
    """Each piece of text of a page: how far from the left and the top, in mm, and how large."""
    height, found = float(page.mediabox.height), []

    def note(text, cm, tm, _font, size):
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.append((text.strip(), x / MM, (height - y) / MM, size))

    page.extract_text(visitor_text=note)
    return found


def piece(page, begin):
    """The first piece of text that begins so."""
    return next(each for each in placed(page) if each[0].startswith(begin))


def said(page):
    return page.extract_text().replace(" ", "").replace("\n", "")


# --- Word ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "paper",
    [NOTICE, BARE, replace(NOTICE, copies=()), replace(NOTICE, printed_by=""),
     Paper(title="甲\n乙", blocks=(Listing(((Run("一"),),)), Table(("列",), ())))],
)  # fmt: skip
def test_word_finds_nothing_to_repair(paper):
    assert faults(to_docx(paper)) == []


def test_attachments_are_listed_below_the_text_and_those_at_hand_follow(word):
    written = words(word)

    first = written.index("附件：1. 2013年学习计划")
    assert written[first : first + 5] == [
        "附件：1. 2013年学习计划", "2. 领导小组名单", "3. 学习台账", "苔花区教育局", "2013年12月4日",
    ]  # fmt: skip
    assert written[first + 5 :] == [
        "附件1", "2013年学习计划", "一、上半年", "读《劝学》。", "附件3", "学习台账",
    ]  # fmt: skip


def test_a_word_attachment_begins_a_page_its_mark_first_its_title_on_the_third_line(word):
    paragraphs = word.paragraphs
    place = next(n for n, each in enumerate(paragraphs) if each.text == "附件1")
    mark, blank, title = paragraphs[place : place + 3]

    assert mark.style.name == "Annex Mark"
    assert mark.style.paragraph_format.page_break_before
    assert mark.style.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "黑体"
    assert mark.style.font.size.pt == 16
    assert (blank.text, title.text, title.style.name) == ("", "2013年学习计划", "Title")


def test_the_only_attachment_bears_no_number():
    paper = replace(NOTICE, attachments=(Annex("名单", (Paragraph.of("沈青"),)),))

    assert {"附件：名单", "附件"} <= set(words(Document(BytesIO(to_docx(paper)))))


def test_the_foot_in_word_lies_on_the_lower_edge_of_the_type_area(word):
    foot = word.tables[-1]._tbl
    place = foot.tblPr.find(qn("w:tblpPr"))
    lines = {each.tag: each.get(qn("w:sz")) for each in foot.tblPr.find(qn("w:tblBorders"))}

    assert (place.get(qn("w:vertAnchor")), place.get(qn("w:tblpYSpec"))) == ("margin", "bottom")
    assert lines == {qn("w:top"): "8", qn("w:bottom"): "8", qn("w:insideH"): "6"}
    assert int(foot.tblPr.find(qn("w:tblW")).get(qn("w:w"))) == 11906 - 1588 - 1474
    assert [cell.text for row in word.tables[-1].rows for cell in row.cells] == [
        "抄送：区委组织部，区委宣传部，各乡镇中心校。",
        "苔花区教育局办公室\t2013年12月5日印发",
    ]


@pytest.mark.parametrize("style", ["Copies", "Imprint"])
def test_the_foot_is_set_in_4_hao_one_character_from_each_side(word, style):
    look = word.styles[style]
    indent = look.element.pPr.find(qn("w:ind"))

    assert look.font.size.pt == 14
    assert look.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "仿宋"
    assert indent.get(qn("w:rightChars")) == "100"
    hanging = int(indent.get(qn("w:hangingChars"), "0"))
    assert int(indent.get(qn("w:leftChars"))) - hanging == 100


def test_a_word_paper_without_copies_has_no_foot():
    assert Document(BytesIO(to_docx(BARE))).tables == []


# --- PDF ----------------------------------------------------------------------------------------------


def test_each_attachment_in_the_pdf_has_a_page_of_its_own(pdf):
    pages = [said(page) for page in pdf.pages]

    assert len(pages) == 4
    assert pages[2].startswith("附件12013年学习计划一、上半年读《劝学》。")
    assert pages[3].startswith("附件3学习台账单位次数苔花一小3")


def test_the_title_of_an_attachment_stands_on_the_third_line(pdf):
    mark, title = piece(pdf.pages[2], "附件"), piece(pdf.pages[2], "2013 年学习计划")

    assert mark[1] == pytest.approx(28, abs=0.1)
    assert mark[2] - 16 / MM * 0.8 == pytest.approx(37, abs=0.1)
    assert (title[2] - mark[2]) / LINE == pytest.approx(2, abs=0.25)
    assert (mark[3], title[3]) == (16, 22)


def test_the_foot_of_the_pdf_ends_on_the_lower_edge_of_the_type_area(pdf):
    last = pdf.pages[-1]
    drawn = last.get_contents().get_data().decode("latin-1")
    lines, height = [], 0.0
    for up, wide in re.findall(r"([\d.]+) cm\b|([\d.]+) w\b", drawn):
        height = float(up) / MM if up else height
        lines += [(height, float(wide) / MM)] if wide else []
    foot = lines[-3:]

    assert "抄送：区委组织部，区委宣传部，各乡镇中心校。" in said(last)
    assert "2013年12月5日印发" in said(last)
    assert [width for _height, width in foot] == pytest.approx([0.35, 0.25, 0.35], abs=0.005)
    assert foot[-1][0] == pytest.approx(35, abs=0.1)


def test_the_foot_of_the_pdf_is_set_in_4_hao_one_character_from_each_side(pdf):
    last = pdf.pages[-1]

    for begin in ("抄送", "苔花区教育局办公室"):
        _text, left, _top, size = piece(last, begin)
        assert (left, size) == (pytest.approx(28 + 14 / MM, abs=0.1), 14)
    printed = piece(last, "2013 年 12 月")
    assert 184 - 2 * 14 / MM - 13 * 14 / MM < printed[1] < 184 - 14 / MM


def test_the_pdf_keeps_the_margins_of_the_standard(pdf):
    for page in pdf.pages:
        body = [each for each in placed(page) if not each[0].startswith("—")]

        assert min(left for _text, left, _top, _size in body) >= 28 - 0.01
        assert min(top - 0.8 * size / MM for _text, _left, top, size in body) >= 37 - 0.01
        assert max(top for _text, _left, top, _size in body) <= 262


def test_the_dashes_of_the_page_number_stand_7_mm_below_the_type_area(pdf):
    for number, page in enumerate(pdf.pages, 1):
        _text, left, top, size = piece(page, "—")

        assert size == 14
        # a dash is drawn about 0.36 of its height above the line that signs stand on
        assert top - 0.36 * 14 / MM == pytest.approx(262 + 7, abs=0.6)
        assert (left > 105) == (number % 2 == 1)
        assert number % 2 == 1 or left == pytest.approx(28 + 15.79 / MM, abs=0.1)


def test_the_red_head_of_the_pdf_begins_35_mm_into_the_type_area(pdf):
    head = piece(pdf.pages[0], "苔花区教育局文件")

    assert head[3] == 36
    assert head[2] - 0.8 * 36 / MM == pytest.approx(37 + 35, abs=0.1)


def test_the_faces_of_the_pdf_are_those_named_for_print(pdf):
    named = {
        font.get_object()["/BaseFont"].split("+")[-1]
        for page in pdf.pages
        for font in page["/Resources"]["/Font"].values()
    }

    assert any("NotoSerif" in name for name in named)
    assert any("NotoSans" in name for name in named)
    assert all(name.startswith("Noto") for name in named)


# --- HTML ---------------------------------------------------------------------------------------------


def test_html_has_the_attachments_and_the_foot():
    html = to_html(NOTICE)

    assert '<p class="annex-mark">附件1</p><h2 class="annex-title">2013年学习计划</h2>' in html
    assert "<p>抄送：区委组织部，区委宣传部，各乡镇中心校。</p>" in html
    assert "<span>2013年12月5日印发</span>" in html
    assert "imprint" not in to_html(BARE)


@settings(max_examples=8)
@given(st.text(max_size=40), st.lists(st.text(min_size=1, max_size=20), max_size=3))
def test_any_text_makes_a_file_that_word_opens(title, copies):
    paper = replace(
        NOTICE, attachments=(Annex(title, (Paragraph.of(title),)),), copies=tuple(copies)
    )

    assert faults(to_docx(paper)) == []


# --- the checker itself ---------------------------------------------------------------------------------


def spoilt(path, before, after):
    """A sound file with one thing in it put wrong."""
    out = BytesIO()
    with ZipFile(BytesIO(to_docx(NOTICE))) as sound, ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name in sound.namelist():
            content = sound.read(name).decode() if name == path else sound.read(name)
            if name == path:
                assert before in content
                content = content.replace(before, after, 1)
            if content:
                file.writestr(name, content)
    return out.getvalue()


BODY, STYLES = "word/document.xml", "word/styles.xml"


@pytest.mark.parametrize(
    ("path", "before", "after", "told"),
    [
        (BODY, "<w:cantSplit/></w:trPr>", "<w:cantSplit/></w:trPr><w:tblPrEx/>", "<tblPrEx> comes"),
        (BODY, '<w:pStyle w:val="AnnexMark"/>', '<w:pStyle w:val="Nowhere"/>', "style Nowhere"),
        (BODY, 'footnoteReference w:id="1"', 'footnoteReference w:id="9"', "footnote 9 is not there"),
        (BODY, "<w:keepNext/>", '<w:jc w:val="left"/><w:keepNext/>', "<keepNext> comes too late"),
        ("[Content_Types].xml", "/word/footnotes.xml", "/word/nothing.xml", "is not there"),
        ("word/_rels/document.xml.rels", 'Target="footnotes.xml"', 'Target="lost.xml"', "lost.xml"),
    ],
)  # fmt: skip
def test_what_word_would_stumble_over_is_told(path, before, after, told):
    found = faults(spoilt(path, before, after))

    assert any(told in each for each in found), found
