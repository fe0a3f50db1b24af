"""What the rooms tell the house: their words, pages, ledgers, figures, marks and story."""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from taihua.base.access import Predicate, nobody
from taihua.base.clock import ZONE
from taihua.base.ledger import Ledger
from taihua.base.papers import Paper
from taihua.kernel.documents.models import Version
from taihua.kernel.measures.logic import Figure
from taihua.kernel.org.enums import UnitKind
from taihua.kernel.org.models import Account, Person, Term, Unit, open_on
from taihua.kernel.org.queries import holders_on
from taihua.kernel.records.actions import Draft
from taihua.kernel.rules.mechanisms import name_mechanism

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


BEHIND_THE_DESK = 15


@dataclass(frozen=True, slots=True)
class Word:
    """A verb or a kind of object that a room records, and what it is called.

    A verb that ``plans`` counts on the day it plans for.
    """

    code: str
    label: str
    plans: bool = False


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A place in the navigation, for those whom ``admits`` lets in; low ``order`` comes first.

    For those to whom ``leads`` it is their daily work: it stands right behind the desk.
    ``sentence`` says what one does there, where all places are listed; without one, the words on
    the buttons of the room's acts do.
    """

    title: "StrOrPromise"
    url_name: str
    admits: Predicate
    order: int = 50
    sentence: "StrOrPromise" = ""
    leads: Predicate = nobody

    def order_for(self, account: object) -> int:
        """Where it stands among the places of ``account``."""
        return min(self.order, BEHIND_THE_DESK) if self.leads(account) else self.order


@dataclass(frozen=True, slots=True)
class Act:
    """Where somebody does what a verb stands for, and the words on the button to it."""

    verb: str
    label: "StrOrPromise"
    url_name: str
    args: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """Something a person is to do by a day because a room asks it of a whole group (布置的事).

    It is worked out each time from who belongs to the group that day, never stored per person: a
    newcomer has it at once. What one person alone owes is a commitment instead. ``covers`` names
    verbs whose rule asks for the same act: who is told by this due is not told by the rule as well.
    """

    topic: str
    sentence: str
    due: date
    url: str
    act: str
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that takes place at a time and that people put into their calendar (日程).

    ``path`` names it for good (``study/session/12``): a calendar that asks again knows it by that.
    ``revision`` grows with every change of it, so that a calendar takes the newest.
    """

    path: str
    title: str
    first: datetime
    last: datetime
    url: str
    place: str = ""
    revision: int = 0
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something that a search came upon, as its finder may see it."""

    title: str
    url: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """One of the four marks of a mechanism: a figure (or the rule it hangs on) and what it asks.

    :param at_least: the figure's value at which the mark is full; a share is asked as 1
    :param gap: what is missing, in words, shown while the mark is not full
    """

    figure: str
    at_least: int
    gap: "StrOrPromise"


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A standing practice of the institution (机制) under the test 计划·内容·检查·效果."""

    code: str
    title: "StrOrPromise"
    plan: Mark
    content: Mark
    check: Mark
    effect: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Everything that a room declares.

    ``writes`` is the name of a page on which one row of any ledger can be written: the way to do
    what no room has a page for yet. ``papers`` says for kinds of document how an issued version
    reads as a paper: it can then be published. ``printed`` says for those
    kinds whose PDF is more than that paper how it is set, ``enclosed`` what then stands in it beyond
    the paper (the name of each place and its text), ``columns`` in which column of the public site
    one looks for them, ``replaced`` which issued version stands in the place of one that is
    out of date. ``publishing`` says where somebody publishes such a version, or reads it
    where it is public.
    """

    code: str
    title: "StrOrPromise"
    verbs: Sequence[Word] = ()
    kinds: Sequence[Word] = ()
    menu: Sequence[MenuEntry] = ()
    acts: Sequence[Act] = ()
    ledgers: Sequence[Ledger] = ()
    figures: Sequence[Figure] = ()
    mechanisms: Sequence[Mechanism] = ()
    writes: str = ""
    dues: Callable[[Person, date], Iterable[Due]] | None = None
    calendar: Callable[[Person | Unit, date, date], Iterable[Happening]] | None = None
    search: Callable[[Account, Sequence[str], int], Iterable[Found]] | None = None
    papers: Mapping[str, Callable[[Version], Paper]] = field(default_factory=dict)
    printed: Mapping[str, Callable[[Version], bytes]] = field(default_factory=dict)
    enclosed: Mapping[str, Callable[[Version], Iterable[tuple[str, str]]]] = field(
        default_factory=dict
    )
    columns: Mapping[str, str] = field(default_factory=dict)
    replaced: Mapping[str, Callable[[Version], Version | None]] = field(default_factory=dict)
    publishing: Callable[[Account, Version, datetime], Act | None] | None = None
    demo: "Callable[[Story], None] | None" = None


@dataclass(slots=True)
class Story:
    """The years that a demonstration district has lived: rooms add what happened in them.

    The same seed tells the same story. ``on`` is its last day; nothing happens after it.
    """

    rng: random.Random
    first: date
    on: date
    drafts: list[Draft] = field(default_factory=list)
    ending: list[tuple[datetime, Callable[[datetime], object]]] = field(default_factory=list)

    def people(self, *, tier: str = "", tag: str = "", on: date | None = None) -> list[Person]:
        """The people who on a day (by default the last) hold a post of that tier and tag."""
        found = holders_on(on or self.on, tiers=[tier] if tier else [], tags=[tag] if tag else [])
        return list(found.order_by("code"))

    def units(self, kind: str = UnitKind.SCHOOL) -> list[Unit]:
        """The units of a kind, by code."""
        return list(Unit.objects.filter(kind=kind).order_by("code"))

    def members(self, unit: Unit, on: date | None = None) -> list[Person]:
        """Who belongs to a unit on a day, by code."""
        terms = Term.objects.known().filter(open_on(on or self.on), unit=unit)
        return list(Person.objects.filter(pk__in=terms.values("person")).order_by("code"))

    def moment(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        """An hour of a day of the story."""
        return datetime.combine(day, time(hour, minute), ZONE)

    def months(self) -> list[date]:
        """The first days of the months that lie wholly or partly in the story."""
        found, month = [], self.first.replace(day=1)
        while month <= self.on:
            found.append(month)
            month = (month + timedelta(days=32)).replace(day=1)
        return found

    def years(self) -> range:
        """The years that lie wholly or partly in the story."""
        return range(self.first.year, self.on.year + 1)

    def lapses(self, turns: int, share: float) -> frozenset[int]:
        """Which of so many turns are missed: that share of them, whichever chance takes."""
        return frozenset(self.rng.sample(range(turns), round(turns * share)))

    def cast(self) -> frozenset[str]:
        """The codes of those who can log in: what they find is not left to chance."""
        people = Person.objects.filter(account__isnull=False)
        return frozenset(people.values_list("code", flat=True))

    def add(self, draft: Draft) -> None:
        """Let something have happened; what lies after the story's last day is left out."""
        if draft.occurred_at is None:
            raise ValueError(f"{draft.path}: say when it happened")
        if draft.occurred_at.astimezone(ZONE).date() <= self.on:
            self.drafts.append(draft)

    def later(self, at: datetime, do: Callable[[datetime], object]) -> None:
        """Have something done once everything else is on record, for what rests on its sums.

        Rooms' endings are told in the order of their moments; one after the last day is left out.
        """
        if at.astimezone(ZONE).date() <= self.on:
            self.ending.append((at, do))


class _House:
    def __init__(self) -> None:
        self.rooms: dict[str, Room] = {}


_house = _House()


def open_room(room: Room) -> Room:
    """Let a room take its place; called once by each room's ``room.py``.

    :raises ValueError: two rooms, verbs, ledgers, figures or mechanisms share a code
    """
    if room.code in _house.rooms:
        raise ValueError(f"two rooms are called {room.code}")
    for what in ("verbs", "kinds", "ledgers", "figures", "mechanisms"):
        taken = {item.code for other in rooms() for item in getattr(other, what)}
        if again := sorted(item.code for item in getattr(room, what) if item.code in taken):
            raise ValueError(f"{room.code} declares {', '.join(again)} again ({what})")
    _house.rooms[room.code] = room
    for mechanism in room.mechanisms:
        name_mechanism(mechanism.code, mechanism.title)
    return room


def rooms() -> list[Room]:
    """The rooms that are open, by code."""
    return [_house.rooms[code] for code in sorted(_house.rooms)]


def ledgers() -> dict[str, Ledger]:
    """Every ledger, by code."""
    return {ledger.code: ledger for room in rooms() for ledger in room.ledgers}


def figures() -> dict[str, Figure]:
    """Every figure, by code."""
    return {figure.code: figure for room in rooms() for figure in room.figures}


def papers() -> dict[str, Callable[[Version], Paper]]:
    """How an issued version reads as a paper, by the kind of its document."""
    return {kind: read for room in rooms() for kind, read in room.papers.items()}


def printed() -> dict[str, Callable[[Version], bytes]]:
    """How the PDF of an issued version is set, for the kinds that are more than their paper."""
    return {kind: bind for room in rooms() for kind, bind in room.printed.items()}


def enclosed() -> dict[str, Callable[[Version], Iterable[tuple[str, str]]]]:
    """What the files of an issued version say beyond its paper, by the kind of its document."""
    return {kind: texts for room in rooms() for kind, texts in room.enclosed.items()}


def columns() -> dict[str, str]:
    """The title of the column in which one looks for it, by the kind of a document."""
    return {kind: title for room in rooms() for kind, title in room.columns.items()}


def replacement_of(version: Version) -> Version | None:
    """The issued version that stands in the place of one, if it is out of date."""
    kind = version.document.kind
    asked = next((room.replaced[kind] for room in rooms() if kind in room.replaced), None)
    return asked(version) if asked else None


def publishing_of(account: Account, version: Version, at: datetime) -> Act | None:
    """Where ``account`` publishes an issued version, or reads it where everybody does."""
    ways = (room.publishing(account, version, at) for room in rooms() if room.publishing)
    return next((way for way in ways if way), None)


def mechanisms() -> list[Mechanism]:
    """Every mechanism in the order of the three powers: learning, innovation, cohesion."""
    found = [mechanism for room in rooms() for mechanism in room.mechanisms]
    return sorted(found, key=lambda each: ("LIC".index(each.code[0]), int(each.code[1:])))


def dues_of(person: Person, on: date) -> list[Due]:
    """What the rooms ask of ``person`` on the day ``on`` and is not done yet."""
    return [due for room in rooms() if room.dues for due in room.dues(person, on)]


def calendar_of(whose: Person | Unit, first: date, last: date) -> list[Happening]:
    """What ``whose`` is asked to from ``first`` to ``last``, earliest first."""
    found = [
        happening
        for room in rooms()
        if room.calendar
        for happening in room.calendar(whose, first, last)
    ]
    return sorted(found, key=lambda each: (each.first, each.path))


def found_by(account: Account, words: Sequence[str], limit: int) -> list[tuple[Room, list[Found]]]:
    """What ``account`` may see in which all ``words`` stand, room by room, at most ``limit`` each."""
    hits = [(room, list(room.search(account, words, limit))) for room in rooms() if room.search]
    return [(room, found) for room, found in hits if found]


def act_for(verbs: Iterable[str], *, as_clerk: bool = False) -> Act | None:
    """The page on which one of ``verbs`` can be done, the first that there is.

    Where no room has such a page it is the ledger in which one may write it oneself, or
    ``as_clerk`` any ledger that keeps it.
    """
    verbs = list(verbs)
    acts = {act.verb: act for room in rooms() for act in room.acts}
    return next((acts[verb] for verb in verbs if verb in acts), None) or _entry(verbs, as_clerk)


def _entry(verbs: list[str], as_clerk: bool) -> Act | None:  # noqa: FBT001  # handed on
    page = next((room.writes for room in rooms() if room.writes), "")
    for ledger in ledgers().values():
        verb = getattr(ledger.store, "verb", "")
        if page and verb in verbs and (ledger.self_entry or as_clerk):
            return Act(verb, _("记一笔"), page, (ledger.code,))
    return None
