"""The package of an EPUB: what the book is called and in which order it is read."""

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from taihua.rooms.reading.enums import Fault
from taihua.rooms.reading.logic.archive import Archive, EpubRefused

CONTAINER = "META-INF/container.xml"
PAGE_TYPES = frozenset({"application/xhtml+xml", "text/html"})


@dataclass(frozen=True, slots=True)
class Package:
    """What an EPUB says of itself; ``spine`` is the reading order."""

    title: str
    author: str
    language: str
    spine: tuple[str, ...]
    pictures: tuple[str, ...]
    titles: dict[str, str]


def read_package(archive: Archive) -> Package:
    if CONTAINER not in archive.names:
        raise EpubRefused(Fault.NO_CONTAINER)
    rootfile = parse_xml(archive, CONTAINER).find(".//{*}rootfile")
    if rootfile is None:
        raise EpubRefused(Fault.NO_CONTAINER)
    home = rootfile.get("full-path", "")
    root = parse_xml(archive, home)
    items = {item.get("id", ""): item for item in root.iterfind("{*}manifest/{*}item")}
    return Package(
        title=_first(root, "title"),
        author="、".join(filter(None, map(_words, root.iterfind("{*}metadata/{*}creator")))),
        language=_first(root, "language"),
        spine=_spine(root, items, home),
        pictures=tuple(
            resolve(home, item.get("href", ""))
            for item in items.values()
            if item.get("media-type", "").startswith("image/")
        ),
        titles=_titles(archive, items, home),
    )


def parse_xml(archive: Archive, name: str) -> Element:
    """Parse a file that may carry a doctype but no entity of its own."""
    try:
        return fromstring(archive.read(name))
    except DefusedXmlException as error:
        raise EpubRefused(Fault.ENTITIES, name) from error
    except (ParseError, ValueError, LookupError) as error:
        raise EpubRefused(Fault.BROKEN, name) from error


def resolve(home: str, href: str) -> str:
    """The name within the zip of what ``href`` means when it stands in ``home``.

    :raises EpubRefused: the address leads out of the book, or is none
    """
    try:
        address = urlsplit(href)
    except ValueError as error:
        raise EpubRefused(Fault.BROKEN, href) from error
    if address.scheme or address.netloc:
        raise EpubRefused(Fault.OUTSIDE, href)
    if not address.path:
        return home
    name = posixpath.normpath(posixpath.join(posixpath.dirname(home), unquote(address.path)))
    if name.startswith(("/", "../")) or name == "..":
        raise EpubRefused(Fault.BAD_NAME, href)
    return name


def _spine(root: Element, items: dict[str, Element], home: str) -> tuple[str, ...]:
    listed = [items.get(ref.get("idref", "")) for ref in root.iterfind("{*}spine/{*}itemref")]
    pages = [
        resolve(home, item.get("href", ""))
        for item in listed
        if item is not None and item.get("media-type") in PAGE_TYPES
    ]
    if not pages:
        raise EpubRefused(Fault.EMPTY)
    return tuple(dict.fromkeys(pages))


def _titles(archive: Archive, items: dict[str, Element], home: str) -> dict[str, str]:
    """Chapter titles from the table of contents, EPUB 3 (nav) or EPUB 2 (ncx)."""
    for item in items.values():
        name = resolve(home, item.get("href", ""))
        if "nav" in item.get("properties", "").split():
            links = parse_xml(archive, name).iterfind(".//{*}nav//{*}a")
            return _first_titles(name, [(a.get("href", ""), _words(a)) for a in links])
        if item.get("media-type") == "application/x-dtbncx+xml":
            points = parse_xml(archive, name).iterfind(".//{*}navPoint")
            return _first_titles(name, [_ncx_point(point) for point in points])
    return {}


def _ncx_point(point: Element) -> tuple[str, str]:
    content, label = point.find("{*}content"), point.find("{*}navLabel/{*}text")
    return (
        content.get("src", "") if content is not None else "",
        _words(label) if label is not None else "",
    )


def _first_titles(home: str, links: list[tuple[str, str]]) -> dict[str, str]:
    titles: dict[str, str] = {}
    for href, words in links:
        if words:
            titles.setdefault(resolve(home, href), words)
    return titles


def _first(root: Element, tag: str) -> str:
    found = root.find(f"{{*}}metadata/{{*}}{tag}")
    return _words(found) if found is not None else ""


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
