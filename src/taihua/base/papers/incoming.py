"""The words of a Word file that somebody brings: paragraphs, headings, tables as lines.

Its body is XML in a packed file; read as such, with the traps of foreign XML shut.
"""

from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from taihua.base.packed import UNREADABLE

LARGEST = 20 * 1024 * 1024
LARGEST_BODY = 20 * 1024 * 1024
BODY = "word/document.xml"
SPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BREAKS = {f"{SPACE}br", f"{SPACE}cr"}
# What was struck out under "track changes", and the words beside the text.
PASSED_OVER = {f"{SPACE}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sectPr", "tblPr")}


class WordUnreadable(Exception):
    """The bytes are no Word file that can be read."""


def read_docx(content: bytes) -> list[str]:
    """The lines of a Word file in their order; a row of a table is a line, a bullet begins ``- ``.

    :raises WordUnreadable: no .docx, locked, damaged, or larger than a text is
    """
    if len(content) > LARGEST:
        raise WordUnreadable("too large")
    try:
        with ZipFile(BytesIO(content)) as packed:
            if packed.getinfo(BODY).file_size > LARGEST_BODY:
                raise WordUnreadable("too large")
            body = fromstring(packed.read(BODY)).find(f"{SPACE}body")
    except (*UNREADABLE, KeyError, ParseError, DefusedXmlException):
        raise WordUnreadable("no Word file") from None
    return [] if body is None else [line for line in _lines(body) if line]


def _lines(block: Element) -> Iterator[str]:
    for part in block:
        if part.tag == f"{SPACE}p":
            mark = "- " if _is_bullet(part) else ""
            for line in _text(part).splitlines():
                yield f"{mark}{line.strip()}" if line.strip() else ""
        elif part.tag == f"{SPACE}tr":
            cells = (" ".join(_lines(cell)) for cell in part.iter(f"{SPACE}tc"))
            yield "　".join(filter(None, cells))
        elif part.tag not in PASSED_OVER:
            yield from _lines(part)


def _is_bullet(paragraph: Element) -> bool:
    style = paragraph.find(f"{SPACE}pPr/{SPACE}pStyle")
    return style is not None and (style.get(f"{SPACE}val") or "").startswith("ListBullet")


def _text(part: Element) -> str:
    if part.tag == f"{SPACE}t":
        return part.text or ""
    if part.tag in BREAKS:
        return "\n"
    if part.tag == f"{SPACE}tab":
        return " "
    return "" if part.tag in PASSED_OVER else "".join(map(_text, part))
