"""Writing a table out: .xlsx, or .csv that spreadsheet programs open in Chinese.

Nothing written is ever taken for a formula. A workbook says so of each cell; in a text file a
cell that begins like a formula gets a mark in front, which reading takes off again.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO
from typing import assert_never

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

type Written = str | date | Decimal | int | float | None

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
WIDEST, NARROWEST = 48, 8
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
FONT = {"font_name": "Microsoft YaHei", "font_size": 10}


@dataclass(frozen=True, slots=True)
class Flaw:
    """A cell to be coloured, with what is wrong in its comment."""

    row: int
    column: int
    reason: str


def to_xlsx(
    title: str,
    titles: Sequence[str],
    rows: Iterable[Sequence[Written]],
    flaws: Iterable[Flaw] = (),
) -> bytes:
    """A workbook of one sheet: a header that stays in sight and repeats in print, landscape A4."""
    content = BytesIO()
    book = Workbook(content, OPTIONS)
    sheet = book.add_worksheet(_sheet_name(title))
    plain, dated, flawed = (
        book.add_format(FONT | {"text_wrap": True, "valign": "top"} | more)
        for more in ({}, {"num_format": "yyyy-mm-dd"}, {"bg_color": "#f6d5cf", "border": 1})
    )
    sheet.write_row(0, 0, titles, book.add_format(FONT | {"bold": True, "bg_color": "#e6efe8"}))
    marked = {(flaw.row, flaw.column): flaw.reason for flaw in flaws}
    widths = [_width(text) for text in titles]
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            reason = marked.get((number, column))
            _write(sheet, (number + 1, column), value, flawed if reason else plain, dated)
            widths[column] = max(widths[column], _width(value))
            if reason:
                sheet.write_comment(number + 1, column, reason)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, max(NARROWEST, min(width + 2, WIDEST)))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P / &N")
    book.close()
    return content.getvalue()


def to_csv(titles: Sequence[str], rows: Iterable[Sequence[Written]]) -> bytes:
    """A text file in UTF-8 with its mark."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(titles)
    writer.writerows([harmless(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def harmless(value: Written) -> str:
    """A value as text that no spreadsheet program takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith((*FORMULA_SIGNS, "'")) else value
    return _as_text(value)


def _as_text(value: date | Decimal | float) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _write(
    sheet: Worksheet, place: tuple[int, int], value: Written, plain: Format, dated: Format
) -> None:
    match value:
        case None:
            sheet.write_blank(*place, None, plain)
        case datetime():
            sheet.write_datetime(*place, value.replace(tzinfo=None), dated)
        case date():
            sheet.write_datetime(*place, datetime.combine(value, time()), dated)
        case Decimal() | int() | float():
            sheet.write_number(*place, float(value), plain)
        case str():
            sheet.write_string(*place, value, plain)
        case _:
            assert_never(value)


def _sheet_name(title: str) -> str:
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:31] or "Sheet1"


def _width(value: Written) -> int:
    text = "" if value is None else str(value)
    first = text.splitlines()[0] if text else ""
    return sum(2 if ord(sign) > ord("\u2000") else 1 for sign in first)
