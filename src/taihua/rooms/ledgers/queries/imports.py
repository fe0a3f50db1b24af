"""Sheets that wait, what importing them would do, and their marked copies."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import override

from taihua.base.intake import Intake, Reading, shown, take_in
from taihua.base.ledger import (
    CellError,
    Column,
    Kind,
    Ledger,
    Plan,
    Scope,
    State,
    Step,
)
from taihua.base.sheets.matching import IDLE, MARKED, Match, Names, match_titles
from taihua.base.sheets.reading import Cell, Unreadable
from taihua.base.sheets.table import Table
from taihua.base.sheets.writing import Flaw, Written
from taihua.kernel.org.models import Account
from taihua.rooms.ledgers.logic import unpacked
from taihua.rooms.ledgers.models import TitleChoice, Upload
from taihua.rooms.ledgers.queries.rows import Shown

SAMPLES = 3


def names_of(ledger: Ledger) -> Names:
    """The titles by which the columns of a ledger are known, in whatever language one reads pages.

    A Chinese sheet is known on an English page, and what was exported in one comes back in the other.
    """
    names = {column.code: [str(column.title)] for column in ledger.columns}
    for language, _name in settings.LANGUAGES:
        with override(language):
            for column in ledger.columns:
                names[column.code].append(str(column.title))
    return {
        column.code: tuple(dict.fromkeys([*names[column.code], *column.synonyms, column.code]))
        for column in ledger.columns
    }


def choices_of(ledger: Ledger) -> dict[str, str]:
    """What has been said before about titles: title → column, or empty for “leave it out”."""
    kept = TitleChoice.objects.filter(ledger=ledger.code)
    return dict.fromkeys(ledger.ignores, "") | dict(kept.values_list("title", "column"))


def match_of(ledger: Ledger, titles: Sequence[str]) -> Match:
    """Where each title belongs, by its words and by what clerks have said."""
    return match_titles(titles, names_of(ledger), choices_of(ledger))


def missing(ledger: Ledger, placed: Iterable[str]) -> list[Column]:
    """The columns that a sheet must have and has not."""
    there = set(placed)
    return [one for one in ledger.columns if one.required and one.code not in there]


def open_upload(ledger: Ledger, pk: int, account: Account) -> Upload | None:
    """A sheet that ``account`` has brought for this ledger."""
    return Upload.objects.filter(pk=pk, ledger=ledger.code, by=account).first()


def waiting(ledger: Ledger, account: Account) -> QuerySet[Upload]:
    """The sheets that ``account`` has brought and not yet imported, newest first."""
    mine = Upload.objects.filter(ledger=ledger.code, by=account, done_at__isnull=True)
    return mine.defer("body").order_by("-uploaded_at")


def imports(ledger: Ledger) -> QuerySet[Upload]:
    """What has been imported into a ledger, newest first."""
    done = Upload.objects.filter(ledger=ledger.code, done_at__isnull=False)
    return done.select_related("by__person").order_by("-done_at")


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """One cell of a preview: what it will be, what it was, what is wrong with it."""

    shown: Shown
    before: Shown | None = None
    errors: tuple[CellError, ...] = ()
    notices: tuple[CellError, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of a preview, and where it stands in the sheet."""

    sheet: str
    number: int
    step: Step
    cells: list[PreviewCell]


@dataclass
class Preview:
    """What importing a sheet would do, and everything that is wrong with it."""

    ledger: Ledger
    table: Table
    columns: dict[int, str]
    intake: Intake
    plan: Plan
    errors: dict[int, list[CellError]]
    notices: dict[int, list[CellError]]

    @property
    def error_count(self) -> int:
        return sum(map(len, self.errors.values()))

    @property
    def notice_count(self) -> int:
        return sum(map(len, self.notices.values()))

    @property
    def counts(self) -> dict[str, int]:
        return {state.value: self.plan.count(state) for state in State}

    @property
    def lacks_years(self) -> bool:
        """Whether some dates name no year, so that the clerk should be asked."""
        days = {column.code for column in self.ledger.columns if column.kind is Kind.DAY}
        found = (error for errors in self.errors.values() for error in errors)
        return any(error.column in days and "年份" in error.mend for error in found)

    @cached_property
    def shown_columns(self) -> list[Column]:
        """The columns that the sheet has, and those in which something was found or changes."""
        codes = set(self.columns.values())
        codes |= {one.column for found in (self.errors, self.notices) for one in findings(found)}
        codes |= {change.column for step in self.plan.steps for change in step.changes}
        return [column for column in self.ledger.columns if column.code in codes]

    def fingerprint(self) -> str:
        return self.plan.fingerprint()

    def indexes(self, show: str) -> list[int]:
        """The rows to look at: those in error first, or of one state."""
        steps = enumerate(self.plan.steps)
        if show == "errors":
            return sorted(self.errors)
        if show == "notices":
            return sorted(self.notices)
        if show in {state.value for state in State}:
            return [index for index, step in steps if step.state.value == show]
        return list(range(len(self.plan.steps)))

    def row(self, index: int) -> PreviewRow:
        line, row, step = self.intake.lines[index], self.intake.rows[index], self.plan.steps[index]
        changes = {change.column: change for change in step.changes}
        places = {code: position for position, code in self.columns.items()}
        cells = []
        for column in self.shown_columns:
            code = column.code
            errors = tuple(e for e in self.errors.get(index, ()) if e.column == code)
            raw = shown(column, line.cells[places[code]]) if code in places else ""
            change = changes.get(code)
            cells.append(
                PreviewCell(
                    Shown(column, raw if errors else row.get(code)),
                    Shown(column, change.before) if change else None,
                    errors,
                    tuple(n for n in self.notices.get(index, ()) if n.column == code),
                )
            )
        return PreviewRow(line.sheet, line.number, step, cells)


def preview_of(upload: Upload, ledger: Ledger, scope: Scope, today: date) -> Preview:
    """What importing that sheet would do, as things stand now."""
    return preview(ledger, table_of(upload), upload.columns, Reading(today, upload.year), scope)


def preview(
    ledger: Ledger, table: Table, columns: dict[int, str], reading: Reading, scope: Scope
) -> Preview:
    """What importing that table would do, as things stand now."""
    intake = take_in(ledger, table, columns, reading)
    plan = ledger.store.plan(intake.rows)
    found = [*intake.errors, *plan.errors, *ledger.store.outside(plan, scope)]
    return Preview(
        ledger,
        table,
        columns,
        intake,
        plan,
        _by_row(found),
        _by_row([*intake.notices, *plan.notices]),
    )


def _by_row(found: Iterable[CellError]) -> dict[int, list[CellError]]:
    """The findings of each row, one a cell: the first said is the root of the others."""
    rows: dict[int, dict[str, CellError]] = {}
    for one in found:
        rows.setdefault(one.index, {}).setdefault(one.column, one)
    return {index: list(cells.values()) for index, cells in rows.items()}


def table_of(upload: Upload) -> Table:
    """The table of a waiting sheet."""
    return unpacked(bytes(upload.body or b""))


def titles_of(upload: Upload) -> tuple[str, ...]:
    return table_of(upload).titles


def askable(table: Table) -> dict[int, str]:
    """The titles worth asking about: position → title, running numbers and blanks left out."""
    return {
        position: title
        for position, title in enumerate(table.titles)
        if title.casefold() not in IDLE
    }


def samples(table: Table) -> dict[int, str]:
    """For each position the first things that stand in it."""
    found: dict[int, list[str]] = {}
    for line in table.lines[:50]:
        for position, cell in enumerate(line.cells):
            said, told = found.setdefault(position, []), _sample(cell)
            if told and len(said) < SAMPLES and told not in said:
                said.append(told)
    return {position: "，".join(said) for position, said in found.items()}


def _sample(cell: Cell) -> str:
    whole = isinstance(cell, float) and cell.is_integer()
    told = _plain(cell)
    return "" if told is None else f"{told:.0f}" if whole else str(told)[:20]


def imported_before(upload: Upload) -> Upload | None:
    """The last import of the very same file, if there was one."""
    same = Upload.objects.filter(ledger=upload.ledger, digest=upload.digest, done_at__isnull=False)
    return same.select_related("by__person").order_by("-done_at").first()


@dataclass(frozen=True, slots=True)
class MarkedCopy:
    """A sheet as it came, with what is wrong beside it."""

    titles: list[str]
    rows: list[list[Written]]
    flaws: list[Flaw]


def marked_copy(preview: Preview) -> MarkedCopy:
    """The sheet's own columns and rows, those in error marked; one more column says why."""
    places = {code: position for position, code in preview.columns.items()}
    rows: list[list[Written]] = []
    flaws: list[Flaw] = []
    for index, line in enumerate(preview.table.lines):
        errors = preview.errors.get(index, [])
        for error in errors:
            column = places.get(error.column, len(line.cells))
            flaws.append(Flaw(index, column, f"{error.reason}{error.mend}"))
        said = [f"{_title(preview.ledger, error)}：{error.reason}{error.mend}" for error in errors]
        rows.append([*(_plain(cell) for cell in line.cells), "\n".join(said)])
    return MarkedCopy([*preview.table.titles, MARKED], rows, flaws)


def _title(ledger: Ledger, error: CellError) -> str:
    return str(ledger.column(error.column).title)


def _plain(cell: Cell) -> Written:
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if cell is None or isinstance(cell, str | int | float | date):
        return cell
    return "" if isinstance(cell, Unreadable) else str(cell)


def left_out(preview: Preview) -> list[str]:
    """The titles of the columns that are not imported."""
    titles = enumerate(preview.table.titles)
    return [
        title
        for position, title in titles
        if position not in preview.columns and title.casefold() not in IDLE
    ]


def findings(found: Mapping[int, list[CellError]]) -> list[CellError]:
    """What was found, row by row."""
    return [one for index in sorted(found) for one in found[index]]
