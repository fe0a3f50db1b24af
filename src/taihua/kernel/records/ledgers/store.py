"""The store of a ledger whose rows are statements."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from taihua.base.ledger import (
    Asked,
    CellError,
    Chapter,
    Column,
    Entry,
    LedgerRefused,
    Outcome,
    Plan,
    Row,
    Scope,
    State,
    Step,
)
from taihua.base.pairing import Record, compare, pair
from taihua.kernel.org.ledgers.directory import Directory
from taihua.kernel.org.models import Account, Term
from taihua.kernel.records.actions import Draft, StatementRefused, record_many, void
from taihua.kernel.records.ledgers.form import Also, Form
from taihua.kernel.records.models import Statement
from taihua.kernel.records.queries import VOIDS_NOTHING, history_of, statements

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

CHUNK = 2000
IMPORTED_ANEW = "重新导入时更正"  # kept on record, in the language of the records


@dataclass(slots=True)
class Work:
    """What ``plan`` found out about one row: its record, and the statement that stands for it."""

    record: Record
    stands: Statement | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What ``plan`` hands to ``apply``."""

    work: list[Work]
    directory: Directory


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementStore:
    """Each row is one statement, with those of the people it names; see the package."""

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

    @property
    def form(self) -> Form:
        return Form(**{name: getattr(self, name) for name in Form.__dataclass_fields__})

    def live(self) -> QuerySet[Statement]:
        """The statements that stand in this ledger."""
        kinds = [*self.kinds.values()] or [self.kind]
        return statements().filter(verb__code=self.verb, kind__code__in=kinds)

    def rows(self, year: int | None) -> Iterator[Row]:
        form, directory = self.form, Directory.everybody()
        found = _in_year(self.live(), year).order_by("day", "pk")
        for statement in found.iterator(chunk_size=CHUNK):
            yield form.row_of(form.record_of(statement, directory), directory)

    def entries(self, asked: Asked) -> "StatementEntries":
        found = _in_year(self.live(), asked.year).filter(_visible(asked.scope))
        if asked.units is not None:
            found = found.filter(_of_units(asked.units))
        if asked.people is not None:
            found = found.filter(person__in=asked.people)
        return StatementEntries(self.form, found)

    def entry(self, ref: str, scope: Scope) -> Entry | None:
        try:
            found = self._all().filter(_visible(scope), uuid=ref)
        except ValidationError:
            return None
        return next(iter(StatementEntries(self.form, found).page(0, 1)), None)

    def statement(self, ref: str) -> Statement:
        """The statement of that row, voided or not."""
        return self._all().get(uuid=UUID(ref))

    def history(self, ref: str) -> list[Chapter]:
        told = list(history_of(self.statement(ref)).select_related("entered_by__person"))
        voided = {s.voids_id: s for s in told if s.voids_id is not None}
        form = self.form
        own = [s for s in told if s.verb.code == self.verb]
        ids, codes = form.people_in(own)
        directory = Directory.some(ids, codes)
        chapters: list[Chapter] = []
        for statement in own:
            row = form.row_of(form.record_of(statement, directory), directory)
            by = str(statement.entered_by or "")
            what = _("更正后重记") if chapters else _("记入")
            chapters.append(Chapter(statement.stored_at, what, by, row=row))
            if end := voided.get(statement.pk):
                reason = str((end.context or {}).get("reason", ""))
                chapters.append(
                    Chapter(end.stored_at, _("作废"), str(end.entered_by or ""), reason)
                )
        return chapters

    def plan(self, rows: Sequence[Row]) -> Plan:
        form, directory = self.form, Directory.everybody()
        errors: list[CellError] = []
        notices: list[CellError] = []
        work: list[Work] = []
        for index, row in enumerate(rows):
            record, wrong, doubtful = form.read(row, index, directory)
            work.append(Work(record))
            errors += wrong
            notices += doubtful
        steps = self._steps(work, directory)
        errors += self._foreign(steps, work)
        notices += self._repeated(form, steps, work, directory)
        return Plan(rows, steps, errors, notices, Prepared(work, directory))

    def outside(self, plan: Plan, scope: Scope) -> Iterable[CellError]:
        if scope.everything or not isinstance(plan.work, Prepared):
            return
        column = self.form.at("person") or self.form.at("unit") or self.form.keys[0]
        for index, one in enumerate(plan.work.work):
            actor = one.record[column]
            if isinstance(actor, str) and not plan.work.directory.belongs(actor, scope):
                reason = _("这一行不归您登记。")
                mend = _("请交给党办，或由所在单位登记。")
                yield CellError(index, column, str(plan.rows[index][column]), reason, mend)

    @transaction.atomic
    def apply(self, plan: Plan, by: "AbstractBaseUser | None", at: datetime) -> Outcome:
        if plan.refused or not isinstance(plan.work, Prepared):
            raise LedgerRefused(_("表里还有错误，什么都没有导入。"), plan.errors)
        account = by if isinstance(by, Account) else None
        drafts: list[Draft] = []
        for step, one in zip(plan.steps, plan.work.work, strict=True):
            if step.state is State.SAME:
                continue
            if one.stands is not None:
                self._take_back(one.stands, IMPORTED_ANEW, account, at)
            drafts += self.form.drafts(one.record, self._row_key(one.stands), plan.work.directory)
        record_many(drafts, at=at, entered_by=account)
        return Outcome(*(plan.count(state) for state in (State.NEW, State.CHANGED, State.SAME)))

    @transaction.atomic
    def correct(
        self, ref: str, row: Row, *, reason: str, by: "AbstractBaseUser | None", at: datetime
    ) -> None:
        old = self.statement(ref)
        form, directory = self.form, Directory.everybody()
        record, errors, _notices = form.read(row, 0, directory)
        if errors or not form.is_complete(record):
            raise LedgerRefused(_("有几格填得不对，没有更正。"), errors)
        if record == form.record_of(old, directory):
            raise LedgerRefused(_("和原来的一样，没有要更正的。"))
        account = by if isinstance(by, Account) else None
        self._take_back(old, reason, account, at)
        drafts = form.drafts(record, self._row_key(old), directory)
        record_many(drafts, at=at, entered_by=account)

    @transaction.atomic
    def void(self, ref: str, *, reason: str, by: "AbstractBaseUser | None", at: datetime) -> None:
        account = by if isinstance(by, Account) else None
        self._take_back(self.statement(ref), reason, account, at)

    def _all(self) -> QuerySet[Statement]:
        kinds = [*self.kinds.values()] or [self.kind]
        return Statement.objects.filter(
            VOIDS_NOTHING, verb__code=self.verb, kind__code__in=kinds
        ).select_related("verb", "kind")

    def _take_back(
        self, statement: Statement, reason: str, by: Account | None, at: datetime
    ) -> None:
        """Void a row's statement and those of the people it names."""
        if statement.row_key is None:
            raise LedgerRefused(_("这条是在平台里登记的，请到登记它的地方更正。"))
        try:
            void(statement=statement, reason=reason, at=at, entered_by=by)
            others = statements().filter(row_key=statement.row_key).exclude(pk=statement.pk)
            for other in others:
                void(statement=other, reason=reason, at=at, entered_by=by)
        except StatementRefused as refusal:
            raise LedgerRefused(str(refusal)) from refusal

    def _row_key(self, stands: Statement | None) -> str:
        return (stands and stands.row_key) or f"{self.ledger}:{uuid4().hex}"

    def _steps(self, work: Sequence[Work], directory: Directory) -> list[Step]:
        """Find for each row what it repeats or changes."""
        form = self.form
        near = _near(form, self.live(), work).order_by("pk").iterator(CHUNK)
        standing = ((form.record_of(statement, directory), statement) for statement in near)
        records = [one.record if form.is_complete(one.record) else None for one in work]
        steps: list[Step] = []
        for one, found in zip(work, pair(records, standing, form.key), strict=True):
            before, one.stands = found or (None, None)
            steps.append(compare(before, one.record, lambda r: form.row_of(r, directory)))
        return steps

    def _foreign(self, steps: Sequence[Step], work: Sequence[Work]) -> Iterable[CellError]:
        for index, (step, one) in enumerate(zip(steps, work, strict=True)):
            if step.state is State.CHANGED and one.stands and one.stands.row_key is None:
                change = step.changes[0]
                yield CellError(
                    index,
                    change.column,
                    str(change.after or ""),
                    _("这条是在平台里登记的，那里写的是“%(before)s”。")
                    % {"before": change.before or ""},
                    _("请到登记它的地方更正，或把表里改成一样的。"),
                )

    def _repeated(
        self, form: Form, steps: Sequence[Step], work: Sequence[Work], directory: Directory
    ) -> Iterable[CellError]:
        """Say which rows are there twice, or were once taken back."""
        gone = _near(form, self._all().filter(voided_by__isnull=False), work)
        taken_back = {repr(form.record_of(statement, directory)) for statement in gone}
        seen: dict[str, int] = {}
        for index, (step, one) in enumerate(zip(steps, work, strict=True)):
            told = repr(one.record)
            if step.state is State.NEW and form.is_complete(one.record):
                column = form.keys[0]
                if told in seen:
                    yield CellError(index, column, "", _("这一行和前面的一行完全相同，按两条记。"))
                elif told in taken_back:
                    yield CellError(
                        index, column, "", _("这一行以前记过，后来作废或更正了；导入会重新记上。")
                    )
            seen.setdefault(told, index)


@dataclass(frozen=True, slots=True)
class StatementEntries:
    """The rows of a page."""

    form: Form
    found: QuerySet[Statement]

    def count(self) -> int:
        return self.found.count()

    def page(self, start: int, stop: int) -> list[Entry]:
        statements = list(self.found[start:stop])
        ids, codes = self.form.people_in(statements)
        directory = Directory.some(ids, codes)
        return [
            Entry(str(one.uuid), self.form.row_of(self.form.record_of(one, directory), directory))
            for one in statements
        ]


def _in_year(found: QuerySet[Statement], year: int | None) -> QuerySet[Statement]:
    if year is None:
        return found
    return found.filter(day__range=(date(year, 1, 1), date(year, 12, 31)))


def _of_units(units: frozenset[int]) -> Q:
    """What these units did, or people who served in them on the day."""
    served = Term.objects.known().filter(
        Q(last_day__isnull=True) | Q(last_day__gte=OuterRef("day")),
        person=OuterRef("person"),
        unit__in=units,
        first_day__lte=OuterRef("day"),
    )
    return Q(unit__in=units) | Q(Exists(served))


def _visible(scope: Scope) -> Q:
    if scope.everything:
        return Q()
    mine = Q(pk__in=[]) if scope.person is None else Q(person=scope.person)
    return mine | _of_units(scope.units) if scope.units else mine


def _near(form: Form, found: QuerySet[Statement], work: Sequence[Work]) -> QuerySet[Statement]:
    """Only the statements that one of the rows could be: where the day is part of the key."""
    day = form.at("day")
    days = [one.record[day] for one in work if day and isinstance(one.record[day], str)]
    if day not in form.keys or not days:
        return found
    first, last = min(map(str, days)), max(map(str, days))
    return found.filter(day__range=(date.fromisoformat(first), date.fromisoformat(last)))
