"""A calendar as other programs read it (iCalendar, RFC 5545). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, Todo

from taihua.kernel.house import Happening
from taihua.rooms.desk.logic.cards import URGENCY, Card

ZONE = ZoneInfo("Asia/Shanghai")
MAKER = "-//Taihua//taihua//ZH"
REFRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Feed:
    """What one calendar holds: what takes place, and what is to be done by a day."""

    name: str
    happenings: Sequence[Happening]
    cards: Sequence[Card]


def as_ics(feed: Feed, site: str, stamp: datetime) -> bytes:
    """The feed as text; the same feed, site and stamp give the same bytes.

    :param site: where the house stands (``https://taihua.example.cn``): addresses and UIDs begin so
    :param stamp: when what the feed says last changed
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", MAKER)
    calendar.add("name", feed.name)
    calendar.add("x-wr-calname", feed.name)
    calendar.add("refresh-interval", REFRESH, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    if feed.happenings:
        calendar.add_component(_zone(feed.happenings))
    for happening in feed.happenings:
        calendar.add_component(_event(happening, site, stamp))
    for card in feed.cards:
        if card.state in URGENCY:
            calendar.add_component(_todo(card, site, stamp))
    text: bytes = calendar.to_ical()
    return text


def uid_of(path: str, site: str) -> str:
    """What names one entry for good, in this house and no other; nobody's code can be read from it."""
    return str(uuid5(NAMESPACE_URL, f"{site}/{path}"))


def _zone(happenings: Sequence[Happening]) -> Timezone:
    days = [happening.first.astimezone(ZONE).date() for happening in happenings]
    return Timezone.from_tzinfo(
        ZONE, first_date=date(min(days).year, 1, 1), last_date=date(max(days).year + 2, 1, 1)
    )


def _event(happening: Happening, site: str, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", uid_of(happening.path, site))
    event.add("dtstamp", stamp)
    event.add("sequence", happening.revision)
    event.add("summary", happening.title)
    event.add("dtstart", happening.first.astimezone(ZONE))
    if happening.last > happening.first:
        event.add("dtend", happening.last.astimezone(ZONE))
    if happening.place:
        event.add("location", happening.place)
    event.add("status", "CANCELLED" if happening.is_cancelled else "CONFIRMED")
    event.add("url", site + happening.url)
    return event


def _todo(card: Card, site: str, stamp: datetime) -> Todo:
    todo = Todo()
    todo.add("uid", uid_of(card.path, site))
    todo.add("dtstamp", stamp)
    todo.add("sequence", 0)
    todo.add("summary", f"{card.whose}：{card.sentence}" if card.whose else card.sentence)
    todo.add("due", card.due)
    todo.add("status", "NEEDS-ACTION")
    if url := card.act_url or card.why_url:
        todo.add("url", site + url)
    return todo
