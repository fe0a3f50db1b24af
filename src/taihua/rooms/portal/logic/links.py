"""Where the links and pictures of a page lead: within the site, out of it, or to no page at all."""

from collections.abc import Collection
from enum import Enum
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

LEADING = {"a": "href", "img": "src"}
PAGES = {"http", "https"}


class Where(Enum):
    """Whose page an address names."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    NOWHERE = "nowhere"  # a mailbox, a telephone, a place on the same page


class _Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and name == LEADING.get(tag):
                self.found[value.strip()] = None


def addresses_in(html: str) -> list[str]:
    """Every address that the links and pictures of a page name, each once, in their order."""
    parser = _Addresses()
    parser.feed(html)
    parser.close()
    return list(parser.found)


def way(address: str, page: str, hosts: Collection[str]) -> tuple[Where, str]:
    """Where an address on a page leads: the path on this site, or the whole address outside.

    :param page: the path of the page on which it stands
    :param hosts: the names under which this site is known
    """
    try:
        asked = urlsplit(address)
        host = asked.hostname or ""
    except ValueError:
        return Where.INSIDE, address  # nothing stands under what cannot be read
    if asked.scheme and asked.scheme not in PAGES:
        return Where.NOWHERE, address
    if host and host not in hosts:
        return Where.OUTSIDE, address.partition("#")[0]
    if not host and not asked.path:
        return Where.NOWHERE, address
    found = urlsplit(urljoin(page, address))
    return Where.INSIDE, f"{found.path or '/'}{'?' if found.query else ''}{found.query}"
