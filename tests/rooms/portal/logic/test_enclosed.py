"""What stands in a file to download is read as far as numbers in it can be found, or said to be unread."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.portal.logic import enclosed
from taihua.rooms.portal.logic.enclosed import read
from taihua.rooms.portal.logic.scan import Kind, scan

PERSON = "11010519491231002X"


def packed(**parts):
    out = BytesIO()
    with ZipFile(out, "w") as into:
        for name, content in parts.items():
            into.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def kinds(name, content):
    return [each.kind for each in scan([("", read(name, content)[0])])]


def word(body):
    return packed(**{"word__document.xml": f"<w:document><w:body>{body}</w:body></w:document>"})


def test_a_number_that_a_word_file_keeps_in_pieces_is_found():
    runs = "".join(f"<w:r><w:t>{PERSON[at : at + 5]}</w:t></w:r>" for at in range(0, 18, 5))

    assert kinds("名单.DOCX", word(f"<w:p>{runs}</w:p>")) == [Kind.IDENTITY]
    assert kinds("名单.docx", word(f"<w:p><w:t>1</w:t><w:tab/>{runs}</w:p>")) == [Kind.IDENTITY]


def test_what_was_struck_out_is_still_in_a_word_file():
    struck = (
        f'<w:p><w:del><w:r><w:delText xml:space="preserve">{PERSON}</w:delText></w:r></w:del></w:p>'
    )

    assert kinds("稿.docx", word(struck)) == [Kind.IDENTITY]


def test_measures_of_a_drawing_are_no_words_and_paragraphs_do_not_run_together():
    drawn = "<wp:posOffset>138001</wp:posOffset><wp:posOffset>38000</wp:posOffset>"
    apart = "<w:p><w:t>13800</w:t></w:p><w:p><w:t>138000</w:t></w:p>"

    assert kinds("图.docx", word(drawn + apart)) == []


def test_the_cells_of_a_sheet_stand_apart_whether_words_or_numbers():
    book = packed(
        **{
            "xl__sharedStrings.xml": f"<sst><si><r><t>{PERSON[:9]}</t></r><r><t>{PERSON[9:]}</t></r></si></sst>",
            "xl__worksheets__sheet2.xml": '<row><c t="s"><v>0</v></c><c><v>13800138000</v></c>'
            "<c><v>138001</v></c><c><v>38000</v></c></row>",
        },
    )

    assert kinds("资助名单.xlsx", book) == [Kind.IDENTITY, Kind.MOBILE]


def test_files_in_a_packed_file_are_read_and_their_names():
    whole = packed(
        **{"表__名单.docx": word(f"<w:p><w:t>{PERSON}</w:t></w:p>"), "13800138000.txt": "无"}
    )

    assert kinds("全部.zip", whole) == [Kind.IDENTITY, Kind.MOBILE]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_plain_words_and_pages_are_read_in_either_encoding(encoding):
    assert kinds("名单.txt", f"张三 {PERSON}".encode(encoding)) == [Kind.IDENTITY]
    assert kinds("页.zip", packed(**{"页.html": f"<p>张三<b>{PERSON}</b>".encode(encoding)})) == [Kind.IDENTITY]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-16-le", "ascii"])
@pytest.mark.parametrize("before", [b"\xd0\xcf\x11\xe0", b"\xd0\xcf\x11\xe0\x07"])
def test_old_word_and_excel_files_give_away_their_numbers(encoding, before):
    content = before + b"\x01\x02" + PERSON.encode(encoding) + b"\xff\xfe" + b"\0" * 40

    assert kinds("名单.doc", content) == [Kind.IDENTITY]
    assert kinds("名单.xls", before + b"\0" * 500) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("扫描.pdf", b"%PDF-1.4"),
        ("坏的.docx", b"PK\x03\x04"),
        ("里面有.zip", packed(**{"扫描.pdf": b"%PDF"})),
        ("套了三层.zip", packed(**{"a.zip": packed(**{"b.zip": packed(**{"c.txt": b"1"})})})),
    ],
)
def test_what_no_machine_reads_here_is_said_to_be_unread(name, content):
    assert read(name, content)[1] is False


def test_a_part_in_another_encoding_is_said_to_be_unread():
    part = f"<w:p><w:t>{PERSON}</w:t></w:p>".encode("utf-16")

    assert not read("稿.docx", packed(**{"word__document.xml": part}))[1]


def test_what_would_unpack_to_too_much_is_unread(monkeypatch):
    monkeypatch.setattr(enclosed, "LARGEST", 10)

    assert read("大.zip", packed(**{"a.txt": b"1" * 11})) == ("", False)


def test_what_can_be_read_beside_it_is_read_and_pictures_are_no_words():
    beside = packed(**{"扫描.pdf": b"%PDF", "名单.txt": PERSON.encode()})
    shown = packed(**{"word__media__image1.png": b"\x89PNG", "word__document.xml": ""})

    assert kinds("里面有.zip", beside) == [Kind.IDENTITY]
    assert read("图.docx", shown)[1] is True


@given(st.binary(max_size=200), st.sampled_from([".doc", ".docx", ".txt", ".html", ".xml", ".zip"]))
def test_whatever_the_bytes_are_nothing_breaks(content, ending):
    said, is_all = read(f"名{ending}", content)

    assert isinstance(said, str)
    assert is_all or ending in {".docx", ".zip"}
