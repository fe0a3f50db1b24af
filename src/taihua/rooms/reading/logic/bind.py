"""Writing an EPUB 3 from plain paragraphs, the same bytes every time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from io import BytesIO
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from taihua.rooms.reading.logic.archive import MIMETYPE
from taihua.rooms.reading.logic.package import CONTAINER

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
PAGE = (
    DECLARATION
    + '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    ' lang="{language}" xml:lang="{language}"><head><title>{title}</title></head>'
    "<body>{body}</body></html>"
)
CONTAINER_XML = (
    DECLARATION
    + '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="book/package.opf"'
    ' media-type="application/oebps-package+xml"/></rootfiles></container>'
)


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text to be bound; each chapter is a title and its paragraphs."""

    title: str
    author: str
    chapters: tuple[tuple[str, tuple[str, ...]], ...]
    modified: datetime
    language: str = "zh-Hans"


def bind(book: Manuscript) -> bytes:
    """Bind a manuscript; binding it again gives the same bytes, so that it is known again."""
    files = {
        CONTAINER: CONTAINER_XML,
        "book/package.opf": _package(book),
        "book/nav.xhtml": _nav(book),
    }
    for number, (title, paragraphs) in enumerate(book.chapters, start=1):
        body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
        files[f"book/{number}.xhtml"] = _page(book, title, f"<h1>{escape(title)}</h1>{body}")
    return pack(files)


def pack(files: Mapping[str, str]) -> bytes:
    """The files of an EPUB as one, without a time of packing: the same files give the same bytes."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr(ZipInfo("mimetype"), MIMETYPE, ZIP_STORED)
        for name, content in files.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return packed.getvalue()


def _page(book: Manuscript, title: str, body: str) -> str:
    return PAGE.format(language=book.language, title=escape(title), body=body)


def _nav(book: Manuscript) -> str:
    links = "".join(
        f'<li><a href="{number}.xhtml">{escape(title)}</a></li>'
        for number, (title, _) in enumerate(book.chapters, start=1)
    )
    return _page(book, book.title, f'<nav epub:type="toc"><h1>目录</h1><ol>{links}</ol></nav>')


def _package(book: Manuscript) -> str:
    numbers = range(1, len(book.chapters) + 1)
    items = "".join(
        f'<item id="c{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>' for n in numbers
    )
    refs = "".join(f'<itemref idref="c{n}"/>' for n in numbers)
    moment = book.modified.strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        DECLARATION + '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"'
        f' unique-identifier="id" xml:lang="{book.language}">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">urn:uuid:{uuid5(NAMESPACE_URL, book.title)}</dc:identifier>'
        f"<dc:title>{escape(book.title)}</dc:title><dc:creator>{escape(book.author)}</dc:creator>"
        f"<dc:language>{book.language}</dc:language>"
        f'<meta property="dcterms:modified">{moment}</meta></metadata>'
        '<manifest><item id="nav" href="nav.xhtml" properties="nav"'
        f' media-type="application/xhtml+xml"/>{items}</manifest><spine>{refs}</spine></package>'
    )
