"""What every page is given: the menu, the look, the day it stands still on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from taihua.base import clock
from taihua.kernel.house import rooms
from taihua.site.look import look_from

MOST_ENTRIES = 7


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu."""

    title: str
    url: str
    current: bool


def house(request: HttpRequest) -> dict[str, Any]:
    """For every template; the menu is only made where one is drawn."""
    return {
        "look": look_from(request.COOKIES),
        "fixed_day": clock.fixed_day(),
        "menu": SimpleLazyObject(lambda: menu_for(request)),
    }


def menu_for(request: HttpRequest) -> list[Entry]:
    """The entries that the account behind ``request`` may open, in their own order."""
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return []
    entries = [entry for room in rooms() for entry in room.menu if entry.admits(account)]
    entries = sorted(entries, key=lambda entry: entry.order)[:MOST_ENTRIES]
    addresses = [(str(entry.title), reverse(entry.url_name)) for entry in entries]
    here = _nearest(request.path, [url for _title, url in addresses])
    return [Entry(title, url, url == here) for title, url in addresses]


def _nearest(path: str, urls: list[str]) -> str | None:
    """The entry under which ``path`` lies: the longest that begins it; ``/`` only for itself."""
    return max(_above(path, urls), key=len, default=None)


def _above(path: str, urls: list[str]) -> Iterator[str]:
    for url in urls:
        if path == url or (url != "/" and path.startswith(url)):
            yield url
