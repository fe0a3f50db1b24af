"""Feeds (Atom 1.0) and the map of the site, as XML."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
# XML has no way to write these.
UNSAYABLE = {code: None for code in range(0x20) if code not in {9, 10, 13}} | {
    0xFFFE: None,
    0xFFFF: None,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in a feed."""

    address: str
    title: str
    writer: str
    summary: str
    at: datetime
    changed: datetime


def feed(
    *, title: str, writer: str, address: str, own: str, entries: Sequence[Entry], language: str
) -> bytes:
    """A feed: ``address`` is the page it follows, ``own`` its own address."""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": language})
    _say(root, "id", own)
    _say(root, "title", title)
    _say(root, "updated", _moment(max((each.changed for each in entries), default=NEVER)))
    _say(_under(root, "author"), "name", writer)
    _under(root, "link", rel="self", href=own, type="application/atom+xml")
    _under(root, "link", rel="alternate", href=address, type="text/html")
    for each in entries:
        _entry(_under(root, "entry"), each)
    return _written(root)


def _entry(node: ET.Element, each: Entry) -> None:
    _say(node, "id", each.address)
    _say(node, "title", each.title)
    _say(node, "published", _moment(each.at))
    _say(node, "updated", _moment(each.changed))
    if each.writer:
        _say(_under(node, "author"), "name", each.writer)
    _under(node, "link", rel="alternate", href=each.address, type="text/html")
    if each.summary:
        _say(node, "summary", each.summary)


def sitemap(pages: Iterable[tuple[str, datetime | None]]) -> bytes:
    """The map of the site: each address, and when what stands there was last changed."""
    root = ET.Element("urlset", {"xmlns": SITEMAP})
    for address, changed in pages:
        page = ET.SubElement(root, "url")
        ET.SubElement(page, "loc").text = address
        if changed:
            ET.SubElement(page, "lastmod").text = _moment(changed)
    return _written(root)


def _under(node: ET.Element, name: str, **attributes: str) -> ET.Element:
    return ET.SubElement(node, name, attributes)


def _say(node: ET.Element, name: str, text: str) -> None:
    _under(node, name).text = text.translate(UNSAYABLE)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _written(root: ET.Element) -> bytes:
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
