"""Refusing a page that would act, or fetch from outside the book."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

from taihua.rooms.reading.enums import Fault
from taihua.rooms.reading.logic.archive import EpubRefused

ACTING_TAGS = frozenset({"script", "iframe", "frame", "object", "embed", "applet", "form", "base"})
ACTING_SCHEMES = frozenset({"javascript", "vbscript"})
FETCHING = frozenset({"src", "srcset", "poster", "data", "background", "href", "xlink:href"})
IDLE_LINKS = frozenset({"a", "area"})
ENCODING = re.compile(rb"""encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
# Browsers skip these inside a scheme; so does whoever hides one.
HIDDEN = re.compile(r"[\x00-\x20]")
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def page_text(data: bytes, name: str) -> str:
    """The page decoded by its byte order mark or its declaration, else as UTF-8."""
    declared = ENCODING.search(data[:200])
    encoding = declared[1].decode() if declared else "utf-8"
    for mark, meant in MARKS.items():
        if data.startswith(mark):
            encoding = meant
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise EpubRefused(Fault.BROKEN, name) from error


def refuse_acting(markup: str, name: str) -> None:
    """Look a page over as it came, before anything is taken out of it.

    A link to a website is no fault: it is followed by people, not by the page.
    """
    if "<!ENTITY" in markup.upper():
        raise EpubRefused(Fault.ENTITIES, name)
    watch = _Watch(name)
    watch.feed(markup)
    watch.close()


class _Watch(HTMLParser):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ACTING_TAGS:
            raise EpubRefused(Fault.SCRIPT, self.name)
        for key, value in attrs:
            if key.startswith("on"):
                raise EpubRefused(Fault.SCRIPT, self.name)
            if key in FETCHING:
                self._refuse_address(tag, HIDDEN.sub("", value or ""))

    def _refuse_address(self, tag: str, value: str) -> None:
        try:
            address = urlsplit(value)
        except ValueError as error:
            raise EpubRefused(Fault.BROKEN, self.name) from error
        if address.scheme in ACTING_SCHEMES:
            raise EpubRefused(Fault.SCRIPT, self.name)
        if (address.scheme or address.netloc) and tag not in IDLE_LINKS:
            raise EpubRefused(Fault.OUTSIDE, self.name)
