"""From a table of cells to the rows of a ledger, with every cell that cannot be taken named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from taihua.base.ledger import CellError, Column, Kind, Ledger, Row, Value
from taihua.base.sheets.cells import (
    DITTO,
    NOTHING,
    clean_choice,
    clean_name,
    clean_names,
    clean_number,
    clean_text,
    clean_words,
)
from taihua.base.sheets.days import clean_day
from taihua.base.sheets.reading import Cell, Unreadable
from taihua.base.sheets.refusals import CellRefused
from taihua.base.sheets.table import Line, Table

LONGEST_TEXT = 200
LONGEST_WORDS = 5000
HIDDEN = "〔本人〕"
TOKEN = re.compile(r"t-[0-9a-f]{20}")


@dataclass(frozen=True, slots=True)
class Intake:
    """The rows of a table; ``lines`` says where each stood. A cell in error is ``None`` in its row."""

    rows: list[Row]
    lines: list[Line]
    errors: list[CellError]
    notices: list[CellError]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader of a sheet knows besides it: the day it is, the year that dates leave out."""

    today: date
    year: int | None = None


def take_in(ledger: Ledger, table: Table, columns: Mapping[int, str], reading: Reading) -> Intake:
    """Clean every cell; ``columns`` says which position is which column of the ledger."""
    intake = Intake([], list(table.lines), [], [])
    places = {code: position for position, code in columns.items()}
    for line in table.lines:
        _take_row(ledger, {code: line.cells[at] for code, at in places.items()}, reading, intake)
    return intake


def take_cells(ledger: Ledger, cells: Mapping[str, Cell], reading: Reading) -> Intake:
    """Clean the cells of a single row, as a form brings them."""
    intake = Intake([], [Line("", 1, ())], [], [])
    _take_row(ledger, cells, reading, intake)
    return intake


def _take_row(ledger: Ledger, cells: Mapping[str, Cell], reading: Reading, intake: Intake) -> None:
    row: Row = {}
    index = len(intake.rows)
    for column in ledger.columns:
        cell = cells.get(column.code)
        told = CellError(index, column.code, shown(column, cell), "")
        try:
            row[column.code], notice = _clean(column, cell, reading)
            if notice:
                intake.notices.append(replace(told, reason=notice))
        except CellRefused as refusal:
            row[column.code] = None
            intake.errors.append(replace(told, reason=refusal.reason, mend=refusal.mend))
        else:
            if column.required and row[column.code] in (None, ()):
                reason = _("没有填%(title)s。") % {"title": column.title}
                intake.errors.append(replace(told, reason=reason, mend=_("请补上。")))
    _conceal(ledger, row)
    intake.rows.append(row)


def _clean(column: Column, cell: Cell, reading: Reading) -> tuple[Value, str]:
    """The value of a cell, and what the clerk should know about how it was taken."""
    if isinstance(cell, str) and cell.strip() in column.blanks:
        return None, ""
    _refuse_ditto(cell)
    match column.kind:
        case Kind.DAY:
            return _clean_day(column, cell, reading)
        case Kind.NUMBER:
            return clean_number(cell, column.most), ""
        case Kind.CHOICE:
            return clean_choice(cell, column.choices, column.alike), ""
        case Kind.PEOPLE:
            return clean_names(cell), ""
        case Kind.WORDS:
            return _short(clean_words(cell), LONGEST_WORDS), ""
        case Kind.TEXT:
            return _short(clean_text(cell), LONGEST_TEXT), ""
    name = _short(clean_name(cell), LONGEST_TEXT)
    return (None if name in NOTHING else name), ""


def _refuse_ditto(cell: Cell) -> None:
    """A sign that points to the row above points elsewhere once rows are sorted or left out."""
    if isinstance(cell, str) and cell.strip() in DITTO:
        raise CellRefused(
            _("“%(text)s”没有写明是什么。") % {"text": cell.strip()}, _("请把内容再写一遍。")
        )


def _clean_day(column: Column, cell: Cell, reading: Reading) -> tuple[Value, str]:
    read = clean_day(cell, reading.year)
    if read is None:
        return None, ""
    if column.past and read.day > reading.today:
        raise CellRefused(
            _("%(day)s 还没有到。") % {"day": read.day}, _("台账只记已经发生的事，请核对日期。")
        )
    return read.day, _("只写到月，按当月 1 日记。") if read.month_only else ""


def _short(text: str | None, longest: int) -> str | None:
    if text is not None and len(text) > longest:
        raise CellRefused(
            _("内容超过 %(longest)d 个字。") % {"longest": longest}, _("请写得短一些。")
        )
    return text


def shown(column: Column, cell: Cell) -> str:
    """A cell as it may be shown beside its error; a name that must stay secret is not."""
    if cell is None or column.kind is Kind.TOKEN:
        return ""
    if isinstance(cell, Unreadable):
        return _("公式")
    whole = isinstance(cell, float) and cell.is_integer()
    return f"{cell:.0f}" if whole else str(cell)[:40]


def _conceal(ledger: Ledger, row: Row) -> None:
    """Put a token in the place of each name that must not be kept; what is a token stays."""
    for column in ledger.columns:
        name = row.get(column.code)
        if column.kind is not Kind.TOKEN or not isinstance(name, str) or TOKEN.fullmatch(name):
            continue
        if ledger.conceal is None:
            raise LookupError(f"ledger {ledger.code} has names to conceal and no way to do it")
        within = row.get(column.within) if column.within else None
        row[column.code] = ledger.conceal(f"{within}|{name}" if within else name)
        _hide(name, row)


def _hide(name: str, row: Row) -> None:
    """Take a name that must not be kept out of the other cells of its row too.

    A single character is no name, and stands in too many words.
    """
    if len(name) < 2:  # noqa: PLR2004
        return
    for code, value in row.items():
        if isinstance(value, str) and name in value and not TOKEN.fullmatch(value):
            row[code] = value.replace(name, HIDDEN)
