"""Where an account may go: the few places that stand on every page, and all of them by power."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taihua.base.templatetags.page import listed
from taihua.kernel.house import MenuEntry, Room, rooms
from taihua.kernel.org.models import Account

MOST_ENTRIES = 7
MORE = "more"
POWERS = {
    "L": gettext_lazy("学习力"),
    "I": gettext_lazy("创新力"),
    "C": gettext_lazy("凝聚力"),
    "": gettext_lazy("日常事务"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu."""

    title: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go, with what one does there."""

    title: str
    url: str
    sentence: str


def menu_at(account: Account, path: str) -> list[Entry]:
    """The places of ``account`` in their order, seen from ``path``; what is too many folds into 更多."""
    places = [(str(entry.title), reverse(entry.url_name)) for _room, entry in entries_of(account)]
    shown = places if len(places) <= MOST_ENTRIES else places[: MOST_ENTRIES - 1]
    here = _nearest(path, [url for _title, url in places])
    menu = [Entry(title, url, url == here) for title, url in shown]
    if folded := places[len(shown) :]:
        more = reverse(MORE)
        inside = path == more or any(url == here for _title, url in folded)
        menu.append(Entry(_("更多"), more, inside))
    return menu


def entries_of(account: Account) -> list[tuple[Room, MenuEntry]]:
    """The entries that ``account`` may open, each with its room, in their own order."""
    found = [(room, entry) for room in rooms() for entry in room.menu if entry.admits(account)]
    return sorted(found, key=lambda each: each[1].order_for(account))


def places_by_power(account: Account) -> list[tuple[str, list[Place]]]:
    """Every place that ``account`` may open, by the power that its room serves."""
    places = places_of(account)
    grouped = [
        (
            str(title),
            [place for room, place in places if power_of(room) == power],
        )
        for power, title in POWERS.items()
    ]
    return [(title, found) for title, found in grouped if found]


def places_of(account: Account) -> list[tuple[Room, Place]]:
    """Every place that ``account`` may open, with what one does there: in a sentence or by its acts."""
    return [
        (
            room,
            Place(
                str(entry.title),
                reverse(entry.url_name),
                str(entry.sentence or listed(dict.fromkeys(str(act.label) for act in room.acts))),
            ),
        )
        for room, entry in entries_of(account)
    ]


def power_of(room: Room) -> str:
    """The power that most of the mechanisms of ``room`` serve: L, I, C; or none of them."""
    counted = Counter(mechanism.code[0] for mechanism in room.mechanisms)
    return min(counted, key=lambda power: (-counted[power], "LIC".index(power)), default="")


def _nearest(path: str, urls: list[str]) -> str | None:
    """The entry under which ``path`` lies: the longest that begins it; ``/`` only for itself."""
    return max(_above(path, urls), key=len, default=None)


def _above(path: str, urls: list[str]) -> Iterator[str]:
    for url in urls:
        if path == url or (url != "/" and path.startswith(url)):
            yield url
