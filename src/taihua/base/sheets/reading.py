"""From bytes to sheets of cells: what the file is, its content says, never its name."""

import csv
import struct
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO

from django.utils.translation import gettext as _
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from taihua.base.sheets.archive import MOST_CELLS, Survey, survey_archive
from taihua.base.sheets.refusals import SheetRefused

LARGEST_FILE = 20 * 1024 * 1024

PACKED = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_BEGINNING = b"\x09\x08\x10\x00\x00\x06\x05\x00"
ASKS_PASSWORD, SHEET_LISTED = 0x2F, 0x85
FOREIGN = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"MZ", b"\x7fELF")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that shows something in no way the file tells: a formula without its value."""

    reason: str


type Cell = str | int | float | bool | date | datetime | time | timedelta | Unreadable | None
type Grid = list[list[Cell]]
type Merge = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet: its cells from the top left corner, and the areas merged in it."""

    name: str
    grid: Grid
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """The visible sheets of a file, and what had to be left aside."""

    sheets: tuple[Sheet, ...]
    notices: tuple[str, ...] = ()


def read_book(content: bytes) -> Book:
    """Read a file of unknown kind and unknown intent.

    :raises SheetRefused: too large, empty, packed dangerously, locked, with macros, or no table
    """
    if len(content) > LARGEST_FILE:
        raise SheetRefused(
            _("这个文件有 %(size)d MB，超过了 %(limit)d MB。请分成几个文件导入。")
            % {"size": len(content) // 2**20, "limit": LARGEST_FILE // 2**20}
        )
    if not content.strip():
        raise SheetRefused(_("这个文件是空的。"))
    if content.startswith(PACKED):
        return _read_workbook(content, survey_archive(content))
    if content.startswith(COMPOUND):
        _refuse_compound(content)
        return _read_workbook(content, {})
    return Book((Sheet("", _read_text(content)),))


def _refuse_compound(content: bytes) -> None:
    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if holds("EncryptedPackage") or _is_locked(content):
        raise SheetRefused(_("这个文件加了密码。请去掉密码后再上传。"))
    if holds("_VBA_PROJECT"):
        raise SheetRefused(_("这个文件带有宏，不能导入。请另存为不带宏的 .xlsx。"))
    if not holds("Workbook") and not holds("Book"):
        raise SheetRefused(_("这个文件不是表格。请上传 .xlsx、.xls 或 .csv。"))


def _is_locked(content: bytes) -> bool:
    """Whether an old workbook begins by asking for a password, whatever the kind of lock."""
    at = content.find(OLD_BEGINNING)
    while 0 <= at < len(content) - 4:
        kind, size = struct.unpack_from("<HH", content, at)
        if kind in {ASKS_PASSWORD, SHEET_LISTED}:
            return bool(kind == ASKS_PASSWORD)
        at += 4 + size
    return False


def _read_workbook(content: bytes, surveys: dict[str, Survey]) -> Book:
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
            return _visible_sheets(workbook, surveys)
    except PasswordError:
        raise SheetRefused(_("这个文件加了密码。请去掉密码后再上传。")) from None
    except CalamineError:
        raise SheetRefused(
            _("这个文件已损坏，打不开。请用表格软件打开后另存为 .xlsx 再上传。")
        ) from None


def _visible_sheets(workbook: CalamineWorkbook, surveys: dict[str, Survey]) -> Book:
    sheets: list[Sheet] = []
    hidden: list[str] = []
    for about in workbook.sheets_metadata:
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        if about.visible is not SheetVisibleEnum.Visible:
            hidden.append(about.name)
            continue
        sheet = _take_sheet(workbook.get_sheet_by_name(about.name), surveys.get(about.name))
        if sheet.grid:
            sheets.append(sheet)
    if not sheets:
        raise SheetRefused(_("这个文件里没有可见的、有内容的工作表。"))
    notices = [_("隐藏的工作表“%(name)s”没有导入。") % {"name": name} for name in hidden]
    return Book(tuple(sheets), tuple(notices))


def _take_sheet(sheet: CalamineSheet, survey: Survey | None) -> Sheet:
    last_row, last_column = sheet.end or (0, 0)
    if (last_row + 1) * (last_column + 1) > MOST_CELLS:
        raise SheetRefused(_("这张表的范围过大，不能导入。请删去表外的零散单元格。"))
    rows = sheet.to_python(skip_empty_area=False)
    grid: Grid = [[None if cell == "" else cell for cell in row] for row in rows]
    for (row, column), reason in survey.broken.items() if survey else ():
        if row < len(grid) and column < len(grid[row]):
            grid[row][column] = Unreadable(reason)
    return Sheet(sheet.name, grid, tuple(sheet.merged_cell_ranges or ()))


def _read_text(content: bytes) -> Grid:
    text = decode(content)
    if text.lstrip()[:200].lower().startswith(("<html", "<!doctype", "<?xml", "<table", "{", "[")):
        raise SheetRefused(
            _("这个文件其实是网页或程序数据，不是表格。请用表格软件打开后另存为 .xlsx。")
        )
    if any(ord(sign) < ord(" ") and sign not in "\t\r\n\f" for sign in text):
        raise SheetRefused(_("这个文件不是表格。请上传 .xlsx、.xls 或 .csv。"))
    if text.lower().startswith("sep="):
        text = text.partition("\n")[2]
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        return [[_unmarked(cell.strip()) for cell in row] for row in reader]
    except csv.Error:
        raise SheetRefused(
            _("这个文件的分隔和引号对不上。请用表格软件打开后另存为 .xlsx。")
        ) from None


def _unmarked(text: str) -> str | None:
    """A cell without the mark that says: this is text, no formula."""
    marked = text.startswith("'") and text[1:2] in {"=", "+", "-", "@", "'"}
    return (text[1:] if marked else text) or None


def decode(content: bytes) -> str:
    """Decode a text file as Chinese offices save them: UTF-8, UTF-16 with its mark, or GB18030.

    :raises SheetRefused: none of these
    """
    if content.startswith(FOREIGN):
        raise SheetRefused(_("这个文件不是表格。请上传 .xlsx、.xls 或 .csv。"))
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetRefused(_("这个文件的文字编码认不出。请另存为 UTF-8 的 .csv 或 .xlsx。"))


def _delimiter(text: str) -> str:
    lines = [line for line in text.splitlines()[:50] if line.strip()]

    def spread(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines]
        return sum(count > 0 for count in counts), sum(counts)

    return max((",", "\t", ";"), key=spread)
