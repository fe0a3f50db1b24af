"""What a packed workbook (.xlsx) is allowed to be, told before anything is unpacked.

The reader behind us lays a sheet out as a full rectangle: two cells at opposite corners would
claim all memory. So the cells are looked over here first, as text, one part at a time.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import chain, islice
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from taihua.base.packed import UNREADABLE
from taihua.base.sheets.refusals import SheetRefused

LARGEST_PART = 80 * 1024 * 1024
LARGEST_WHOLE = 160 * 1024 * 1024
LARGEST_RATIO = 250
SMALL_PART = 1024 * 1024  # below this a high ratio is harmless
MOST_PARTS = 2000
MOST_CELLS = 3_000_000

CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(/?)>")
PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)[\s/>]")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
FAILED = re.compile(rb'\bt="e"')
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class Survey:
    """What was seen in one sheet: how far it reaches, and which cells (from 0, 0) tell no value."""

    rows: int
    columns: int
    broken: dict[tuple[int, int], str]


def survey_archive(content: bytes) -> dict[str, Survey]:
    """Look over a packed workbook; the answer is by sheet name.

    :raises SheetRefused: bomb, foreign path, macros, encryption, or no workbook at all
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _refuse_dangerous(archive)
            return {name: _survey_part(archive.read(part)) for name, part in _sheet_parts(archive)}
    except (*UNREADABLE, KeyError, ParseError, DefusedXmlException):
        raise SheetRefused(
            _("这个文件已损坏，打不开。请用表格软件打开后另存为 .xlsx 再上传。")
        ) from None


def _refuse_dangerous(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(_leads_outside(name) for name in names):
        raise SheetRefused(_("这个文件的内部路径指向文件之外，不能导入。"))
    if any(part.flag_bits & 0x1 for part in parts):
        raise SheetRefused(_("这个文件加了密码。请去掉密码后再上传。"))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise SheetRefused(_("这个文件带有宏，不能导入。请另存为不带宏的 .xlsx。"))
    if "xl/workbook.xml" not in names:
        raise SheetRefused(_("这个文件不是表格。请上传 .xlsx、.xls 或 .csv。"))
    if len(parts) > MOST_PARTS or _is_bomb(parts):
        raise SheetRefused(_("这个文件解开后过大，不能导入。请只保留要导入的那张表。"))


def _leads_outside(name: str) -> bool:
    plain = name.replace("\\", "/")
    return plain.startswith("/") or ".." in plain.split("/") or ":" in plain


def _is_bomb(parts: list[zipfile.ZipInfo]) -> bool:
    if sum(part.file_size for part in parts) > LARGEST_WHOLE:
        return True
    return any(
        part.file_size > LARGEST_PART
        or (
            part.file_size > SMALL_PART
            and part.file_size > LARGEST_RATIO * max(part.compress_size, 1)
        )
        for part in parts
    )


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for sheet in _named(fromstring(archive.read("xl/workbook.xml")), "sheet"):
        target = targets.get(sheet.get(RELATION), "")
        part = posixpath.normpath(posixpath.join("xl", target)).lstrip("/")
        if "worksheets" in part:
            yield sheet.get("name", ""), part


def _named(root: Element, name: str) -> Iterator[Element]:
    return (node for node in root.iter() if node.tag.rpartition("}")[2] == name)


def _survey_part(xml: bytes) -> Survey:
    rows = columns = 0
    broken: dict[tuple[int, int], str] = {}
    for place, attributes, inner in _cells(xml):
        row, column = int(place[2]), _column_number(place[1])
        rows, columns = max(rows, row), max(columns, column)
        if FAILED.search(attributes):
            broken[row - 1, column - 1] = _("这一格的公式算出的是错误值。")
        elif FORMULA.search(inner) and not VALUE.search(inner):
            broken[row - 1, column - 1] = _("这一格是公式，文件里没有存下它的结果。")
    if rows * columns > MOST_CELLS:
        raise SheetRefused(_("这张表的范围过大，不能导入。请删去表外的零散单元格。"))
    return Survey(rows, columns, broken)


def _cells(xml: bytes) -> Iterator[tuple[re.Match[bytes], bytes, bytes]]:
    """The cells with something in them: place, attributes, and what stands up to the next."""
    ends = chain((cell.start() for cell in islice(CELL.finditer(xml), 1, None)), [len(xml)])
    for cell, end in zip(CELL.finditer(xml), ends, strict=False):
        place = PLACE.search(cell[1])
        if place is not None and not cell[2]:
            yield place, cell[1], xml[cell.end() : end]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
