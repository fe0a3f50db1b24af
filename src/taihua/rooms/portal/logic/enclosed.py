"""What a file that is offered for download says, as far as a machine reads it without its program.

Enough to look for numbers that must not be public; hidden sheets and what was struck out count too.
"""

import codecs
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePath
from zipfile import ZipFile

from taihua.base.packed import UNREADABLE
from taihua.rooms.portal.logic.old_pages import decode
from taihua.rooms.portal.logic.words import to_plain

PACKED = {".docx", ".xlsx", ".pptx", ".epub", ".zip"}
OLD_OFFICE = {".doc", ".xls", ".ppt"}
PAGES = {".html", ".htm", ".xhtml"}
PLAIN = {".txt", ".csv"}
# Shapes, pictures and lists of what is in a packed file.
PASSED_OVER = {
    "", ".css", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".emf", ".wmf", ".bin", ".vml", ".rels", ".opf",
    ".ncx",
}  # fmt: skip
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LARGEST = 100 * 1024 * 1024  # unpacked
DEEPEST = 2  # a file in a packed file in a packed file
APART = " | "  # no number goes on behind it
OFFICE = re.compile(
    r"<(?:\w+:)?(?:t|v|delText)(?:\s[^>]*)?>([^<]*)(?=<)|</(?:\w+:)?(?:p|si|is|v|c|tc)>|<w:(tab|br)\b"
)
DIGITS = re.compile(rb"[\dXx][\dXx \-]{10,}|(?:[\dXx]\x00[ \-]?\x00?){11,}")


def read(name: str, content: bytes) -> tuple[str, bool]:
    """The words in a file, and whether these are all: if not, somebody has to open it and look."""
    said = list(_parts(name, content, DEEPEST))
    return APART.join(each for each in said if each is not None), None not in said


def _parts(name: str, content: bytes, deep: int) -> Iterator[str | None]:
    """The words of a file part by part; ``None`` for what no machine reads here."""
    ending = PurePath(name).suffix.lower()
    if ending in PACKED and deep:
        yield from _unpacked(content, deep - 1)
    elif ending in PAGES:
        yield to_plain(decode(content))
    elif ending in PLAIN:
        yield decode(content)
    elif ending == ".xml" and not content.startswith(UTF_16):
        yield _office(content.decode("utf-8", "replace"))
    elif ending in OLD_OFFICE:
        # Words lie in them as they are, in one or two bytes a sign, among much that is none.
        yield APART.join(
            each.replace(b"\0", b"").decode("ascii") for each in DIGITS.findall(content)
        )
    elif ending not in PASSED_OVER:
        yield None


def _unpacked(content: bytes, deep: int) -> Iterator[str | None]:
    try:
        with ZipFile(BytesIO(content)) as packed:
            parts = [part for part in packed.infolist() if not part.is_dir()]
            if sum(part.file_size for part in parts) > LARGEST:
                yield None
                return
            for part in parts:
                yield part.filename
                yield from _parts(part.filename, packed.read(part), deep)
    except UNREADABLE:
        yield None


def _office(markup: str) -> str:
    """The words of a part of a Word, Excel or PowerPoint file: cells and paragraphs stand apart."""
    return "".join(
        each[1] if each[1] is not None else " " if each[2] else APART
        for each in OFFICE.finditer(markup)
    )
