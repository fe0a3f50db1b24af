import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, Twips
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from taihua.base.papers import (
    Heading,
    Listing,
    Paper,
    Paragraph,
    Run,
    Table,
    paper_number,
    to_docx,
    to_html,
    to_pdf,
)
from taihua.base.papers.layout import WORD_FONTS, Fonts

BASIS = "按登记的帮扶人次累计，2011 年起算"
PAPER = Paper(
    title="苔花区教育局\n学习型党组织建设总结",
    masthead="苔花区教育局文件",
    number=paper_number("苔教", 2013, 12),
    addressee="区委组织部",
    blocks=(
        Heading("激发学习力"),
        Heading("加强宗旨教育", 2),
        Paragraph((Run("共解决实际困难"), Run("612", note=BASIS), Run("人次，其中重复 "))),
        Paragraph((Run("再说一遍："), Run("612", note=BASIS), Run("，走访", strong=True))),
        Heading("细目", 3),
        Listing(((Run("甲"),), (Run("乙"),)), ordered=True),
        Listing(((Run("丙"),),)),
        Table(("单位", "次数"), (("苔花一小", "3"),), caption="各单位", right=frozenset({1})),
    ),
    attachments=("名单", "台账"),
    issuer="苔花区教育局",
    day=date(2013, 12, 4),
    remark="此件公开发布",
)


@pytest.fixture(scope="module")
def word():
    return Document(BytesIO(to_docx(PAPER)))


@pytest.fixture(scope="module")
def pdf():
    return PdfReader(BytesIO(to_pdf(PAPER)))


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs]


def test_the_word_page_is_the_type_area_of_the_standard(word):
    page = word.sections[0]

    assert (page.page_width, page.page_height) == (Twips(11906), Twips(16838))
    assert [page.top_margin, page.left_margin] == [Twips(2098), Twips(1588)]
    area = (page.page_width - page.left_margin - page.right_margin) / Mm(1)
    height = (page.page_height - page.top_margin - page.bottom_margin) / Mm(1)
    assert area == pytest.approx(156, abs=0.1)
    assert height == pytest.approx(225, abs=0.1)


def test_the_word_grid_has_22_lines_of_28_characters(word):
    page = word.sections[0]
    grid = page._sectPr.find(qn("w:docGrid"))
    height = (page.page_height - page.top_margin - page.bottom_margin) / Twips(1)
    width = (page.page_width - page.left_margin - page.right_margin) / Twips(1)
    character = 16 * 20 + int(grid.get(qn("w:charSpace"))) / 4096 * 20

    assert grid.get(qn("w:type")) == "linesAndChars"
    assert height // int(grid.get(qn("w:linePitch"))) == 22
    assert int(width / character + 0.01) == 28


@pytest.mark.parametrize(
    ("style", "family", "points"),
    [
        ("Normal", "仿宋", 16),
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体", 16),
        ("Heading 3", "仿宋", 16),
        ("Heading 4", "仿宋", 16),
        ("Footer", "宋体", 14),
        ("Footnote Text", "宋体", 10.5),
    ],
)
def test_word_styles_name_chinese_families_for_chinese_signs(word, style, family, points):
    fonts = word.styles[style].element.rPr.find(qn("w:rFonts"))

    assert fonts.get(qn("w:eastAsia")) == family
    assert not [key for key in fonts.attrib if "Theme" in key]
    assert word.styles[style].font.size == Pt(points)


def test_word_font_families_are_a_setting():
    document = Document(BytesIO(to_docx(PAPER, Fonts(body="FangSong_GB2312"))))

    fonts = document.styles["Normal"].element.rPr.find(qn("w:rFonts"))
    assert fonts.get(qn("w:eastAsia")) == "FangSong_GB2312"


def test_a_face_that_no_paper_has_is_refused():
    assert WORD_FONTS.changed(["body=仿宋_GB2312"]).body == "仿宋_GB2312"
    assert WORD_FONTS.changed([]) == WORD_FONTS
    with pytest.raises(ValueError, match="bodi"):
        WORD_FONTS.changed(["bodi=仿宋"])


def test_word_page_numbers_stand_right_on_odd_and_left_on_even_pages(word):
    section = word.sections[0]

    assert word.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]._p
        assert paragraph.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert paragraph.pPr.find(qn("w:ind")).get(qn(f"w:{side}Chars")) == "100"
        assert "".join(said.text for said in paragraph.xpath(".//w:t")) == "— 1 —"
    # the dashes are half a 14 pt line below the top of the footer
    dash = section.bottom_margin - section.footer_distance - Pt(7)
    assert dash / Mm(1) == pytest.approx(7, abs=0.1)


def test_word_paragraphs_come_in_the_order_of_the_standard(word):
    written = [text for text in texts(word) if text]

    assert written[:4] == [
        "苔花区教育局文件",
        "苔教〔2013〕12号",
        "苔花区教育局\n学习型党组织建设总结",
        "区委组织部：",
    ]
    assert written[4:6] == ["一、激发学习力", "（一）加强宗旨教育"]
    assert "1.细目" in written
    assert written[-5:] == [
        "附件：1. 名单", "2. 台账", "苔花区教育局", "2013年12月4日", "（此件公开发布）",
    ]  # fmt: skip


def test_word_body_paragraphs_begin_two_characters_in(word):
    body = next(p for p in word.paragraphs if p.text.startswith("共解决"))

    assert body._p.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"


def test_the_basis_of_a_figure_is_one_real_footnote_however_often_it_is_cited():
    with ZipFile(BytesIO(to_docx(PAPER))) as file:
        notes = file.read("word/footnotes.xml").decode()
        body = file.read("word/document.xml").decode()

    assert notes.count(BASIS) == 1
    assert re.findall(r'footnoteReference w:id="(\d+)"', body) == ["1"]


def test_the_mark_of_a_footnote_is_not_taken_for_a_power(word, pdf):
    assert "612[]" in "".join(texts(word))  # Word counts the number between the brackets
    assert "612[1]" in pdf.pages[0].extract_text().replace(" ", "")
    assert ">[1]<" in to_html(PAPER)


def test_word_table_headers_repeat_and_numbers_stand_right(word):
    table = word.tables[0]

    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [cell.text for cell in table.rows[1].cells] == ["苔花一小", "3"]
    assert table.rows[1].cells[1].paragraphs[0].alignment == 2


def test_a_paper_without_head_or_closing_is_only_its_title_and_text():
    bare = Paper(title="记录", blocks=(Paragraph.of("文"),))

    assert texts(Document(BytesIO(to_docx(bare)))) == ["记录", "", "文"]


def test_the_pdf_is_a4_and_says_what_the_paper_says(pdf):
    page = pdf.pages[0]
    said = "".join(page.extract_text() for page in pdf.pages).replace(" ", "").replace("\n", "")

    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    for words in (
        "苔教〔2013〕12号",
        "一、激发学习力",
        "共解决实际困难612",
        BASIS.replace(" ", ""),
    ):
        assert words in said
    assert "—1—" in said
    assert pdf.metadata.title == "苔花区教育局学习型党组织建设总结"


def test_the_pdf_embeds_every_font_it_uses(pdf):
    for page in pdf.pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"].get_object()
            assert any(key.startswith("/FontFile") for key in descriptor)


def test_the_pdf_declares_pdf_a_2b(pdf):
    metadata = pdf.trailer["/Root"]["/Metadata"].get_object().get_data().decode()

    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in metadata


def test_a_pdf_page_holds_22_lines_of_28_characters():
    lines = PdfReader(
        BytesIO(to_pdf(Paper(title="题", blocks=(Paragraph.of("学" * 28 * 70),))))
    ).pages[1]
    said = [line for line in lines.extract_text().splitlines() if line.startswith("学")]

    assert len(said) == 22
    assert {len(line) for line in said} == {28}


def test_a_sign_that_no_font_has_keeps_its_text_in_the_pdf():
    paper = Paper(title="题", blocks=(Paragraph.of("张🐉老师"),))

    assert "老师" in PdfReader(BytesIO(to_pdf(paper))).pages[0].extract_text()


def test_html_escapes_and_links_figures_and_their_basis():
    paper = Paper(
        title="<b>题</b>",
        blocks=(
            Paragraph((Run("<script>"), Run("612", note=BASIS, href="/figures/x/"))),
            Paragraph((Run("306", note=BASIS, href="/figures/y/"), Run("看", href="/z/"))),
            Table(("列",), (("<td>",),)),
        ),
    )

    html = to_html(paper)

    assert "<script>" not in html
    assert "&lt;b&gt;题" in html
    told = f'title="{BASIS}" data-note="1"'
    assert f'<a class="figure" href="/figures/x/" {told}>612</a><sup>' in html
    assert f'<a class="figure" href="/figures/y/" {told}>306</a><a href="/z/">看</a>' in html
    assert '<a id="from-1" href="#note-1">[1]</a>' in html
    assert f'<li id="note-1">{BASIS}' in html
    assert '<th scope="col">列</th>' in html


def test_html_of_a_whole_paper_has_every_part_of_it():
    html = to_html(PAPER)

    for part in ("苔教〔2013〕12号", "<h2>一、激发学习力</h2>", "<ol><li>甲", "<ul><li>丙",
                 "<strong>，走访</strong>", "2013年12月4日", "此件公开发布", "<li>名单</li>"):  # fmt: skip
        assert part in html
    assert html.count(BASIS) == 1


@settings(max_examples=12)
@given(st.text(max_size=60), st.text(max_size=40))
def test_any_text_can_be_set_as_word_and_pdf(text, note):
    paper = Paper(title="题", blocks=(Paragraph((Run(text, note=note),)),))

    assert Document(BytesIO(to_docx(paper))).paragraphs[0].text == "题"
    assert to_pdf(paper).startswith(b"%PDF")
