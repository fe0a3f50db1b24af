"""The 花名册 as offices keep it: one sheet that makes units, people, posts, terms and membership."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taihua.base.ledger import (
    CellError,
    Change,
    Column,
    Kind,
    LedgerRefused,
    Outcome,
    Plan,
    Row,
    State,
    Step,
    Value,
)
from taihua.base.pairing import Record
from taihua.kernel.org.actions import believe_no_more
from taihua.kernel.org.enums import UnitKind
from taihua.kernel.org.ledgers.directory import Directory
from taihua.kernel.org.ledgers.intent import Intent, RosterReader
from taihua.kernel.org.ledgers.lists import TIER_WORDS, word_of
from taihua.kernel.org.ledgers.membership import Membership, Memberships
from taihua.kernel.org.ledgers.table import NO, YES
from taihua.kernel.org.ledgers.terms import UNTIL_NOW, TermStore
from taihua.kernel.org.models import Person, PostTag, Term, Unit
from taihua.kernel.org.queries import PARTY_KINDS

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

ROSTER = (
    Column("name", gettext_lazy("姓名"), Kind.NAME, required=True, key=True),
    Column("code", gettext_lazy("工号"), Kind.TEXT, synonyms=("教职工号", "人员编号", "职工号")),
    Column(
        "unit",
        gettext_lazy("单位"),
        Kind.NAME,
        required=True,
        key=True,
        synonyms=("工作单位", "所在单位", "单位名称", "学校", "部门", "科室", "所在部门"),
    ),
    Column(
        "post",
        gettext_lazy("职务"),
        Kind.NAME,
        required=True,
        key=True,
        synonyms=("现任职务", "行政职务", "职务名称", "岗位", "工作岗位"),
    ),
    Column("tier", gettext_lazy("层次"), Kind.CHOICE, choices=tuple(TIER_WORDS)),
    Column(
        "first_day",
        gettext_lazy("任职时间"),
        Kind.DAY,
        required=True,
        synonyms=(
            "任职日期",
            "任现职时间",
            "现任职务时间",
            "任职起始时间",
            "到岗时间",
            "进本校年月",
            "来校时间",
            "参加工作时间",
            "参加工作年月",
        ),
    ),
    Column(
        "last_day",
        gettext_lazy("免职时间"),
        Kind.DAY,
        synonyms=("免职日期", "离任时间", "离岗时间"),
        blanks=UNTIL_NOW,
    ),
    Column("concurrent", gettext_lazy("兼任"), Kind.CHOICE, choices=(YES, NO)),
    Column("party", gettext_lazy("政治面貌"), Kind.TEXT, synonyms=("党派", "是否党员")),
    Column(
        "joined",
        gettext_lazy("入党时间"),
        Kind.DAY,
        synonyms=("入党日期", "入党年月", "入党（团）时间"),
    ),
    Column(
        "since",
        gettext_lazy("转正或转入时间"),
        Kind.DAY,
        synonyms=(
            "转正时间",
            "转正日期",
            "转入时间",
            "转入日期",
            "转入支部时间",
            "转入党支部时间",
            "组织关系转入时间",
        ),
        help=gettext_lazy("预备党员转正，或者换了党支部时填；以前的组织关系到前一天为止。"),
    ),
    Column(
        "branch",
        gettext_lazy("党支部"),
        Kind.NAME,
        synonyms=("所在党支部", "所在支部", "组织关系所在支部", "支部"),
    ),
)
SELDOM_KEPT = (
    "性别", "出生年月", "出生日期", "出生时间", "年龄", "民族", "籍贯", "出生地", "学历", "学位",
    "毕业院校", "专业", "职称", "专业技术职务", "身份证号", "身份证号码", "公民身份号码",
    "联系电话", "手机", "手机号", "电话", "家庭住址", "住址", "工资", "银行卡号", "婚姻状况",
    "健康状况", "曾用名", "任教学科", "编制", "是否在编",
)  # fmt: skip
PARENTS = (UnitKind.BUREAU, UnitKind.COMMITTEE)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What ``plan`` hands to ``apply``."""

    intents: list[Intent]
    reader: RosterReader


class RosterStore(TermStore):
    """Terms of office, each with the holder's code and party membership beside it.

    Rows are corrected one by one in the ledger of terms; here whole sheets come and go.
    """

    columns = ROSTER

    def found(self) -> QuerySet[Term]:
        return super().found().exclude(unit__kind__in=PARTY_KINDS)

    def rows(self, year: int | None) -> Iterator[Row]:
        directory, memberships = Directory.everybody(), Memberships.read()
        found = self.found()
        if year is not None:
            found = found.filter(self.in_year(date(year, 1, 1), date(year, 12, 31)))
        for term in found:
            yield _row(term, memberships.of(term.person), directory)

    def record_of(self, thing: Term, directory: Directory) -> Record:
        return self.records_of([thing], directory)[0]

    def records_of(self, things: Sequence[Term], directory: Directory) -> list[Record]:
        memberships = Memberships.read({thing.person_id for thing in things})
        return [_record(_row(thing, memberships.of(thing.person), directory)) for thing in things]

    def plan(self, rows: Sequence[Row]) -> Plan:
        directory = Directory.everybody()
        reader = RosterReader(directory, Memberships.read())
        intents = reader.read(rows)
        whole = [intent for intent in intents if intent is not None]
        reader.errors += _repeated(intents)
        terms = _terms_of(whole)
        _find_old(whole, terms)
        reader.notices += _side_by_side(intents, terms)
        told: set[str] = set()
        steps = [_step(intent, reader, told) if intent else Step(State.NEW) for intent in intents]
        return Plan(rows, steps, reader.errors, reader.notices, Prepared(whole, reader))

    @transaction.atomic
    def apply(self, plan: Plan, by: "AbstractBaseUser | None", at: datetime) -> Outcome:
        if plan.refused or not isinstance(plan.work, Prepared):
            raise LedgerRefused(_("表里还有错误，什么都没有导入。"), plan.errors)
        reader = plan.work.reader
        _make_units(reader)
        for post, tags in reader.posts:
            post.save()
            PostTag.objects.bulk_create(PostTag(post=post, tag=tag) for tag in tags)
        Person.objects.bulk_create(reader.people, batch_size=500)
        terms = [term for one in plan.work.intents for term in _new_term(one, at)]
        terms += _new_memberships(plan.work.intents, reader.memberships, at)
        Term.objects.bulk_create(terms, batch_size=500)
        return Outcome(*(plan.count(state) for state in (State.NEW, State.CHANGED, State.SAME)))

    def correct(
        self, ref: str, row: Row, *, reason: str, by: "AbstractBaseUser | None", at: datetime
    ) -> None:
        raise LedgerRefused(_("花名册由几本台账汇成，请到任职台账里更正这一行。"))


def _record(row: Row) -> Record:
    return {
        code: value.isoformat() if isinstance(value, date) else str(value) if value else None
        for code, value in row.items()
    }


def _row(term: Term, membership: Membership | None, directory: Directory) -> Row:
    return {
        "name": term.person.name,
        "code": term.person.code,
        "unit": directory.show_unit(term.unit),
        "post": term.post.name,
        "tier": word_of(TIER_WORDS, term.post.tier),
        "first_day": term.first_day,
        "last_day": term.last_day,
        "concurrent": YES if term.concurrent else NO,
        "party": membership.word if membership else None,
        "joined": membership.joined if membership else None,
        "since": membership.since if membership else None,
        "branch": directory.show_unit(membership.branch) if membership else None,
    }


def _terms_of(intents: Sequence[Intent]) -> dict[int, list[Term]]:
    """The terms of office, believed now, of everybody in the sheet."""
    terms: dict[int, list[Term]] = {}
    wanted = {intent.person.pk for intent in intents if intent.person.pk}
    if not wanted:
        return terms
    known = Term.objects.known().exclude(unit__kind__in=PARTY_KINDS)
    for term in known.select_related("post", "unit").order_by("first_day", "pk"):
        if term.person_id in wanted:
            terms.setdefault(term.person_id, []).append(term)
    return terms


def _find_old(intents: Sequence[Intent], terms: dict[int, list[Term]]) -> None:
    """Give each intent the term of the same first day, else the one of that post that runs on."""
    taken: set[int] = set()
    for exact in (True, False):
        for one in intents:
            if one.old is not None:
                continue
            fitting = (
                term
                for term in terms.get(one.person.pk, ())
                if (term.unit_id, term.post_id) == (one.unit.pk, one.post.pk)
                and term.pk not in taken
                and (term.first_day == one.first_day if exact else term.last_day is None)
            )
            one.old = next(fitting, None)
            if one.old is not None:
                taken.add(one.old.pk)


def _repeated(intents: Sequence[Intent | None]) -> Iterator[CellError]:
    seen: set[tuple[str, str, str, date]] = set()
    for index, one in enumerate(intents):
        if one is None:
            continue
        said = (one.person.code, one.unit.code, one.post.code, one.first_day)
        if said in seen:
            reason = _("%(name)s的这个任职在表里出现了两次。") % {"name": one.person.name}
            yield CellError(index, "name", one.person.name, reason, _("请只留一行。"))
        seen.add(said)


def _side_by_side(
    intents: Sequence[Intent | None], terms: dict[int, list[Term]]
) -> Iterator[CellError]:
    """Say when a new main post would stand beside an old one that nobody ended."""
    kept = {one.old.pk for one in intents if one and one.old}
    for index, one in enumerate(intents):
        if one is None or one.old is not None or one.concurrent:
            continue
        for term in terms.get(one.person.pk, ()):
            if term.last_day is None and not term.concurrent and term.pk not in kept:
                reason = _("原来的“%(post)s”（%(day)s 起）没有结束，两个职务会并存。") % {
                    "post": term.post.name,
                    "day": term.first_day,
                }
                mend = _("若已免去，请在任职台账里填免职日期。")
                yield CellError(index, "post", one.post.name, reason, mend)


def _step(intent: Intent, reader: RosterReader, told: set[str]) -> Step:
    """What becomes of a row; a person's membership is told at the first of their rows only."""
    changes: list[Change] = []
    if (old := intent.old) is not None:
        for code in ("first_day", "last_day", "concurrent"):
            before, after = getattr(old, code), getattr(intent, code)
            if before != after:
                changes.append(Change(code, _word(before), _word(after)))
    person = intent.person
    believed = reader.memberships.of(person) if person.pk else None
    if intent.membership != believed and person.code not in told:
        told.add(person.code)
        changes += _membership_changes(believed, intent.membership)
    if old is None:
        return Step(State.NEW)
    return Step(State.CHANGED if changes else State.SAME, tuple(changes))


def _membership_changes(before: Membership | None, after: Membership | None) -> Iterator[Change]:
    fields = {"party": "word", "joined": "joined", "since": "since", "branch": "branch"}
    for code, field in fields.items():
        old, new = getattr(before, field, None), getattr(after, field, None)
        if old != new:
            yield Change(code, _word(old), _word(new))


def _word(value: object) -> Value:
    if isinstance(value, bool):
        return YES if value else NO
    return value if isinstance(value, date) or value is None else str(value)


def _make_units(reader: RosterReader) -> None:
    """Units above others first; what has no other place comes under the only bureau there is."""
    made = sorted(reader.units, key=lambda unit: unit.kind not in PARENTS)
    for unit in made:
        party = unit.kind in PARTY_KINDS
        above = UnitKind.COMMITTEE if party else UnitKind.BUREAU
        places = Unit.objects.filter(kind=above).order_by("pk")[:2]
        unit.parent = places[0] if len(places) == 1 and unit.kind != above else None
        unit.save()


def _new_term(intent: Intent, at: datetime) -> Iterator[Term]:
    old = intent.old
    told = (intent.first_day, intent.last_day, intent.concurrent)
    if old is not None:
        if (old.first_day, old.last_day, old.concurrent) == told:
            return
        believe_no_more(old, at=at)
    yield Term(
        person=intent.person,
        post=intent.post,
        unit=intent.unit,
        first_day=intent.first_day,
        last_day=intent.last_day,
        concurrent=intent.concurrent,
        known_from=at,
    )


def _new_memberships(
    intents: Sequence[Intent], memberships: Memberships, at: datetime
) -> Iterator[Term]:
    done: set[str] = set()
    for intent in intents:
        person, told = intent.person, intent.membership
        if told is None or person.code in done or told == memberships.of(person):
            continue
        done.add(person.code)
        yield from memberships.restated(person, told, at)
