"""Books for the tests: a sound one, and ways of spoiling it."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

MIMETYPE = "application/epub+zip"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
OPF = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>劝学</dc:title><dc:creator>荀子</dc:creator><dc:language>zh</dc:language></metadata>
<manifest>
<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="c1" href="text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="c2" href="text/two.xhtml" media-type="application/xhtml+xml"/>
<item id="p1" href="pictures/moss.png" media-type="image/png"/>
</manifest>
<spine><itemref idref="c1"/><itemref idref="c2"/></spine></package>"""
NAV = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<body><nav epub:type="toc"><ol><li><a href="text/one.xhtml">上篇</a></li></ol></nav></body></html>"""


def page(body: str, head: str = "") -> str:
    return (
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head>{head}</head><body>{body}</body></html>'
    )


SOUND = {
    "mimetype": MIMETYPE,
    "META-INF/container.xml": CONTAINER,
    "OPS/book.opf": OPF,
    "OPS/nav.xhtml": NAV,
    "OPS/text/one.xhtml": page(
        '<h1>劝学</h1><p id="first">学不可以已。</p><p>青，取之于蓝，<em>而青于蓝</em>；</p>'
        '<img src="../pictures/moss.png" alt="苔"/>'
    ),
    "OPS/text/two.xhtml": page(
        '<h2>积土</h2><p>积土成山，<a href="one.xhtml#first">见上</a>，'
        '<a href="https://example.org/">外边</a>。</p>'
    ),
    "OPS/pictures/moss.png": PNG,
}


def epub(changes: Mapping[str, str | bytes | None] | None = None) -> bytes:
    """The sound book with some of its files replaced, added or (``None``) left out.

    The same bytes at any hour: the files in it bear no time.
    """
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in {**SOUND, **(changes or {})}.items():
            if content is not None:
                method = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
                archive.writestr(ZipInfo(name), content, method)
    return packed.getvalue()


def epub_with(body: str, head: str = "") -> bytes:
    """The sound book with another first page."""
    return epub({"OPS/text/one.xhtml": page(body, head)})
