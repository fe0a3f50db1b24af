"""Bringing sheets in, row by row or whole: looked at first, then all or nothing."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath

from django.db import transaction
from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.base.intake import Reading, take_cells, take_in
from taihua.base.ledger import ALL, Ledger, LedgerRefused, Outcome, Scope, State
from taihua.base.sheets.reading import Cell, read_book
from taihua.base.sheets.refusals import SheetRefused
from taihua.base.sheets.table import Table, find_table
from taihua.kernel.org.models import Account
from taihua.rooms.ledgers.logic import concealed, packed
from taihua.rooms.ledgers.models import TitleChoice, Turn, Upload
from taihua.rooms.ledgers.queries import imports
from taihua.rooms.ledgers.queries.imports import Preview

KEPT_WAITING = timedelta(days=7)


class ImportChanged(Exception):
    """Something happened between preview and confirmation, and nothing was imported."""


class TitlesUnclear(Exception):
    """A sheet with names in it cannot wait for answers: nothing of it was kept."""

    def __init__(self, titles: tuple[str, ...], unclear: tuple[int, ...]) -> None:
        super().__init__(_("有几列认不出，请选好后再交一次这个文件。"))
        self.titles, self.unclear = titles, unclear


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A file as it came in."""

    name: str
    content: bytes
    year: int | None = None


@transaction.atomic
def bring(ledger: Ledger, sent: Sent, *, by: Account | None, at: datetime) -> Upload:
    """Read a file and keep its table until it is imported or dropped.

    Of a ledger with secret names only the placed columns are kept, with tokens for the names.

    :raises SheetRefused: the file cannot be read, or lacks a column that nobody could mean
    :raises TitlesUnclear: names must not wait; the titles have to be placed first
    """
    Upload.objects.filter(done_at__isnull=True, uploaded_at__lt=at - KEPT_WAITING).delete()
    table = find_table(read_book(sent.content), imports.names_of(ledger))
    match = imports.match_of(ledger, table.titles)
    columns = match.columns
    if not match.open:
        _refuse_missing(ledger, columns)
    if ledger.secret:
        if match.open:
            raise TitlesUnclear(table.titles, match.open)
        table = _without_names(ledger, table, columns, Reading(local_day(at), sent.year))
        columns = {position: columns[at_] for position, at_ in enumerate(sorted(columns))}
    return Upload.objects.create(
        ledger=ledger.code,
        by=by,
        file_name=str(ledger.title) if ledger.secret else PurePath(sent.name).name[:200],
        digest=hashlib.sha256(sent.content).hexdigest(),
        uploaded_at=at,
        year=sent.year,
        body=packed(table),
        placed={str(position): code for position, code in columns.items()},
    )


@transaction.atomic
def import_file(ledger: Ledger, sent: Sent, *, at: datetime, dry_run: bool) -> Preview:
    """Import a file in one go, unless there are errors or it is only tried out.

    Columns that nobody can place are left out.

    :raises SheetRefused: the file cannot be read, or lacks a needed column
    """
    _take_turn(ledger)
    table = find_table(read_book(sent.content), imports.names_of(ledger))
    columns = imports.match_of(ledger, table.titles).columns
    _refuse_missing(ledger, columns)
    reading = Reading(local_day(at), sent.year)
    preview = imports.preview(ledger, table, columns, reading, ALL)
    if not preview.errors and not dry_run:
        ledger.store.apply(preview.plan, None, at)
    return preview


@transaction.atomic
def remember_titles(
    ledger: Ledger, chosen: Mapping[str, str], *, by: Account | None, at: datetime
) -> None:
    """Keep what a clerk says about titles (title → column, empty to leave it out) for next time.

    :raises SheetRefused: two titles are given to one column
    """
    columns = [code for code in chosen.values() if code]
    if len(columns) != len(set(columns)):
        raise SheetRefused(_("有两列对到了同一列，请改一处。"))
    for title, column in chosen.items():
        TitleChoice.objects.update_or_create(
            ledger=ledger.code, title=title, defaults={"column": column, "by": by, "at": at}
        )


@transaction.atomic
def place(upload: Upload, ledger: Ledger, placed: Mapping[int, str]) -> None:
    """Say which position of a waiting sheet is which column.

    :raises SheetRefused: two positions are one column, or a needed column is not there
    """
    columns = {position: code for position, code in placed.items() if code}
    if len(set(columns.values())) != len(columns):
        raise SheetRefused(_("有两列对到了同一列，请改一处。"))
    _refuse_missing(ledger, columns)
    upload.placed = {str(position): code for position, code in columns.items()}
    upload.save(update_fields=["placed"])


def name_year(upload: Upload, year: int | None) -> None:
    """Say which year is meant where dates name none."""
    upload.year = year
    upload.save(update_fields=["year"])


@transaction.atomic
def confirm(
    upload: Upload, ledger: Ledger, *, seen: str, scope: Scope, by: Account | None, at: datetime
) -> Outcome:
    """Import a waiting sheet exactly as it was previewed, whole or not at all.

    :param seen: the fingerprint of the preview that was agreed to
    :raises ImportChanged: it was imported before, or the ledger has changed since the preview
    :raises LedgerRefused: there are errors in it
    """
    _take_turn(ledger)
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if upload.done_at is not None:
        raise ImportChanged(_("这份表已经导入过了，没有再导一次。"))
    preview = imports.preview_of(upload, ledger, scope, local_day(at))
    if preview.errors:
        raise LedgerRefused(_("表里还有错误，什么都没有导入。"))
    if preview.fingerprint() != seen:
        raise ImportChanged(_changed(ledger, upload))
    outcome = ledger.store.apply(preview.plan, by, at)
    upload.done_at, upload.body = at, None
    upload.outcome = {"new": outcome.new, "changed": outcome.changed, "same": outcome.same}
    upload.save(update_fields=["done_at", "body", "outcome"])
    return outcome


def drop(upload: Upload) -> None:
    """Throw a waiting sheet away; one that was imported stays on file."""
    if upload.done_at is None:
        upload.delete()


@transaction.atomic
def enter(
    ledger: Ledger,
    cells: Mapping[str, Cell],
    *,
    scope: Scope,
    by: Account | None,
    at: datetime,
) -> None:
    """Write one row.

    :raises LedgerRefused: a cell is wrong, the row is there already, or it is not theirs to write
    """
    intake = take_cells(ledger, cells, Reading(local_day(at)))
    plan = ledger.store.plan(intake.rows)
    if errors := [*intake.errors, *plan.errors, *ledger.store.outside(plan, scope)]:
        raise LedgerRefused(_("有几格要改。"), errors)
    if plan.steps[0].state is State.SAME:
        raise LedgerRefused(_("台账里已经有这一行了。"))
    if plan.steps[0].state is State.CHANGED:
        raise LedgerRefused(_("台账里已有这一行，内容不同；要改，请到那一行里更正。"))
    ledger.store.apply(plan, by, at)


@transaction.atomic
def correct(
    ledger: Ledger,
    ref: str,
    cells: Mapping[str, Cell],
    *,
    reason: str,
    scope: Scope,
    by: Account | None,
    at: datetime,
) -> None:
    """Void a row and state it anew, with the reason.

    :raises LedgerRefused: a cell is wrong, nothing changes, no reason, or not theirs to write
    """
    intake = take_cells(ledger, cells, Reading(local_day(at)))
    plan = ledger.store.plan(intake.rows)
    if errors := [*intake.errors, *ledger.store.outside(plan, scope)]:
        raise LedgerRefused(_("有几格要改。"), errors)
    ledger.store.correct(ref, intake.rows[0], reason=reason, by=by, at=at)


def _take_turn(ledger: Ledger) -> None:
    """Wait until nobody else writes into this ledger, until the transaction ends."""
    Turn.objects.get_or_create(ledger=ledger.code)
    Turn.objects.select_for_update().get(ledger=ledger.code)


def _refuse_missing(ledger: Ledger, columns: Mapping[int, str]) -> None:
    if lacking := imports.missing(ledger, columns.values()):
        titles = "、".join(str(column.title) for column in lacking)
        raise SheetRefused(_("表里缺少必填的列：%(titles)s。") % {"titles": titles})


def _without_names(
    ledger: Ledger, table: Table, columns: Mapping[int, str], reading: Reading
) -> Table:
    intake = take_in(ledger, table, columns, reading)
    secret = [column.code for column in ledger.columns if column.kind.value == "token"]
    tokens = [{code: _as_cell(row[code]) for code in secret} for row in intake.rows]
    return concealed(table, columns, tokens)


def _as_cell(value: object) -> Cell:
    return value if isinstance(value, str) else None


def _changed(ledger: Ledger, upload: Upload) -> str:
    last = imports.imports(ledger).filter(done_at__gte=upload.uploaded_at).first()
    if last is not None and last.by is not None:
        return _("预览之后，%(who)s也导入了这本台账，结果会不一样。请再看一遍。") % {"who": last.by}
    return _("预览之后台账有了变化，结果会不一样。请再看一遍。")
