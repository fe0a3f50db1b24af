"""A ledger (台账) is declared once, as columns and a store; import and export are its two directions.

A room writes ``Ledger(code, title, sentence, columns, store)`` in its ``room.py``. Nothing here
knows a table: what a row becomes is the store's business (``StatementStore`` in
``kernel.records.ledgers`` for things that happened, the roster stores in ``kernel.org.ledgers``).
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django_stubs_ext import StrOrPromise

type Value = str | date | Decimal | tuple[str, ...] | None
type Row = dict[str, Value]
"""Column code → clean value: text, day, Decimal, names (``PEOPLE``), or ``None`` for an empty cell.

A person or a unit stands in a row as it stands in the sheet: the name, and where two share it
``name（code）``. The store looks it up.
"""


class Kind(Enum):
    """What a cell of a column holds, which decides how it is cleaned."""

    TEXT = "text"  # one line, or an identifier
    WORDS = "words"  # free text, line breaks kept
    DAY = "day"
    NUMBER = "number"
    NAME = "name"  # of somebody or something that need not be known yet
    PERSON = "person"
    PEOPLE = "people"  # several names in one cell
    UNIT = "unit"
    CHOICE = "choice"
    TOKEN = "token"  # noqa: S105  # a name never to be stored: made opaque as soon as it is read


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``title`` is what an export writes, ``synonyms`` what an import takes as well.

    ``key`` columns together say which row it is: the same key with other cells is a *changed* row.
    ``within`` names the column that tells apart two people of one name in a ``TOKEN`` column.
    ``alike`` says which choice another word stands for: 支委会 is 支部委员会.
    ``blanks`` are words that stand for an empty cell, such as 至今. ``past`` days have happened.
    """

    code: str
    title: "StrOrPromise"
    kind: Kind
    required: bool = False
    key: bool = False
    synonyms: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    alike: Mapping[str, str] = field(default_factory=dict, hash=False)
    help: "StrOrPromise" = ""
    measure: str = ""
    most: Decimal | None = None
    within: str = ""
    blanks: tuple[str, ...] = ()
    past: bool = False


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong with one cell and how to mend it; ``index`` counts the rows given, from 0."""

    index: int
    column: str
    value: str
    reason: str
    mend: str = ""


class LedgerRefused(Exception):
    """An import or a row was refused; the message is written for the clerk."""

    def __init__(self, message: "StrOrPromise", errors: Sequence[CellError] = ()) -> None:
        super().__init__(message)
        self.errors = tuple(errors)


class State(Enum):
    """What an import would do with a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of a changed row: as it stands in the ledger, and as it stands in the sheet."""

    column: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to one row; its errors are in the plan."""

    state: State
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What importing these rows would do; nothing has been written yet.

    ``work`` is the store's own note to itself between ``plan`` and ``apply``.
    """

    rows: Sequence[Row]
    steps: Sequence[Step]
    errors: Sequence[CellError] = ()
    notices: Sequence[CellError] = ()
    work: object = field(default=None, compare=False, repr=False)

    @property
    def refused(self) -> bool:
        return bool(self.errors)

    def count(self, state: State) -> int:
        return sum(step.state is state for step in self.steps)

    def fingerprint(self) -> str:
        """Two plans with one fingerprint do the same: what was previewed is what is applied."""
        told = hashlib.sha256()
        for step in self.steps:
            told.update(repr((step.state.value, step.changes)).encode())
        for error in self.errors:
            told.update(repr((error.index, error.column, error.reason)).encode())
        return told.hexdigest()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did."""

    new: int = 0
    changed: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows somebody may see: all, or those of some units together with those of one person."""

    everything: bool = False
    units: frozenset[int] = frozenset()
    person: int | None = None


ALL = Scope(everything=True)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of a ledger a page shows: what may be seen, narrowed by what was asked for."""

    scope: Scope = ALL
    year: int | None = None
    units: frozenset[int] | None = None
    people: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a ledger with the name under which its page is found."""

    ref: str
    row: Row


@dataclass(frozen=True, slots=True)
class Chapter:
    """One thing that befell a row: stated, restated or taken back, by whom and why."""

    at: datetime
    what: "StrOrPromise"
    by: str = ""
    reason: str = ""
    row: Row | None = None

    @property
    def told(self) -> str:
        """In one breath: 作废 · 苏禾：日期写错."""
        said = f"{self.what} · {self.by}" if self.by else str(self.what)
        return f"{said}：{self.reason}" if self.reason else said


class Entries(Protocol):
    """The rows asked for: counted and cut into pages without reading them all."""

    def count(self) -> int: ...

    def page(self, start: int, stop: int) -> list[Entry]: ...


class Store(Protocol):
    """Where the rows of a ledger live."""

    def rows(self, year: int | None) -> Iterable[Row]:
        """All rows of the year (of all years for ``None``), in the order of an export."""
        ...

    def entries(self, asked: Asked) -> Entries:
        """The rows one page asks for, newest first."""
        ...

    def entry(self, ref: str, scope: Scope) -> Entry | None:
        """The row of that name, unless it is not there or not to be seen."""
        ...

    def history(self, ref: str) -> list[Chapter]:
        """What befell the row, oldest first."""
        ...

    def plan(self, rows: Sequence[Row]) -> Plan:
        """Say for every row whether it is new, changed or the same, and what is wrong by cell."""
        ...

    def outside(self, plan: Plan, scope: Scope) -> Iterable[CellError]:
        """The rows of a plan that do not belong to ``scope``: its units and its person."""
        ...

    def apply(self, plan: Plan, by: "AbstractBaseUser | None", at: datetime) -> Outcome:
        """Write the plan, whole or not at all.

        :raises LedgerRefused: the plan has errors
        """
        ...

    def correct(
        self, ref: str, row: Row, *, reason: str, by: "AbstractBaseUser | None", at: datetime
    ) -> None:
        """Put ``row`` in the place of what stood there; the old stays readable in the history.

        :raises LedgerRefused: a cell is wrong, no reason is given, or nothing would change
        """
        ...

    def void(self, ref: str, *, reason: str, by: "AbstractBaseUser | None", at: datetime) -> None:
        """Take the row back; it stays readable and counts no more.

        :raises LedgerRefused: no reason is given, it was taken back before, or it cannot be
        """
        ...


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger as its room declares it; ``self_entry`` lets members enter their own rows.

    ``conceal`` makes a name opaque; a ledger with a ``TOKEN`` column needs it.
    ``ignores`` are titles often seen in such sheets that this house does not keep.
    A ``roster`` says who is who; it is kept by the party office alone. Rows of a ledger that only
    brings others together are ``corrected_in`` one of those, under the same name.
    """

    code: str
    title: "StrOrPromise"
    sentence: "StrOrPromise"
    columns: tuple[Column, ...]
    store: Store
    self_entry: bool = False
    conceal: Callable[[str], str] | None = None
    ignores: tuple[str, ...] = ()
    roster: bool = False
    corrected_in: str = ""

    def column(self, code: str) -> Column:
        return next(column for column in self.columns if column.code == code)

    @property
    def secret(self) -> bool:
        """Whether names in it must be made opaque before anything is kept."""
        return any(column.kind is Kind.TOKEN for column in self.columns)
