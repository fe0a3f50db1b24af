"""A volume of the anthology as an EPUB 3.3, the same bytes every time (文集)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from uuid import NAMESPACE_URL, uuid5

from taihua.base.papers.book import BoundVolume, Piece
from taihua.rooms.reading.logic.bind import CONTAINER_XML, DECLARATION, pack
from taihua.rooms.reading.logic.package import CONTAINER

LANGUAGE = "zh-Hans"
PAGE = (
    DECLARATION
    + '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    f' lang="{LANGUAGE}" xml:lang="{LANGUAGE}"><head><title>{{title}}</title>'
    '<link rel="stylesheet" type="text/css" href="book.css"/></head>'
    '<body epub:type="{kind}">{body}</body></html>'
)
STYLE = (
    "body{line-height:1.75}p{margin:0;text-indent:2em}h1,h2{text-align:center;font-weight:bold}"
    ".by,.plain{text-align:center;text-indent:0}.plain{margin:2em 0}dt{font-weight:bold}"
)
COVER = (
    DECLARATION + '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 170 240" width="850"'
    ' height="1200"><title>{title}</title><rect width="170" height="240" fill="#fbfaf6"/>'
    '<rect width="170" height="96" fill="#2f5d46"/>'
    '<text x="20" y="60" font-size="13" fill="#ffffff">{title}</text>'
    '<text x="20" y="118" font-size="8" fill="#1f2421">{subtitle}</text>'
    '<text x="20" y="214" font-size="5" fill="#5b625d">{publisher}</text></svg>'
)
READABLE = (
    ("schema:accessMode", "textual"),
    ("schema:accessModeSufficient", "textual"),
    ("schema:accessibilityFeature", "structuralNavigation"),
    ("schema:accessibilityFeature", "tableOfContents"),
    ("schema:accessibilityFeature", "readingOrder"),
    ("schema:accessibilityHazard", "none"),
    ("schema:accessibilitySummary", "全书为可放大、可朗读的文字。"),
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One file of the book: its name, its heading in the contents, and what kind of page it is."""

    name: str
    title: str
    body: str
    kind: str = "bodymatter"


def bind_volume(volume: BoundVolume) -> bytes:
    """Bind a volume; binding it again in a later year gives the same bytes."""
    leaves = list(_leaves(volume))
    files = {
        CONTAINER: CONTAINER_XML,
        "book/package.opf": _package(volume, leaves),
        "book/nav.xhtml": _nav(volume),
        "book/book.css": STYLE,
        "book/cover.svg": COVER.format(
            title=escape(volume.title),
            subtitle=escape(volume.subtitle),
            publisher=escape(volume.publisher),
        ),
    }
    for leaf in leaves:
        files[f"book/{leaf.name}"] = PAGE.format(
            title=escape(leaf.title), kind=leaf.kind, body=leaf.body
        )
    return pack(files)


def _leaves(volume: BoundVolume) -> Iterator[Leaf]:
    whole = f"{volume.title} {volume.subtitle}"
    front = f"<h1>{escape(whole)}</h1>" + f'<p class="plain">{escape(volume.publisher)}</p>'
    yield Leaf("title.xhtml", whole, front, "frontmatter")
    if volume.preface:
        yield Leaf("preface.xhtml", "序", _text("序", volume.preface), "frontmatter")
    number = 0
    for place, part in enumerate(volume.parts, start=1):
        yield Leaf(f"part-{place}.xhtml", part.title, f"<h1>{escape(part.title)}</h1>")
        for piece in part.pieces:
            number += 1
            yield Leaf(f"piece-{number}.xhtml", piece.title, _piece(piece))
    yield Leaf("authors.xhtml", "作者索引", _authors(volume), "backmatter")
    lines = "".join(f"<dt>{escape(n)}</dt><dd>{escape(v)}</dd>" for n, v in volume.colophon)
    if lines:
        yield Leaf("colophon.xhtml", "版权页", f"<h1>版权页</h1><dl>{lines}</dl>", "backmatter")


def _text(title: str, paragraphs: Iterable[str]) -> str:
    return f"<h1>{escape(title)}</h1>" + "".join(f"<p>{escape(each)}</p>" for each in paragraphs)


def _piece(piece: Piece) -> str:
    by = f'<p class="by">{escape(f"{piece.unit} {piece.byline}".strip())}</p>'
    body = "".join(f"<p>{escape(each)}</p>" for each in piece.paragraphs)
    return f"<h2>{escape(piece.title)}</h2>{by}{body}"


def _authors(volume: BoundVolume) -> str:
    pieces = volume.pieces
    rows = "".join(
        f"<dt>{escape(name)}</dt>"
        + "".join(
            f'<dd><a href="piece-{number}.xhtml">{escape(pieces[number - 1].title)}</a></dd>'
            for number in numbers
        )
        for name, numbers in volume.authors
    )
    return "<h1>作者索引</h1>" + (f"<dl>{rows}</dl>" if rows else "")


def _nav(volume: BoundVolume) -> str:
    number = 0
    items = [_link("preface.xhtml", "序")] if volume.preface else []
    for place, part in enumerate(volume.parts, start=1):
        inner = "".join(
            _link(f"piece-{number + offset}.xhtml", f"{piece.title} {piece.byline}")
            for offset, piece in enumerate(part.pieces, start=1)
        )
        number += len(part.pieces)
        items.append(_link(f"part-{place}.xhtml", part.title, f"<ol>{inner}</ol>" if inner else ""))
    items.append(_link("authors.xhtml", "作者索引"))
    body = f'<nav epub:type="toc"><h1>目录</h1><ol>{"".join(items)}</ol></nav>'
    return PAGE.format(title="目录", kind="frontmatter", body=body)


def _link(name: str, title: str, inner: str = "") -> str:
    return f'<li><a href="{name}">{escape(title)}</a>{inner}</li>'


def _package(volume: BoundVolume, leaves: list[Leaf]) -> str:
    whole = f"{volume.title} {volume.subtitle}"
    items = "".join(
        f'<item id="{leaf.name[:-6]}" href="{leaf.name}" media-type="application/xhtml+xml"/>'
        for leaf in leaves
    )
    refs = "".join(f'<itemref idref="{leaf.name[:-6]}"/>' for leaf in leaves)
    creators = "".join(
        f"<dc:creator>{escape(name)}</dc:creator>" for name, _numbers in volume.authors
    )
    readable = "".join(f'<meta property="{name}">{value}</meta>' for name, value in READABLE)
    name = f"{volume.publisher} {whole}"
    return (
        DECLARATION + '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"'
        f' unique-identifier="id" xml:lang="{LANGUAGE}">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">urn:uuid:{uuid5(NAMESPACE_URL, name)}</dc:identifier>'
        f"<dc:title>{escape(whole)}</dc:title>{creators}"
        f"<dc:publisher>{escape(volume.publisher)}</dc:publisher>"
        f"<dc:date>{volume.day.isoformat()}</dc:date><dc:language>{LANGUAGE}</dc:language>"
        f'<meta property="dcterms:modified">{volume.day.isoformat()}T00:00:00Z</meta>{readable}'
        '</metadata><manifest><item id="nav" href="nav.xhtml" properties="nav"'
        ' media-type="application/xhtml+xml"/>'
        '<item id="cover" href="cover.svg" properties="cover-image" media-type="image/svg+xml"/>'
        '<item id="style" href="book.css" media-type="text/css"/>'
        f"{items}</manifest><spine>{refs}</spine></package>"
    )
