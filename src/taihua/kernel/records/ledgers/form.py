"""How a row and a statement are two writings of one thing.

Between them stands the *record*: column code → the cell in its one canonical writing (a person by
code, a day in ISO, a number without idle zeros). Two rows say the same if their records are equal.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from taihua.base.clock import ZONE
from taihua.base.ledger import CellError, Column, Kind, Row, Value
from taihua.base.pairing import Canonical, Record
from taihua.base.sheets.cells import plain_number
from taihua.base.sheets.refusals import CellRefused
from taihua.kernel.org.ledgers.cells import resolved, row_of
from taihua.kernel.org.ledgers.directory import Directory
from taihua.kernel.org.models import Person
from taihua.kernel.records.actions import PLANNED_FOR, Draft
from taihua.kernel.records.models import Statement

NOON = time(12)
LONGEST_LABEL = 120
FAR_OFF = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Also:
    """A cell that records an act of its own beside the row's: a proposal made, an answer given.

    The act is that of the row's actor, or of the unit or person named in the column ``by``; it is
    called what the cell says. ``kind`` gives it an object of its own.
    """

    column: str
    verb: str
    kind: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Where each column of a ledger lives in a statement; see the package's description."""

    ledger: str
    columns: tuple[Column, ...]
    verb: str
    kind: str
    fields: Mapping[str, str]
    path: tuple[str, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)
    label: str = ""
    with_people: Mapping[str, str] = field(default_factory=dict)
    also: tuple[Also, ...] = ()

    def at(self, place: str) -> str | None:
        """The code of the column that lives in ``place``."""
        return next((code for code, where in self.fields.items() if where == place), None)

    @property
    def keys(self) -> list[str]:
        """The columns that say which row it is; without any, all of them."""
        return [c.code for c in self.columns if c.key] or [c.code for c in self.columns]

    def key(self, record: Record) -> str:
        return json.dumps([record[code] for code in self.keys], ensure_ascii=False)

    def is_complete(self, record: Record) -> bool:
        return all(record[c.code] for c in self.columns if c.required)

    # From a row

    def read(
        self, row: Row, index: int, directory: Directory
    ) -> tuple[Record, list[CellError], list[CellError]]:
        """The record of a row, its errors and its notices; what is wrong is ``None`` in it."""
        record: Record = {}
        errors: list[CellError] = []
        for column in self.columns:
            value = row.get(column.code)
            try:
                record[column.code] = self._canonical(column, value, row, directory)
            except CellRefused as refusal:
                record[column.code] = None
                told = CellError(index, column.code, _shown(value), refusal.reason, refusal.mend)
                errors.append(told)
        errors += [replace(told, index=index) for told in self._wrongs(record)]
        notices = [replace(told, index=index) for told in self._doubts(row, record, directory)]
        return self._completed(record, directory), errors, notices

    def _canonical(self, column: Column, value: Value, row: Row, directory: Directory) -> Canonical:
        if value is None or value == ():
            return None
        if self.fields[column.code] == "hint":
            return str(value)
        hint = self._company(row) if column.kind is Kind.PEOPLE else self._hint(row)
        return resolved(column, value, directory, hint, self._day(row))

    def _hint(self, row: Row) -> str | None:
        code = self.at("hint")
        hint = row.get(code) if code else None
        return hint if isinstance(hint, str) else None

    def _company(self, row: Row) -> str | None:
        code = self.at("unit")
        unit = row.get(code) if code else None
        return unit if isinstance(unit, str) else None

    def _day(self, row: Row) -> date | None:
        code = self.at("day")
        day = row.get(code) if code else None
        return day if isinstance(day, date) else None

    def _completed(self, record: Record, directory: Directory) -> Record:
        if (code := self.at("quantity")) and record[code] is None:
            record[code] = "1"
        day = self.at("day")
        if (code := self.at("counts_on")) and day and record[code] == record[day]:
            record[code] = None
        if code := self.at("hint"):
            record[code] = self._unit_then(record, directory)
        return record

    def _unit_then(self, record: Record, directory: Directory) -> str | None:
        person, day = self._actor(record, directory), self._record_day(record)
        unit = directory.main_unit(person, day) if person and day else None
        return unit.code if unit else None

    def _actor(self, record: Record, directory: Directory) -> Person | None:
        code = record.get(self.at("person") or "")
        return directory.person_of_code(code) if isinstance(code, str) else None

    def _record_day(self, record: Record) -> date | None:
        day = record.get(self.at("day") or "")
        return date.fromisoformat(day) if isinstance(day, str) else None

    def _wrongs(self, record: Record) -> Iterable[CellError]:
        """What is wrong with the row as a whole: a day can only make up for an earlier one."""
        code, day = self.at("counts_on"), record.get(self.at("day") or "")
        made_up = record[code] if code else None
        if code and isinstance(made_up, str) and isinstance(day, str) and made_up > day:
            reason = _("补办只能计入以前的日子：%(day)s。") % {"day": made_up}
            yield CellError(0, code, made_up, reason, _("请核对两个日期。"))

    def _doubts(self, row: Row, record: Record, directory: Directory) -> Iterable[CellError]:
        person, day = self._actor(record, directory), self._record_day(record)
        if person and day and not directory.serves(person, day):
            reason = _("%(person)s这一天没有任何职务。") % {"person": person.name}
            yield CellError(0, self.at("day") or "", str(day), reason, _("请核对姓名和日期。"))
        yield from self._far_off(record)
        hint, code = self._hint(row), self.at("hint")
        if not (hint and code and person):
            return
        try:
            wanted = directory.unit(hint)
        except CellRefused as refusal:
            yield CellError(0, code, hint, refusal.reason, refusal.mend)
            return
        if all(service.unit != wanted.pk for service in directory.services.get(person.pk, ())):
            reason = _("%(person)s不在%(unit)s任职。") % {"person": person.name, "unit": hint}
            yield CellError(0, code, hint, reason, _("请核对是不是同一个人。"))

    def _far_off(self, record: Record) -> Iterable[CellError]:
        """A plan counts in the year that it is for: a slip of the year would take it out of sight."""
        code, day = self.at(f"context.{PLANNED_FOR}"), self._record_day(record)
        planned = record.get(code or "")
        if code and day and isinstance(planned, str):
            away = abs(date.fromisoformat(planned) - day)
            if away > FAR_OFF:
                reason = _("计划时间离制定日期一年多，这项计划会算在%(year)s年。")
                told = {"year": planned[:4]}
                yield CellError(0, code, planned, reason % told, _("请核对年份。"))

    # To and from a statement

    def record_of(self, statement: Statement, directory: Directory) -> Record:
        """The record of what was stated."""
        return self._completed(
            {
                column.code: self._stored(self.fields[column.code], statement, directory)
                for column in self.columns
            },
            directory,
        )

    def _stored(self, place: str, statement: Statement, directory: Directory) -> Canonical:
        group, _dot, name = place.partition(".")
        if name:
            kept = getattr(statement, group) or {}
            value: Canonical = kept.get(name)
            return value
        return _PLACES[group](self, statement, directory)

    def drafts(self, record: Record, row_key: str, directory: Directory) -> list[Draft]:
        """The statements of a row: its own first, then those of the people and acts it names."""
        own = self._draft(record, row_key, directory)
        return [
            own,
            *self._drafts_of_people(own, record, directory),
            *self._drafts_also(own, record, directory),
        ]

    def _draft(self, record: Record, row_key: str, directory: Directory) -> Draft:
        def cell(place: str) -> str | None:
            value = record.get(self.at(place) or "")
            return value if isinstance(value, str) else None

        day = date.fromisoformat(cell("day") or "")
        made_up = cell("counts_on")
        unit = cell("unit")
        kind = self.kinds.get(cell("kind") or "", self.kind)
        return Draft(
            verb=self.verb,
            kind=kind,
            path=f"{kind}/{cell('path') or self._object(record, row_key)}",
            label=cell("label") or self.label,
            person=self._actor(record, directory),
            unit=directory.unit_of_code(unit) if unit else None,
            occurred_at=datetime.combine(day, NOON, ZONE),
            counts_on=date.fromisoformat(made_up) if made_up else None,
            quantity=cell("quantity") or "1",
            context=self._kept(record, "context"),
            result=self._kept(record, "result"),
            row_key=row_key,
        )

    def _drafts_of_people(
        self, own: Draft, record: Record, directory: Directory
    ) -> Iterable[Draft]:
        for column, verb in self.with_people.items():
            for code in record[column] or ():
                person = directory.person_of_code(code)
                yield _beside(own, verb=verb, person=person, unit=None)

    def _drafts_also(self, own: Draft, record: Record, directory: Directory) -> Iterable[Draft]:
        for act in self.also:
            if not (said := record[act.column]):
                continue
            kind = act.kind or own.kind
            by = record.get(act.by)
            actor = by if isinstance(by, str) else ""
            unit, person = directory.unit_of_code(actor), directory.person_of_code(actor)
            yield _beside(
                own,
                verb=act.verb,
                kind=kind,
                path=f"{kind}/{own.path.rpartition('/')[2]}",
                label=str(said).splitlines()[0][:LONGEST_LABEL],
                quantity=1,
                unit=unit if unit or person else own.unit,
                person=person if unit or person else own.person,
            )

    def _object(self, record: Record, row_key: str) -> str:
        told = json.dumps([record[code] for code in self.path]) if self.path else row_key
        return hashlib.sha256(told.encode()).hexdigest()[:20]

    def _kept(self, record: Record, group: str) -> dict[str, Canonical] | None:
        kept = {
            place.partition(".")[2]: record[code]
            for code, place in self.fields.items()
            if place.startswith(f"{group}.") and record[code] is not None
        }
        return kept or None

    # To a row

    def row_of(self, record: Record, directory: Directory) -> Row:
        """The row as a sheet bears it."""
        return row_of(self.columns, record, directory)

    def people_in(self, statements: Sequence[Statement]) -> tuple[set[int], set[str]]:
        """The ids and codes of everybody these statements name."""
        ids = {s.person_id for s in statements if s.person_id is not None}
        codes: set[str] = set()
        for column in self.columns:
            group, _dot, name = self.fields[column.code].partition(".")
            if column.kind in {Kind.PERSON, Kind.PEOPLE} and name:
                for statement in statements:
                    value = (getattr(statement, group) or {}).get(name) or ()
                    codes.update([value] if isinstance(value, str) else value)
        return ids, codes


def _beside(own: Draft, **changes: Any) -> Draft:
    """Another act on the same day, with a number of its own."""
    return replace(own, **{"context": None, "result": None, "uuid": uuid4()} | changes)


def _shown(value: Value) -> str:
    return "、".join(value) if isinstance(value, tuple) else str(value or "")


def _actor_code(_form: Form, statement: Statement, directory: Directory) -> Canonical:
    person = directory.people.get(statement.person_id or 0)
    return person.code if person else None


def _unit_code(_form: Form, statement: Statement, directory: Directory) -> Canonical:
    unit = directory.units.get(statement.unit_id or 0)
    return unit.code if unit else None


def _kind_word(form: Form, statement: Statement, _directory: Directory) -> Canonical:
    return next((w for w, code in form.kinds.items() if code == statement.kind.code), None)


_PLACES: Mapping[str, Callable[[Form, Statement, Directory], Canonical]] = {
    "person": _actor_code,
    "unit": _unit_code,
    "hint": lambda _form, _statement, _directory: None,
    "day": lambda _form, statement, _directory: statement.day.isoformat(),
    "counts_on": lambda _form, statement, _directory: statement.counts_on.isoformat(),
    "quantity": lambda _form, statement, _directory: str(plain_number(statement.quantity)),
    "label": lambda _form, statement, _directory: statement.object_label,
    "kind": _kind_word,
    "path": lambda _form, statement, _directory: statement.object_path.rpartition("/")[2],
}
