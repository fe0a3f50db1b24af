"""Ledgers, their rows, and the story of one row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext

from taihua.base.ledger import (
    Asked,
    Chapter,
    Column,
    Entries,
    Entry,
    Kind,
    Ledger,
    Row,
    Value,
)
from taihua.base.measures import spoken
from taihua.base.sheets.writing import Written
from taihua.base.templatetags.page import listed, longday
from taihua.kernel import house
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.org.queries import open_units, subtree_ids
from taihua.kernel.records.ledgers import StatementStore
from taihua.kernel.rules.logic import Rule
from taihua.kernel.rules.queries import rules_counting
from taihua.rooms.ledgers.access import may_enter, reading_scope, writing_scope

BRIEF, TOKEN_SHOWN = 40, 10
FEW = 3  # what a card on a phone shows of a row before it is opened
PAGE = 25
PRINTED = 2000


@dataclass(frozen=True, slots=True)
class Group:
    """The ledgers that one room declares."""

    title: str
    ledgers: list[Ledger]


def groups() -> list[Group]:
    """Every ledger, by the room that declares it; the rosters, on which all lean, first."""
    rooms = [room for room in house.rooms() if room.ledgers]
    rooms.sort(key=lambda room: not room.ledgers[0].roster)
    return [Group(str(room.title), list(room.ledgers)) for room in rooms]


def known_titles(ledger: Ledger) -> list[tuple[Column, list[str]]]:
    """Each column with the other titles by which it is known."""
    return [
        (column, [one for one in dict.fromkeys(column.synonyms) if one != str(column.title)])
        for column in ledger.columns
    ]


def unit_names(on: date) -> list[str]:
    """The units one may name, for forms to offer."""
    return [unit.name for unit in open_units(on)]


def codes() -> list[str]:
    """The codes of all ledgers."""
    return list(house.ledgers())


def ledger_of(code: str) -> Ledger | None:
    return house.ledgers().get(code)


@dataclass(frozen=True, slots=True)
class Filter:
    """What a page of a ledger was asked for."""

    year: int | None = None
    unit: Unit | None = None
    name: str = ""


def entries(ledger: Ledger, account: Account, asked: Filter) -> Entries:
    """The rows that ``account`` may see, as far as asked for."""
    people = None
    if asked.name:
        named = Person.objects.filter(name__contains=asked.name).values_list("pk", flat=True)
        people = frozenset(named[:500])
    units = frozenset(subtree_ids([asked.unit.pk])) if asked.unit else None
    return ledger.store.entries(
        Asked(scope=reading_scope(account), year=asked.year, units=units, people=people)
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell as a page bears it."""

    column: Column
    value: Value
    is_minor: bool = False

    @property
    def text(self) -> str:
        """The whole of it; a dash for nothing."""
        match self.value:
            case None | () | "":
                return "—"
            case date():
                return longday(self.value)
            case tuple():
                return listed(self.value)
        # What may be chosen is kept in Chinese, as sheets have it; a page says it in its language.
        return gettext(str(self.value)) if self.column.kind is Kind.CHOICE else str(self.value)

    @property
    def measured(self) -> str:
        """The whole of it, with its unit."""
        measure = spoken(self.column.measure, self.value)
        return f"{self.text} {measure}" if measure and self.value is not None else self.text

    @property
    def brief(self) -> str:
        """What a table has room for; a day as an export writes it."""
        if isinstance(self.value, date):
            return self.value.isoformat()
        if self.column.kind is Kind.TOKEN:
            return self.text[:TOKEN_SHOWN]
        return self.text if len(self.text) <= BRIEF else f"{self.text[: BRIEF - 1]}…"

    @property
    def is_day(self) -> bool:
        return isinstance(self.value, date)

    @property
    def is_number(self) -> bool:
        return self.column.kind is Kind.NUMBER


def cells(ledger: Ledger, row: Row) -> list[Shown]:
    """A row, cell by cell in the order of the columns; what tells rows apart is no minor thing."""
    keys = [column.code for column in ledger.columns if column.key]
    others = [column.code for column in ledger.columns if not column.key]
    major = {*keys, *others[: max(0, FEW - len(keys))]}
    return [Shown(column, row[column.code], column.code not in major) for column in ledger.columns]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row on a page, and the name of its own."""

    ref: str
    cells: list[Shown]


class _Cut:
    """Rows as a paginator wants them."""

    def __init__(self, ledger: Ledger, found: Entries) -> None:
        self.ledger, self.found = ledger, found

    @cached_property
    def _count(self) -> int:
        return self.found.count()

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, part: slice) -> list[ShownRow]:
        entries = self.found.page(part.start or 0, part.stop or len(self))
        return [ShownRow(entry.ref, cells(self.ledger, entry.row)) for entry in entries]


def page_of(ledger: Ledger, found: Entries, number: str | None, size: int) -> Page[ShownRow]:
    """One page of rows; a number beyond the end gives the last."""
    cut: Any = _Cut(ledger, found)
    paginator: Paginator[ShownRow] = Paginator(cut, size)
    return paginator.get_page(number)


@dataclass(frozen=True, slots=True)
class RowPage:
    """Everything about one row: what it says, what befell it, and which rules count it."""

    entry: Entry
    cells: list[Shown]
    history: list[Chapter]
    rules: list[Rule]
    stands: bool


def row_page(ledger: Ledger, ref: str, account: Account) -> RowPage | None:
    """The page of a row, unless it is not there or not to be seen."""
    entry = ledger.store.entry(ref, reading_scope(account))
    if entry is None:
        return None
    history = ledger.store.history(ref)
    if not isinstance(ledger.store, StatementStore):
        return RowPage(entry, cells(ledger, entry.row), history, [], stands=True)
    statement = ledger.store.statement(ref)
    stands = not hasattr(statement, "voided_by")
    rules = rules_counting(statement) if stands else []
    return RowPage(entry, cells(ledger, entry.row), history, rules, stands)


def may_write_row(ledger: Ledger, ref: str, account: Account) -> bool:
    """Whether ``account`` may correct or void that row."""
    if not may_enter(account, ledger):
        return False
    return ledger.store.entry(ref, writing_scope(account, ledger)) is not None


def exported(ledger: Ledger, rows: Iterable[Row]) -> list[list[Written]]:
    """Rows cell by cell in the order of the columns, as a file bears them."""
    return [[_written(row[column.code]) for column in ledger.columns] for row in rows]


def _written(value: Value) -> Written:
    return "、".join(value) if isinstance(value, tuple) else value
