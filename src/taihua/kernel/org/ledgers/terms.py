"""Terms and leave as ledgers: never edited; a changed row ends the old belief and adds a new one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import ClassVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taihua.base.ledger import CellError, Chapter, Column, Kind, Row, Value
from taihua.base.pairing import Canonical, Record
from taihua.kernel.org.actions import believe_no_more
from taihua.kernel.org.enums import LeaveKind
from taihua.kernel.org.ledgers.directory import Directory
from taihua.kernel.org.ledgers.lists import word_of
from taihua.kernel.org.ledgers.table import NO, YES, TableStore, overlaps, served_in
from taihua.kernel.org.models import Leave, Term

UNTIL_NOW = ("至今", "现在", "今", "在任")

LEAVE_WORDS: Mapping[str, str] = {
    "病假": LeaveKind.SICK,
    "事假": LeaveKind.PERSONAL,
    "产假": LeaveKind.MATERNITY,
    "脱产学习": LeaveKind.STUDY,
    "借调": LeaveKind.SECONDED,
    "其他": LeaveKind.OTHER,
}
TERMS = (
    Column("person", gettext_lazy("姓名"), Kind.PERSON, required=True, key=True),
    Column(
        "unit",
        gettext_lazy("单位"),
        Kind.UNIT,
        required=True,
        key=True,
        synonyms=("任职单位", "所在单位", "党支部", "单位名称"),
    ),
    Column("post", gettext_lazy("职务"), Kind.TEXT, required=True, key=True, synonyms=("岗位",)),
    Column(
        "first_day",
        gettext_lazy("任职日期"),
        Kind.DAY,
        required=True,
        key=True,
        synonyms=("任职时间", "起始日期", "转入日期", "开始日期"),
    ),
    Column(
        "last_day",
        gettext_lazy("免职日期"),
        Kind.DAY,
        synonyms=("免职时间", "结束日期", "转出日期", "离任日期"),
        blanks=UNTIL_NOW,
    ),
    Column("concurrent", gettext_lazy("兼任"), Kind.CHOICE, choices=(YES, NO)),
)
LEAVES = (
    Column("person", gettext_lazy("姓名"), Kind.PERSON, required=True, key=True),
    Column("unit", gettext_lazy("单位"), Kind.UNIT, help=gettext_lazy("有同名的人时要填。")),
    Column(
        "first_day",
        gettext_lazy("开始日期"),
        Kind.DAY,
        required=True,
        key=True,
        synonyms=("起始日期", "请假日期"),
    ),
    Column(
        "last_day",
        gettext_lazy("结束日期"),
        Kind.DAY,
        required=True,
        synonyms=("截止日期", "销假日期"),
    ),
    Column(
        "kind",
        gettext_lazy("类别"),
        Kind.CHOICE,
        required=True,
        choices=tuple(LEAVE_WORDS),
        synonyms=("请假类别", "假别"),
    ),
)


class TermStore(TableStore[Term]):
    """Terms of office, and party membership (组织关系) as terms in branches."""

    columns: ClassVar[tuple[Column, ...]] = TERMS

    def found(self) -> QuerySet[Term]:
        terms = Term.objects.known().select_related("person", "post", "unit")
        return terms.order_by("unit__code", "person__code", "first_day", "pk")

    def visible(self, units: frozenset[int]) -> Q:
        return Q(unit__in=units)

    def of_people(self, people: frozenset[int]) -> Q:
        return Q(person__in=people)

    def in_year(self, first: date, last: date) -> Q:
        return overlaps(first, last)

    def record_of(self, thing: Term, directory: Directory) -> Record:
        return {
            "person": thing.person.code,
            "unit": thing.unit.code,
            "post": directory.show_post(thing.post),
            "first_day": thing.first_day.isoformat(),
            "last_day": thing.last_day.isoformat() if thing.last_day else None,
            "concurrent": YES if thing.concurrent else NO,
        }

    def lookup(self, column: Column, value: Value, directory: Directory) -> Canonical:
        if column.code == "post" and isinstance(value, str):
            return directory.show_post(directory.post(value))
        return super().lookup(column, value, directory)

    def complete(self, row: Row, record: Record, directory: Directory) -> Record:
        return record | {"concurrent": record["concurrent"] or NO}

    def doubts(self, record: Record, index: int, directory: Directory) -> Iterable[CellError]:
        first, last = str(record["first_day"]), record["last_day"]
        if isinstance(last, str) and last < first:
            reason = _("免职日期不能早于任职日期。")
            yield CellError(index, "last_day", last, reason, _("请核对两个日期。"))
        yield from outside_unit(record, index, directory)

    def write(
        self, work: Sequence[tuple[Record, Term | None]], directory: Directory, at: datetime
    ) -> None:
        for _record, thing in work:
            if thing is not None:
                believe_no_more(thing, at=at)
        Term.objects.bulk_create(
            (self._term(record, directory, at) for record, _thing in work), batch_size=500
        )

    def take_back(self, thing: Term, at: datetime) -> None:
        believe_no_more(thing, at=at)

    def chapters(self, thing: Term) -> list[Chapter]:
        told = Term.objects.filter(person=thing.person, post=thing.post, unit=thing.unit)
        return beliefs(told.order_by("known_from", "pk"))

    def _term(self, record: Record, directory: Directory, at: datetime) -> Term:
        last = record["last_day"]
        return Term(
            person=directory.person_of_code(str(record["person"])),
            unit=directory.unit_of_code(str(record["unit"])),
            post=directory.post(str(record["post"])),
            first_day=date.fromisoformat(str(record["first_day"])),
            last_day=date.fromisoformat(last) if isinstance(last, str) else None,
            concurrent=record["concurrent"] == YES,
            known_from=at,
        )


class LeaveStore(TableStore[Leave]):
    """Leave, by whom and from when."""

    columns = LEAVES

    def found(self) -> QuerySet[Leave]:
        leaves = Leave.objects.known().select_related("person")
        return leaves.order_by("first_day", "person__code", "pk")

    def visible(self, units: frozenset[int]) -> Q:
        return Q(person__in=served_in(units).values("person"))

    def of_people(self, people: frozenset[int]) -> Q:
        return Q(person__in=people)

    def in_year(self, first: date, last: date) -> Q:
        return Q(first_day__lte=last, last_day__gte=first)

    def record_of(self, thing: Leave, directory: Directory) -> Record:
        unit = directory.main_unit(thing.person, thing.first_day)
        return {
            "person": thing.person.code,
            "unit": unit.code if unit else None,
            "first_day": thing.first_day.isoformat(),
            "last_day": thing.last_day.isoformat(),
            "kind": word_of(LEAVE_WORDS, thing.kind),
        }

    def complete(self, row: Row, record: Record, directory: Directory) -> Record:
        """The unit is only there to tell namesakes apart: what counts is where somebody works."""
        person, first = directory.person_of_code(str(record["person"])), row.get("first_day")
        if person and isinstance(first, date):
            unit = directory.main_unit(person, first)
            record["unit"] = unit.code if unit else None
        return record

    def doubts(self, record: Record, index: int, directory: Directory) -> Iterable[CellError]:
        first, last = str(record["first_day"]), str(record["last_day"])
        if last < first:
            reason = _("请假结束日期不能早于开始日期。")
            yield CellError(index, "last_day", last, reason, _("请核对两个日期。"))

    def write(
        self, work: Sequence[tuple[Record, Leave | None]], directory: Directory, at: datetime
    ) -> None:
        for _record, thing in work:
            if thing is not None:
                believe_no_more(thing, at=at)
        Leave.objects.bulk_create(
            (
                Leave(
                    person=directory.person_of_code(str(record["person"])),
                    first_day=date.fromisoformat(str(record["first_day"])),
                    last_day=date.fromisoformat(str(record["last_day"])),
                    kind=LEAVE_WORDS[str(record["kind"])],
                    known_from=at,
                )
                for record, _thing in work
            ),
            batch_size=500,
        )

    def take_back(self, thing: Leave, at: datetime) -> None:
        believe_no_more(thing, at=at)

    def chapters(self, thing: Leave) -> list[Chapter]:
        told = Leave.objects.filter(person=thing.person, first_day=thing.first_day)
        return beliefs(told.order_by("known_from", "pk"))


def outside_unit(record: Record, index: int, directory: Directory) -> Iterable[CellError]:
    """A term cannot begin before its unit was set up, nor after it was closed."""
    unit = directory.unit_of_code(str(record["unit"]))
    first = date.fromisoformat(str(record["first_day"]))
    if unit and unit.pk and (unit.opened > first or (unit.closed and unit.closed < first)):
        reason = _("%(unit)s在 %(day)s 尚未设立或已经撤销。") % {"unit": unit, "day": first}
        mend = _("请核对日期，或先在单位台账里改设立日期。")
        yield CellError(index, "first_day", first.isoformat(), reason, mend)


def beliefs(rows: Iterable[Term] | Iterable[Leave]) -> list[Chapter]:
    """When each row of the roster began and ceased to be believed."""
    chapters: list[Chapter] = []
    for row in rows:
        span = f"{row.first_day} — {row.last_day or _('至今')}"
        what = _("更正后重记") if chapters else _("记入")
        chapters.append(Chapter(row.known_from, what, reason=span))
        if row.known_until is not None:
            chapters.append(Chapter(row.known_until, _("作废"), reason=span))
    return chapters
