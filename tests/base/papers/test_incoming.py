"""A Word file gives its words line by line; what is none, or a trap, is refused."""

from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from taihua.base.papers import Heading, Paper, Paragraph, Run, to_body, to_docx
from taihua.base.papers.incoming import WordUnreadable, read_docx

WORD = Document()
WORD.add_paragraph("学而时习之" * 40)
TEXT = st.text(alphabet="学习工作abc 一、（）<>&", min_size=1).map(str.strip).filter(bool)


def saved(document):
    packed = BytesIO()
    document.save(packed)
    return packed.getvalue()


@given(st.integers(0, 10**6), st.integers(1, 255))
def test_a_file_damaged_anywhere_is_read_or_refused_and_nothing_else(at, bits):
    content = bytearray(saved(WORD))
    content[at % len(content)] ^= bits

    with suppress(WordUnreadable):
        assert isinstance(read_docx(bytes(content)), list)


def test_a_text_damaged_within_the_packing_is_refused():
    content = bytearray(saved(WORD))
    name = b"word/document.xml"
    begin = content.index(name) + len(name)
    content[begin : begin + 20] = b"\xff" * 20

    with pytest.raises(WordUnreadable):
        read_docx(bytes(content))


@given(st.lists(TEXT, max_size=6))
def test_paragraphs_come_out_as_they_were_written(lines):
    document = Document()
    for line in lines:
        document.add_paragraph(line)

    assert read_docx(saved(document)) == lines


def test_headings_lists_line_ends_and_tables_become_lines():
    document = Document()
    document.add_heading("标题", level=1)
    document.add_paragraph("一行\n又一行")
    document.add_paragraph("甲", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, said in zip(table._cells, ("校名", "人数", "一小", "600"), strict=True):
        cell.text = said

    assert read_docx(saved(document)) == [
        "标题",
        "一行",
        "又一行",
        "- 甲",
        "校名　人数",
        "一小　600",
    ]


def test_our_own_papers_can_be_read_again():
    paper = Paper(title="总结", blocks=(Heading("学习"), Paragraph((Run("读了 600 本"),))))

    lines = read_docx(to_docx(paper))
    assert "总结" in lines
    assert "读了 600 本" in lines


def packed(**files):
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name, said in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), said)
    return content.getvalue()


BOMB = '<!DOCTYPE x [<!ENTITY a "aaa">]><w:document xmlns:w="w">&a;</w:document>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF",
        packed(a_txt="x"),
        packed(word__document_xml="<no"),
        packed(word__document_xml=BOMB),
    ],
)
def test_what_is_no_word_file_is_refused(content):
    with pytest.raises(WordUnreadable):
        read_docx(content)


def test_the_body_of_a_paper_has_its_footnotes_and_neither_title_nor_closing():
    paper = Paper(
        title="总结",
        blocks=(Heading("学习"), Paragraph((Run("600", note="口径", href="/f/"),))),
        masthead="文件",
        issuer="局",
    )

    html = to_body(paper)
    assert html.startswith('<h2>一、学习</h2><p><a class="figure" href="/f/"')
    assert '<li id="note-1">口径' in html
    assert "总结" not in html
    assert "文件" not in html
