"""From sheets to one table: where the header is, which rows are data, what was left aside."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from taihua.base.sheets.matching import Names, match_titles, squeeze
from taihua.base.sheets.reading import Book, Cell, Grid, Sheet
from taihua.base.sheets.refusals import SheetRefused

HEADER_WITHIN = 20
TALLEST_HEADER = 3
TOTAL = re.compile(
    r"(第?[\d本当全上下一二三四五六七八九十]*(页|月|年|季度|学期|学年|区|县|校))?"
    r"(合计|总计|小计|共计|累计|总合计)(数|人次|人数|金额)?[:：]?共?[\d.,]*[人次天元名户场份本节]*"
)
SUBTITLE = re.compile(r"[（(]?[一二三四五六七八九十]+[）)]?[、.．]\S+")
FOOTER = re.compile(
    r"(填报|填表|制表|审核|负责|经办|统计|复核|联系|主管)(单位|人|部门|日期|时间|领导|电话)|注[:：]|说明[:：]|备注[:：]|单位[（(]?(盖章|公章|签章)"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of data and where it stands in the file, counted from 1 as the screen shows it."""

    sheet: str
    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The header's titles and the rows under it."""

    titles: tuple[str, ...]
    lines: tuple[Line, ...]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """Which rows of a grid are the header, and what it says above each column."""

    first: int
    height: int
    titles: tuple[str, ...]
    known: int


def find_table(book: Book, names: Names) -> Table:
    """Find the table that bears the most of ``names`` (column code → titles it goes by).

    Sheets with the same columns, in whatever order, are read one after the other; others are left
    aside and named.

    :raises SheetRefused: no row looks like a header, or there is nothing under it
    """
    headers = [(sheet, header) for sheet in book.sheets if (header := find_header(sheet, names))]
    if not headers:
        raise SheetRefused(_("没有找到表头。请保留写着各列名称的那一行。"))
    best = max((header for _sheet, header in headers), key=lambda header: header.known)
    lines: list[Line] = []
    notices = list(book.notices)
    for sheet in book.sheets:
        header = next((found for of, found in headers if of is sheet), None)
        order = _order(header.titles, best.titles, names) if header else None
        if header is None or order is None:
            notices.append(_("工作表“%(name)s”的表头不同，没有导入。") % {"name": sheet.name})
            continue
        taken, dropped = _data_lines(sheet, header, named=len(book.sheets) > 1)
        lines += [replace(line, cells=_ordered(line.cells, order)) for line in taken]
        notices += dropped
    if not lines:
        raise SheetRefused(_("表头下面没有数据。"))
    return Table(best.titles, tuple(lines), tuple(notices))


def _order(titles: Sequence[str], wanted: Sequence[str], names: Names) -> list[int | None] | None:
    """Where each of the ``wanted`` titles stands among ``titles``; None when they do not agree.

    They agree when both have the same columns and the one has no other title that asks for an answer.
    """
    if titles == wanted:
        return list(range(len(wanted)))
    here, there = match_titles(titles, names), match_titles(wanted, names)
    if set(here.columns.values()) != set(there.columns.values()):
        return None
    if not {titles[at] for at in here.open} <= set(wanted):
        return None
    places = {code: at for at, code in here.columns.items()} | {
        title: at for at, title in enumerate(titles) if at not in here.columns
    }
    return [places.get(there.columns.get(at, title)) for at, title in enumerate(wanted)]


def _ordered(cells: Sequence[Cell], order: Sequence[int | None]) -> tuple[Cell, ...]:
    return tuple(None if at is None else cells[at] for at in order)


def find_header(sheet: Sheet, names: Names) -> Header | None:
    """The rows of ``sheet`` that name its columns, one to three high."""
    grid = _spread_merges(sheet, range(HEADER_WITHIN + TALLEST_HEADER), down=True)
    found: Header | None = None
    for first in range(min(HEADER_WITHIN, len(grid))):
        if not _may_begin(grid[first]):
            continue
        least = _merged_height(sheet, first)
        for height in range(least, TALLEST_HEADER + 1):
            rows = grid[first : first + height]
            if len(rows) < height or not all(_is_wording(row) for row in rows[1:]):
                break
            titles = _titles(rows)
            header = Header(first, height, titles, len(match_titles(titles, names).columns))
            if found is None or header.known > found.known:
                found = header
    return found


def _may_begin(row: Sequence[Cell]) -> bool:
    """A title row has one thing to say, a row of particulars has colons, a header has neither."""
    said = {squeeze(cell) for cell in row if isinstance(cell, str)} - {""}
    named = [text for text in said if not re.search(r"[:：]", text)]
    others = [cell for cell in row if cell is not None and not isinstance(cell, str)]
    return len(named) > 1 and len(others) <= len(named)


def _is_wording(row: Sequence[Cell]) -> bool:
    return all(
        cell is None or (isinstance(cell, str) and not re.search(r"\d{2}", cell)) for cell in row
    )


def _merged_height(sheet: Sheet, first: int) -> int:
    heights = [1]
    for (top, left), (bottom, right) in sheet.merges:
        if top == first:
            heights.append(bottom - top + 1 if bottom > top else 1 + (right > left))
    return min(max(heights), TALLEST_HEADER)


def _titles(rows: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    width = max(len(row) for row in rows)
    titles = []
    for column in range(width):
        parts = (squeeze(row[column]) for row in rows if column < len(row))
        titles.append("/".join(dict.fromkeys(part for part in parts if part)))
    while titles and not titles[-1]:
        titles.pop()
    return tuple(titles)


def _spread_merges(sheet: Sheet, rows: range, *, down: bool) -> Grid:
    """A copy of the grid in which merged areas bear their value in every cell.

    With ``down`` false only what is merged across rows in one column is filled: a note merged
    across columns is one note.
    """
    grid = [list(row) for row in sheet.grid]
    for (top, left), (bottom, right) in sheet.merges:
        if top not in rows or (not down and right > left):
            continue
        value = grid[top][left] if top < len(grid) and left < len(grid[top]) else None
        for row in range(top, min(bottom + 1, len(grid))):
            for column in range(left, min(right + 1, len(grid[row]))):
                grid[row][column] = value
    return grid


def _data_lines(sheet: Sheet, header: Header, *, named: bool) -> tuple[list[Line], list[str]]:
    start = header.first + header.height
    grid = _spread_merges(sheet, range(start, len(sheet.grid)), down=False)
    lines: list[Line] = []
    dropped: dict[str, list[str]] = defaultdict(list)
    width = len(header.titles)
    for number, row in enumerate(grid[start:], start + 1):
        cells = (*row[:width], *[None] * (width - len(row)))
        if all(cell is None or cell == "" for cell in cells) or _repeats(cells, header):
            continue
        if idle := _idle(cells):
            dropped[idle].append(str(number))
        else:
            lines.append(Line(sheet.name, number, cells))
    where = f"{sheet.name}：" if named else ""
    return lines, [
        where
        + _("第 %(numbers)s 行是%(what)s，没有导入。")
        % {"numbers": "、".join(numbers), "what": what}
        for what, numbers in dropped.items()
    ]


def _repeats(cells: Sequence[Cell], header: Header) -> bool:
    """Whether a row is (a part of) the header again, as at the top of each printed page."""
    told = zip(cells, header.titles, strict=True)
    return all(cell is None or squeeze(cell) in title.split("/") for cell, title in told)


def _idle(cells: Sequence[Cell]) -> str:
    """What a row is that is no data: in words, or empty for a row of data."""
    if _is_total(cells):
        return _("合计行")
    if _is_footer(cells):
        return _("表尾说明")
    filled = [cell for cell in cells if cell is not None]
    if len(filled) == 1 and SUBTITLE.fullmatch(squeeze(filled[0])):
        return _("小标题")
    return ""


def _is_total(cells: Sequence[Cell]) -> bool:
    said = [text for cell in cells if (text := squeeze(cell)) and not text.isdecimal()]
    return bool(said) and TOTAL.fullmatch(said[0]) is not None


def _is_footer(cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in cells if cell is not None]
    first = filled[0]
    if not isinstance(first, str):
        return False
    labelled = [cell for cell in filled if isinstance(cell, str) and FOOTER.match(squeeze(cell))]
    return bool(labelled) and (labelled[0] == first) and len(filled) <= 2 * len(labelled)
