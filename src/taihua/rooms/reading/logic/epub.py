"""A whole EPUB, read: refused with its reason or ready to be shown."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from taihua.rooms.reading.enums import Fault
from taihua.rooms.reading.logic.archive import Archive, EpubRefused
from taihua.rooms.reading.logic.chapters import Page, Section, addresses_in, last_pass, read_page
from taihua.rooms.reading.logic.package import Package, read_package, resolve
from taihua.rooms.reading.logic.watch import page_text, refuse_acting

MOST_OF_A_PAGE = 2 * 1024 * 1024
# Cleaning takes time by the tag: a thick novel has some ten thousand in all.
MOST_TAGS = 400_000
DEEPEST = 200  # and by the square of how deep they lie
# Tags that hold nothing, or that HTML lets stay open, do not make a page deep.
TAG = re.compile(
    rb"<(/?)(?!(?:br|hr|img|meta|link|col|wbr|p|li|dt|dd|tr|td|th|rt|rp)\b)[a-z][^<>]*?(/?)>",
    re.IGNORECASE,
)
SAFE_PICTURES = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that its own bytes show to be one."""

    href: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page of the reading order, safe to show."""

    href: str
    title: str
    sections: tuple[Section, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Epub:
    title: str
    author: str
    language: str
    chapters: tuple[Chapter, ...]
    pictures: tuple[Picture, ...]


def read_epub(data: bytes) -> Epub:
    """Read a book, or say why not.

    Addresses between chapters and to pictures come out relative (``../3/#c120``,
    ``../pictures/2/``), so that whoever serves the book need not rewrite them.

    :raises EpubRefused: the file is no sound EPUB, or would act or fetch
    """
    archive = Archive(data)
    package = read_package(archive)
    pictures = tuple(_pictures(archive, package))
    pages = _pages(archive, package)
    if not any(page.text.strip() for page in pages.values()):
        raise EpubRefused(Fault.EMPTY)
    shown = {picture.href: index for index, picture in enumerate(pictures, start=1)}
    chapters = tuple(
        Chapter(
            href=href,
            title=package.titles.get(href) or page.heading or package.title,
            sections=tuple(
                Section(part.start, last_pass(part.html, _addresses(part.html, href, pages, shown)))
                for part in page.sections
            ),
            text=page.text,
        )
        for href, page in pages.items()
    )
    return Epub(package.title, package.author, package.language, chapters, pictures)


def picture_type(data: bytes) -> str | None:
    """What the bytes are, whatever the file calls itself; SVG may carry scripts and is none."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for mark, kind in SAFE_PICTURES.items() if data.startswith(mark)), None)


def _pictures(archive: Archive, package: Package) -> list[Picture]:
    found = []
    for href in dict.fromkeys(package.pictures):
        data = archive.read(href)
        if media_type := picture_type(data):
            found.append(Picture(href, media_type, data))
    return found


def _pages(archive: Archive, package: Package) -> dict[str, Page]:
    """Every page of the reading order; all are weighed before the first is cleaned."""
    markups = {href: _markup(archive, href) for href in package.spine}
    if sum(markup.count("<") for markup in markups.values()) > MOST_TAGS:
        raise EpubRefused(Fault.LONG)
    return {href: read_page(markup) for href, markup in markups.items()}


def _markup(archive: Archive, href: str) -> str:
    data = archive.read(href)
    if len(data) > MOST_OF_A_PAGE or _depth(data) > DEEPEST:
        raise EpubRefused(Fault.LONG, href)
    markup = page_text(data, href)
    refuse_acting(markup, href)
    return markup


def _depth(data: bytes) -> int:
    """How deep the tags of a page lie at most."""
    depth = deepest = 0
    for closing, empty in TAG.findall(data):
        if not empty:
            depth += -1 if closing else 1
            deepest = max(deepest, depth)
    return deepest


def _addresses(
    html: str, home: str, pages: dict[str, Page], pictures: dict[str, int]
) -> dict[str, str]:
    """What each ``epub:`` address of a section becomes; those to nowhere are left out."""
    spine = list(pages)
    found: dict[str, str] = {}
    for address in addresses_in(html):
        try:
            name = resolve(home, address.removeprefix("epub:"))
        except EpubRefused:
            continue
        place = urlsplit(address).fragment
        if name in pictures:
            found[address] = f"../pictures/{pictures[name]}/"
        elif name in pages:
            offset = pages[name].places.get(place)
            anchor = f"#c{offset}" if offset is not None else ""
            found[address] = f"../{spine.index(name) + 1}/{anchor}"
    return found
