"""What a file is, its content says; and what is dangerous is refused before it is opened."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.base.sheets import archive, reading
from taihua.base.sheets.reading import Unreadable, decode, read_book
from taihua.base.sheets.refusals import SheetRefused
from tests.base.sheets.files import compound, in_sheet, locked, repacked, workbook
from tests.base.sheets.old import xls

ROWS = [["姓名", "日期", "天数"], ["王　伟", date(2013, 12, 4), 1.5]]
SOUND = workbook(("台账", ROWS, ()))


def grid(content):
    [sheet] = read_book(content).sheets
    return sheet.grid


def refused(content):
    with pytest.raises(SheetRefused) as refusal:
        read_book(content)
    return str(refusal.value)


def test_a_workbook_is_read_cell_by_cell():
    assert grid(SOUND) == ROWS


@pytest.mark.parametrize("sign", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_file_is_read_whatever_its_encoding_and_sign(sign, encoding):
    text = f"姓名{sign}书名\r\n王伟{sign}论语䶮𠮷\r\n"

    assert grid(text.encode(encoding)) == [["姓名", "书名"], ["王伟", "论语䶮𠮷"]]


def test_a_text_file_may_say_its_own_sign_and_quote_lines():
    content = 'sep=;\n姓名;事项\n王伟;"第一行\n第二行; 还有"\n'.encode()

    assert grid(content) == [["姓名", "事项"], ["王伟", "第一行\n第二行; 还有"]]


def test_the_mark_of_harmless_text_is_taken_off_again():
    assert grid("甲,乙\n'=1+1,''x\n".encode()) == [["甲", "乙"], ["=1+1", "'x"]]


def test_hidden_sheets_are_left_aside_and_named():
    content = workbook(("台账", ROWS, ()), ("旧账", ROWS, ()), hidden=("旧账",))

    book = read_book(content)

    assert [sheet.name for sheet in book.sheets] == ["台账"]
    assert book.notices == ("隐藏的工作表“旧账”没有导入。",)


def test_merged_areas_are_told():
    [sheet] = read_book(workbook(("台账", [["题目", None], *ROWS], [(0, 0, 0, 2)]))).sheets

    assert sheet.merges == (((0, 0), (0, 2)),)


def test_a_formula_is_read_by_its_value_and_without_one_not_at_all():
    content = workbook(("台账", [["天数", "合计", "错"], [1, 2, 3]], ()))
    told = {
        b'<c r="A2"><v>1</v></c>': b'<c r="A2"><f>1+1</f><v>2</v></c>',
        b'<c r="B2"><v>2</v></c>': b'<c r="B2"><f>1+1</f></c>',
        b'<c r="C2"><v>3</v></c>': b'<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    }
    for old, new in told.items():
        content = repacked(content, in_sheet(old, new))

    row = grid(content)[1]

    assert row == [
        2,
        Unreadable("这一格是公式，文件里没有存下它的结果。"),
        Unreadable("这一格的公式算出的是错误值。"),
    ]


def test_an_empty_result_of_a_formula_is_an_empty_cell():
    content = repacked(
        workbook(("台账", [["甲"], [1], ["乙"]], ())),
        in_sheet(b'<c r="A2"><v>1</v></c>', b'<c r="A2" t="str"><f>""</f><v></v></c>'),
    )

    assert grid(content) == [["甲"], [None], ["乙"]]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "空的"),
        (b" \n\n ", "空的"),
        (b"\x89PNG\r\n\x1a\n....", "不是表格"),
        (b"%PDF-1.7", "不是表格"),
        (b"\x00\x01\x02\x03", "不是表格"),
        ("姓名\x07,乙".encode(), "不是表格"),
        (b"\xff\xff\xff\xff", "编码认不出"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        (b'{"a": 1}', "网页或程序数据"),
        (SOUND[:200], "已损坏"),
        (compound("Workbook"), "已损坏"),
        (compound("WordDocument"), "不是表格"),
        (compound("EncryptedPackage"), "加了密码"),
        (compound("Workbook", "_VBA_PROJECT"), "带有宏"),
        (locked(SOUND), "加了密码"),
        (repacked(SOUND, extra={"xl/vbaProject.bin": b"x"}), "带有宏"),
        (repacked(SOUND, extra={"../../etc/passwd": b"x"}), "文件之外"),
        (repacked(SOUND, extra={"..\\..\\windows\\x": b"x"}), "文件之外"),
        (repacked(SOUND, extra={"/absolute": b"x"}), "文件之外"),
        (repacked(SOUND, extra={"big.bin": bytes(2 * 1024 * 1024)}), "解开后过大"),
    ],
)
def test_what_is_no_sound_table_is_refused_with_its_reason(content, reason):
    assert reason in refused(content)


def test_a_packed_file_that_is_no_workbook_is_refused():
    word = repacked(SOUND, lambda _name, body: body)
    renamed = word.replace(b"xl/workbook.xml", b"wd/workbook.xml")

    assert "不是表格" in refused(renamed)


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(reading, "LARGEST_FILE", 10)

    assert "超过了" in refused(SOUND)


def test_what_unpacks_too_large_as_a_whole_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_WHOLE", 100)

    assert "解开后过大" in refused(SOUND)


def test_two_cells_at_opposite_corners_do_not_claim_all_memory():
    content = repacked(
        workbook(("台账", [["甲"], [1]], ())),
        in_sheet(b'<c r="A2"><v>1</v></c>', b'<c r="XFD1048576"><v>1</v></c>'),
    )

    assert "范围过大" in refused(content)


@given(st.integers(0, 10**6), st.integers(1, 255))
def test_a_workbook_damaged_anywhere_is_read_or_refused_in_words(at, bits):
    content = bytearray(SOUND)
    content[at % len(content)] ^= bits

    with suppress(SheetRefused):
        assert read_book(bytes(content)).sheets


def test_a_sheet_damaged_within_the_packing_is_refused():
    content = bytearray(SOUND)
    name = b"xl/worksheets/sheet1.xml"
    begin = content.index(name) + len(name)
    content[begin : begin + 20] = b"\xff" * 20

    assert "已损坏" in refused(bytes(content))


def test_entities_in_the_parts_are_not_expanded():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'
    content = repacked(SOUND, lambda name, body: bomb if name == "xl/workbook.xml" else body)

    assert "已损坏" in refused(content)


def test_a_workbook_with_nothing_to_see_is_refused():
    assert "没有可见的" in refused(workbook(("空", [], ())))


def test_a_text_in_no_known_encoding_is_refused():
    with pytest.raises(SheetRefused, match="编码认不出"):
        decode(b"\x81")


# --- old workbooks -----------------------------------------------------------------------------------


def test_an_old_workbook_is_read_whatever_it_is_called():
    content = xls([["题目", None], ["姓名", "天数"], ["王　伟", 1.5]], [(0, 0, 0, 1)])

    [sheet] = read_book(content).sheets

    assert sheet.grid == [["题目", None], ["姓名", "天数"], ["王　伟", 1.5]]
    assert sheet.merges == (((0, 0), (0, 1)),)


def test_hidden_sheets_of_an_old_workbook_are_left_aside_too():
    assert read_book(xls([["姓名"], ["王伟"]], hidden=("旧账",))).notices == (
        "隐藏的工作表“旧账”没有导入。",
    )


def test_a_locked_old_workbook_is_refused():
    assert "加了密码" in refused(xls([["姓名"], ["王伟"]], locked=True))


def test_an_old_workbook_that_reaches_too_far_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_CELLS", 3)

    assert "范围过大" in refused(xls([["姓名", "天数"], ["王伟", 1.0]]))


def test_a_text_with_quotes_that_never_end_is_refused():
    long = '姓名,事项\n王伟,"' + "长" * 200_000

    assert "分隔和引号对不上" in refused(long.encode())
