"""A calendar as other programs read it (iCalendar, RFC 5545). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
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


@dataclass(frozen=True, slots=True)
class Told:
    """One entry as a calendar was last told it: what it says, as which revision, since when."""

    digest: str
    revision: int
    changed_at: datetime


def told_now(feed: Feed, site: str, before: Mapping[str, Told], at: datetime) -> dict[str, Told]:
    """Each entry by its UID as it is told at ``at``; what says the same as before stays as it was.

    What changed has a greater revision than before, and than its room says where that counts too.
    """
    said = {
        uid_of(each.path, site): (_digest(_of_event(each)), each.revision)
        for each in feed.happenings
    } | {uid_of(each.path, site): (_digest(_of_todo(each)), 0) for each in _open(feed)}
    return {uid: _after(before.get(uid), *one, at) for uid, one in said.items()}


def as_ics(feed: Feed, site: str, told: Mapping[str, Told]) -> bytes:
    """The feed as text; the same feed, site and tellings give the same bytes.

    :param site: where the house stands (``https://taihua.example.cn``): addresses and UIDs begin so
    :param told: of every entry by its UID which revision it is, and since when
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
        calendar.add_component(_event(happening, site, told))
    for card in _open(feed):
        calendar.add_component(_todo(card, site, told))
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


def _event(happening: Happening, site: str, told: Mapping[str, Told]) -> Event:
    event = Event()
    _name(event, uid_of(happening.path, site), told)
    event.add("summary", happening.title)
    event.add("dtstart", happening.first.astimezone(ZONE))
    if happening.last > happening.first:
        event.add("dtend", happening.last.astimezone(ZONE))
    if happening.place:
        event.add("location", happening.place)
    event.add("status", "CANCELLED" if happening.is_cancelled else "CONFIRMED")
    event.add("url", site + happening.url)
    return event


def _todo(card: Card, site: str, told: Mapping[str, Told]) -> Todo:
    todo = Todo()
    _name(todo, uid_of(card.path, site), told)
    todo.add("summary", f"{card.whose}：{card.sentence}" if card.whose else card.sentence)
    todo.add("due", card.due)
    todo.add("status", "NEEDS-ACTION")
    if url := _url(card):
        todo.add("url", site + url)
    return todo


def _name(entry: Event | Todo, uid: str, told: Mapping[str, Told]) -> None:
    """Without a METHOD both stamps say when the entry itself last changed (RFC 5545, 3.8.7.2)."""
    entry.add("uid", uid)
    entry.add("dtstamp", told[uid].changed_at)
    entry.add("last-modified", told[uid].changed_at)
    entry.add("sequence", told[uid].revision)


def _open(feed: Feed) -> list[Card]:
    return [card for card in feed.cards if card.state in URGENCY]


def _url(card: Card) -> str:
    return card.act_url or card.why_url


def _after(before: Told | None, digest: str, revision: int, at: datetime) -> Told:
    at = at.replace(microsecond=0)  # iCalendar knows whole seconds
    if before is None:
        return Told(digest, revision, at)
    if before.digest == digest and revision <= before.revision:
        return before
    later = max(at, before.changed_at + timedelta(seconds=1))
    return Told(digest, max(before.revision + 1, revision), later)


def _of_event(each: Happening) -> list[object]:
    return [each.title, each.first, each.last, each.place, each.url, each.is_cancelled]


def _of_todo(each: Card) -> list[object]:
    return [each.whose, each.sentence, each.due, _url(each)]


def _digest(said: list[object]) -> str:
    """What an entry says, in short: two that differ say something else."""
    return sha256("\n".join(map(str, said)).encode()).hexdigest()
