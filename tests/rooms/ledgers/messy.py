"""Ledgers of visits as the offices of a district really send them."""

from datetime import date

from tests.base.sheets.files import workbook
from tests.rooms.ledgers.browsing import HEADER

BLANK = (None,) * len(HEADER)
NOVEMBER = ("林知远", "2013-11-04", "苔花一小", 1, "课堂教学")
OCTOBER = ("周明", "2013-10-05", "苔花二小", 0.5, "校园安全")


def filled(*said):
    """A row that says these things and then nothing."""
    return (*said, *BLANK[len(said) :])


def book(*rows, merges=(), name="台账"):
    """A workbook of one sheet."""
    return workbook((name, [list(row) for row in rows], list(merges)))


def numbered(*rows):
    """Rows with a running number in front, as every ledger has it."""
    return [("序号", *rows[0]), *((at, *row) for at, row in enumerate(rows[1:], 1))]


def with_titles_above():
    """A merged title, a line about the sender, an empty row, then the header."""
    return book(
        filled("苔花区教育局 2013 年下基层调研台账"),
        ("填报单位：办公室", None, "2013 年 11 月", None, "单位：天"),
        BLANK,
        HEADER,
        NOVEMBER,
        OCTOBER,
        merges=[(0, 0, 0, len(HEADER) - 1)],
    )


def with_notes_above():
    """Instructions of the office that sent the form out, each in a merged row."""
    notes = ["一、请于每月 25 日前报送。", "二、半天按 0.5 天填写。", "三、联系电话：85800000"]
    return book(
        *map(filled, notes),
        HEADER,
        NOVEMBER,
        OCTOBER,
        merges=[(at, 0, at, len(HEADER) - 1) for at in range(len(notes))],
    )


def with_two_header_rows():
    """A header of two rows: 调研情况 spans three columns, the others are merged downwards."""
    return book(
        ("姓名", "日期", "调研情况", None, None),
        (None, None, "调研单位", "天数", "调研主题"),
        NOVEMBER,
        OCTOBER,
        merges=[(0, 2, 0, 4), (0, 0, 1, 0), (0, 1, 1, 1)],
    )


def with_totals_below():
    """A subtotal in the middle, a total and the signatures at the bottom."""
    return book(
        *numbered(HEADER, NOVEMBER),
        (None, "11月小计", None, None, 1, None),
        (2, *OCTOBER),
        ("合 计", None, None, None, 1.5, None),
        ("填表人：苏禾", None, None, "审核人：林知远", None, None),
        ("备注：天数按半天计。", None, None, None, None, None),
    )


def with_a_total_that_counts():
    """The total is written out in words in the first cell."""
    return book(*numbered(HEADER, NOVEMBER, OCTOBER), ("合计：2人次", *BLANK))


def with_rows_between():
    """Subtitles of parts, empty rows, and the header once more on the second printed page."""
    return book(
        HEADER,
        filled("一、领导班子"),
        NOVEMBER,
        BLANK,
        HEADER,
        filled("二、科室"),
        OCTOBER,
        *[BLANK] * 40,
    )


def with_a_name_merged_over_its_rows():
    """One name beside two visits."""
    return book(
        HEADER, NOVEMBER, (None, "2013-10-05", "苔花二小", 1, "安全"), merges=[(1, 0, 2, 0)]
    )


def with_spaces_everywhere():
    """Titles and names spaced out to look even, blanks behind everything."""
    return book(
        ("姓　名 ", "日 期", "调研单位（地点）", "天数\n（天）", "调研主题*"),
        (" 林　知远", " 2013-11-04 ", "苔花 一小 ", " 1 ", "课堂教学 "),
        ("周\u200b明", "2013-10-05\n", "苔花二小\t", "0.5天", "校园安全\u3000"),
    )


def in_sheets_by_month():
    """A sheet a month, the second with a running number, and a page of explanations."""
    return workbook(
        ("十一月", [HEADER, NOVEMBER], []),
        ("十月", numbered(HEADER, OCTOBER), []),
        ("填表说明", [["填表说明"], ["每次调研填一行。"]], []),
    )


def with_columns_the_other_way():
    """The columns from right to left."""
    return book(HEADER[::-1], NOVEMBER[::-1], OCTOBER[::-1])


def with_days_of_the_program():
    """Days that the program keeps as days and as bare numbers."""
    return book(
        HEADER,
        (NOVEMBER[0], date(2013, 11, 4), *NOVEMBER[2:]),
        (OCTOBER[0], 41552, *OCTOBER[2:]),
    )


UNDERSTOOD = [
    with_titles_above,
    with_notes_above,
    with_two_header_rows,
    with_totals_below,
    with_a_total_that_counts,
    with_rows_between,
    with_spaces_everywhere,
    in_sheets_by_month,
    with_columns_the_other_way,
    with_days_of_the_program,
]
