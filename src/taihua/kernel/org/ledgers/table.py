"""What all stores of the roster have in common: rows compared with what is believed now."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from taihua.base.ledger import (
    Asked,
    CellError,
    Chapter,
    Column,
    Entry,
    Kind,
    LedgerRefused,
    Outcome,
    Plan,
    Row,
    Scope,
    State,
    Value,
)
from taihua.base.pairing import Canonical, Record, compare, pair
from taihua.base.sheets.refusals import CellRefused
from taihua.kernel.org.ledgers.cells import resolved, row_of
from taihua.kernel.org.ledgers.directory import Directory
from taihua.kernel.org.models import Term, open_on

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

YES, NO = gettext_noop("是"), gettext_noop("否")


@dataclass(frozen=True, slots=True)
class Prepared[M: models.Model]:
    """What ``plan`` hands to ``apply``: each row's record and what stands in its place."""

    work: list[tuple[Record, M | None]]
    directory: Directory


class TableStore[M: models.Model](ABC):
    """A ledger whose rows are the rows of one table."""

    columns: ClassVar[tuple[Column, ...]]

    @abstractmethod
    def found(self) -> QuerySet[M]:
        """All rows that stand, in the order of an export."""

    @abstractmethod
    def visible(self, units: frozenset[int]) -> Q:
        """The condition for rows that belong to one of ``units``."""

    @abstractmethod
    def of_people(self, people: frozenset[int]) -> Q:
        """The condition for rows that belong to one of ``people``."""

    @abstractmethod
    def record_of(self, thing: M, directory: Directory) -> Record:
        """The canonical writing of what stands."""

    def records_of(self, things: Sequence[M], directory: Directory) -> list[Record]:
        """The writing of a page of it, at no more queries than that of one."""
        return [self.record_of(thing, directory) for thing in things]

    @abstractmethod
    def write(
        self, work: Sequence[tuple[Record, M | None]], directory: Directory, at: datetime
    ) -> None:
        """Make what is new and change what stands, in their order."""

    def in_year(self, first: date, last: date) -> Q:
        """The condition for rows that concern these days; lists without days concern all."""
        return Q()

    def doubts(self, record: Record, index: int, directory: Directory) -> Iterable[CellError]:
        """What is wrong with a row as a whole."""
        return ()

    def complete(self, row: Row, record: Record, directory: Directory) -> Record:
        """The record with what the row leaves unsaid."""
        return record

    def lookup(self, column: Column, value: Value, directory: Directory) -> Canonical:
        """The canonical writing of a cell that is looked up in this store's own way.

        :raises CellRefused: there is no such thing
        """
        return resolved(column, value, directory)

    def prepared(self, rows: Sequence[Row]) -> Directory:
        """The directory, with what the rows themselves are about to make."""
        return Directory.everybody()

    def take_back(self, thing: M, at: datetime) -> None:
        raise LedgerRefused(_("这里的行不能作废；不再用的，请填撤销或结束日期。"))

    def chapters(self, thing: M) -> list[Chapter]:
        return []

    @property
    def keys(self) -> list[str]:
        return [column.code for column in self.columns if column.key]

    def key(self, record: Record) -> tuple[object, ...]:
        return tuple(record[code] for code in self.keys)

    def rows(self, year: int | None) -> Iterator[Row]:
        directory = Directory.everybody()
        found = self.found()
        if year is not None:
            found = found.filter(self.in_year(date(year, 1, 1), date(year, 12, 31)))
        for thing in found:
            yield row_of(self.columns, self.record_of(thing, directory), directory)

    def entries(self, asked: Asked) -> "TableEntries[M]":
        found = self.found().filter(self._seen(asked.scope))
        if asked.year is not None:
            found = found.filter(self.in_year(date(asked.year, 1, 1), date(asked.year, 12, 31)))
        if asked.units is not None:
            found = found.filter(self.visible(asked.units))
        if asked.people is not None:
            found = found.filter(self.of_people(asked.people))
        return TableEntries(self, found)

    def entry(self, ref: str, scope: Scope) -> Entry | None:
        if not ref.isdecimal():
            return None
        found = self.found().filter(self._seen(scope), pk=int(ref))
        return next(iter(TableEntries(self, found).page(0, 1)), None)

    def history(self, ref: str) -> list[Chapter]:
        return self.chapters(self.found().get(pk=int(ref)))

    def _seen(self, scope: Scope) -> Q:
        if scope.everything:
            return Q()
        mine = Q(pk__in=[]) if scope.person is None else self.of_people(frozenset({scope.person}))
        return mine | self.visible(scope.units) if scope.units else mine

    def plan(self, rows: Sequence[Row]) -> Plan:
        directory = self.prepared(rows)
        errors: list[CellError] = []
        records = [self._read(row, at, directory, errors) for at, row in enumerate(rows)]
        whole = [record if self._is_complete(record) else None for record in records]
        errors += self._twice(whole)
        for index, record in enumerate(whole):
            errors += self.doubts(record, index, directory) if record else ()
        standing = ((self.record_of(thing, directory), thing) for thing in self.found())
        found = pair(whole, standing, self.key)
        steps = [
            compare(
                there[0] if there else None, record, lambda r: row_of(self.columns, r, directory)
            )
            for record, there in zip(records, found, strict=True)
        ]
        work = [(r, there[1] if there else None) for r, there in zip(records, found, strict=True)]
        return Plan(rows, steps, errors, (), Prepared(work, directory))

    def outside(self, plan: Plan, scope: Scope) -> Iterable[CellError]:
        if not scope.everything:
            for index in range(len(plan.rows)):
                reason = _("花名册一类的台账只由党办登记。")
                yield CellError(index, self.columns[0].code, "", reason, _("请交给党办。"))

    @transaction.atomic
    def apply(self, plan: Plan, by: "AbstractBaseUser | None", at: datetime) -> Outcome:
        if plan.refused or not isinstance(plan.work, Prepared):
            raise LedgerRefused(_("表里还有错误，什么都没有导入。"), plan.errors)
        pairs = zip(plan.steps, plan.work.work, strict=True)
        self.write(
            [one for step, one in pairs if step.state is not State.SAME], plan.work.directory, at
        )
        return Outcome(*(plan.count(state) for state in (State.NEW, State.CHANGED, State.SAME)))

    @transaction.atomic
    def correct(
        self, ref: str, row: Row, *, reason: str, by: "AbstractBaseUser | None", at: datetime
    ) -> None:
        _need(reason)
        directory = Directory.everybody()
        thing = self.found().get(pk=int(ref))
        errors: list[CellError] = []
        record = self._read(row, 0, directory, errors)
        errors += self.doubts(record, 0, directory) if self._is_complete(record) else ()
        if errors or not self._is_complete(record):
            raise LedgerRefused(_("有几格填得不对，没有更正。"), errors)
        before = self.record_of(thing, directory)
        if record == before:
            raise LedgerRefused(_("和原来的一样，没有要更正的。"))
        others = self.found().exclude(pk=thing.pk)
        if self.key(record) != self.key(before) and any(
            self.key(self.record_of(other, directory)) == self.key(record) for other in others
        ):
            raise LedgerRefused(_("台账里已经有这一行了。"))
        self.write([(record, thing)], directory, at)

    @transaction.atomic
    def void(self, ref: str, *, reason: str, by: "AbstractBaseUser | None", at: datetime) -> None:
        _need(reason)
        self.take_back(self.found().get(pk=int(ref)), at)

    def _read(self, row: Row, index: int, directory: Directory, errors: list[CellError]) -> Record:
        record: Record = {}
        unit = row.get("unit")
        for column in self.columns:
            value = row.get(column.code)
            try:
                if column.kind is Kind.PERSON and isinstance(unit, str):
                    record[column.code] = resolved(column, value, directory, unit)
                else:
                    record[column.code] = self.lookup(column, value, directory)
            except CellRefused as refusal:
                record[column.code] = None
                told = CellError(index, column.code, str(value), refusal.reason, refusal.mend)
                errors.append(told)
        return self.complete(row, record, directory)

    def _is_complete(self, record: Record) -> bool:
        return all(record[column.code] for column in self.columns if column.required)

    def _twice(self, records: Sequence[Record | None]) -> Iterable[CellError]:
        seen: set[tuple[object, ...]] = set()
        for index, record in enumerate(records):
            if record is None:
                continue
            key = self.key(record)
            if key in seen:
                said = str(record[self.keys[0]])
                reason = _("“%(said)s”在表里出现了两次。") % {"said": said}
                yield CellError(index, self.keys[0], said, reason, _("请只留一行。"))
            seen.add(key)


@dataclass(frozen=True, slots=True)
class TableEntries[M: models.Model]:
    """The rows of a page."""

    store: TableStore[M]
    found: QuerySet[M]

    def count(self) -> int:
        return self.found.count()

    def page(self, start: int, stop: int) -> list[Entry]:
        things = list(self.found[start:stop])
        ids = {getattr(thing, "person_id", None) for thing in things} - {None}
        directory = Directory.some(pk for pk in ids if pk is not None)
        records = self.store.records_of(things, directory)
        return [
            Entry(str(thing.pk), row_of(self.store.columns, record, directory))
            for thing, record in zip(things, records, strict=True)
        ]


def served_in(units: frozenset[int]) -> QuerySet[Term]:
    """The terms, believed now, in one of these units."""
    return Term.objects.known().filter(unit__in=units)


def overlaps(first: date, last: date) -> Q:
    """The condition that a span ``first_day … last_day`` touches these days."""
    return open_on(first) | Q(first_day__range=(first, last))


def _need(reason: str) -> None:
    if not reason.strip():
        raise LedgerRefused(_("请写明更正的原因。"))
