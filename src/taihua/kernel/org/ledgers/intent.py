"""What each row of a 花名册 asks for: whom, where, as what, from when; and who must first be made."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from taihua.base.ledger import CellError, Row
from taihua.base.sheets.cells import clean_name
from taihua.base.sheets.refusals import CellRefused
from taihua.kernel.org.enums import UnitKind
from taihua.kernel.org.ledgers.directory import Directory
from taihua.kernel.org.ledgers.guesses import (
    free_codes,
    kind_by_name,
    party_tag,
    tags_by_name,
    tier_by_name,
)
from taihua.kernel.org.ledgers.lists import TIER_WORDS
from taihua.kernel.org.ledgers.membership import Membership, Memberships
from taihua.kernel.org.ledgers.table import YES
from taihua.kernel.org.models import Person, Post, Term, Unit

LONG_AGO = date(1949, 10, 1)  # a roster does not say when its units were set up


@dataclass(slots=True, kw_only=True)
class Intent:
    """One row, understood; ``old`` is the term that it repeats or changes."""

    person: Person
    unit: Unit
    post: Post
    first_day: date
    last_day: date | None
    concurrent: bool
    membership: Membership | None = None
    old: Term | None = None


@dataclass
class RosterReader:
    """Reads the rows of one sheet; what it has to make up is kept here until it is applied."""

    directory: Directory
    memberships: Memberships
    errors: list[CellError] = field(default_factory=list)
    notices: list[CellError] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    posts: list[tuple[Post, list[str]]] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    _named: dict[str, list[tuple[str, Person]]] = field(default_factory=lambda: defaultdict(list))
    _joined: dict[str, Membership] = field(default_factory=dict)

    def __post_init__(self) -> None:
        directory = self.directory
        self._unit_codes = free_codes("U", {unit.code for unit in directory.units.values()})
        self._post_codes = free_codes("Z", {post.code for post in directory.posts})
        self._person_codes = free_codes("P", {person.code for person in directory.people.values()})

    def read(self, rows: Sequence[Row]) -> list[Intent | None]:
        """Main posts first: who holds another one besides (兼任) is then known by name."""
        found: list[Intent | None] = [None] * len(rows)
        for index in sorted(range(len(rows)), key=lambda at: rows[at].get("concurrent") == YES):
            try:
                found[index] = self._intent(rows[index], index)
            except _Wrong as wrong:
                self.errors.append(CellError(index, wrong.column, wrong.value, *wrong.said))
        return found

    def _intent(self, row: Row, index: int) -> Intent | None:
        name, unit_name, post_name = (_text(row, code) for code in ("name", "unit", "post"))
        first, last = _day(row, "first_day"), _day(row, "last_day")
        if not (name and unit_name and post_name and first):
            return None
        unit = self._unit(unit_name, "unit", index)
        _refuse_days(unit, first, last)
        person = self._person(row, name, unit, index)
        post = self._post(post_name, _text(row, "tier"), unit)
        intent = Intent(
            person=person,
            unit=unit,
            post=post,
            first_day=first,
            last_day=last,
            concurrent=row.get("concurrent") == YES,
        )
        intent.membership = self._membership(row, intent, index)
        return intent

    def _unit(self, name: str, column: str, index: int, kind: str = "") -> Unit:
        directory = self.directory
        if not (directory.knows_unit(name)):
            near = directory.near_units(name)
            unit = Unit(
                code=next(self._unit_codes),
                name=name,
                kind=kind or kind_by_name(name),
                opened=LONG_AGO,
            )
            directory.add_unit(unit)
            self.units.append(unit)
            doubt = (
                _("与已有的“%(near)s”相近，请核对。") % {"near": "”“".join(near)} if near else ""
            )
            reason = _("将新建单位“%(name)s”（%(kind)s）。") % {
                "name": name,
                "kind": UnitKind(unit.kind).label,
            }
            self.notices.append(CellError(index, column, name, reason, doubt))
        try:
            return directory.unit(name)
        except CellRefused as refusal:
            raise _Wrong(column, name, refusal.reason, refusal.mend) from None

    def _person(self, row: Row, name: str, unit: Unit, index: int) -> Person:
        if code := _text(row, "code"):
            return self._person_of_code(code, name, unit)
        known = self.directory.people_named(name)
        near = {p.code: p for where, p in self._named[name] if where == unit.code}
        here = list((near | {p.code: p for p in known if self._served(p, unit)}).values())
        if len(here) == 1:
            return here[0]
        if row.get("concurrent") == YES and not here:
            everywhere = [*known, *(person for _where, person in self._named[name])]
            here = list({person.code: person for person in everywhere}.values())
            if len(here) == 1:
                return here[0]
        if here or known:
            raise self._unclear(name, here or known)
        if self._named[name]:
            reason = _("同名不同单位，按两个人记。")
            mend = _("若是同一个人，请写上工号，或在“兼任”一列填“是”。")
            self.notices.append(CellError(index, "name", name, reason, mend))
        return self._make_person(next(self._person_codes), name, unit)

    def _person_of_code(self, code: str, name: str, unit: Unit) -> Person:
        person = self.directory.person_of_code(code)
        person = person or next((p for p in self.people if p.code == code), None)
        if person is None:
            return self._make_person(code, name, unit)
        if clean_name(person.name) != name:
            reason = _("工号 %(code)s 是%(name)s。") % {"code": code, "name": person.name}
            raise _Wrong("code", code, reason, _("请核对工号；改名请在人员台账里改。"))
        self._named[name].append((unit.code, person))
        return person

    def _make_person(self, code: str, name: str, unit: Unit) -> Person:
        person = Person(code=code, name=name)
        self.people.append(person)
        self._named[name].append((unit.code, person))
        return person

    def _served(self, person: Person, unit: Unit) -> bool:
        return any(s.unit == unit.pk for s in self.directory.services.get(person.pk, ()))

    def _unclear(self, name: str, people: Sequence[Person]) -> "_Wrong":
        who = "、".join(self.directory.described(person) for person in people)
        reason = _("已有叫“%(name)s”的人：%(who)s。") % {"name": name, "who": who}
        return _Wrong("name", name, reason, _("是他就写上他的工号，是另一个人就给他一个新工号。"))

    def _post(self, name: str, tier: str | None, unit: Unit) -> Post:
        alike = [post for post in self.directory.posts if post.name == name]
        wanted = TIER_WORDS[tier] if tier else tier_by_name(name, unit.kind)
        fitting = [post for post in alike if post.tier == wanted]
        if len(fitting) == 1:
            return fitting[0]
        if len(alike) == 1 and not tier:
            return alike[0]
        if not fitting and (not alike or tier):
            post = Post(code=next(self._post_codes), name=name, tier=wanted)
            self.directory.posts.append(post)
            self.posts.append((post, tags_by_name(name)))
            return post
        try:
            return self.directory.post(name)
        except CellRefused as refusal:
            raise _Wrong("post", name, refusal.reason, refusal.mend) from None

    def _membership(self, row: Row, intent: Intent, index: int) -> Membership | None:
        person, said = intent.person, _text(row, "party")
        believed = self.memberships.of(person) if person.pk else None
        tag = party_tag(said)
        if tag is None:
            if believed and said:
                reason = _("已登记为%(word)s，没有改动。") % {"word": believed.word}
                self.notices.append(CellError(index, "party", said, reason))
            return believed
        joined = _day(row, "joined") or (believed.joined if believed else None)
        if joined is None:
            joined = intent.first_day
            reason = _("没有写入党时间，党员身份从任职时间算起。")
            self.notices.append(CellError(index, "joined", "", reason))
        branch = self._branch(row, intent.unit, believed, index)
        if believed and (believed.tag, tag) == ("party_member", "probationary"):
            tag = believed.tag
            reason = _("已登记为%(word)s，没有改动。") % {"word": believed.word}
            self.notices.append(CellError(index, "party", said or "", reason))
        told = self._dated(_day(row, "since"), Membership(tag, branch, joined), believed, person)
        if self._joined.setdefault(person.code, told) != told:
            reason = _("%(name)s的党员信息和前面的行不一样。") % {"name": person.name}
            raise _Wrong("party", said or "", reason, _("请改成一样的。"))
        return told

    def _dated(
        self, day: date | None, told: Membership, believed: Membership | None, person: Person
    ) -> Membership:
        """The membership with the day from which it is so, where it differs from what is believed.

        A day is asked for: the former membership ends the day before, and is not forgotten.
        """
        if believed is None:
            return told
        told = replace(told, since=believed.since)
        if believed.since and told.joined >= believed.since:
            reason = _("入党时间不能晚于转正或转入时间 %(day)s。") % {"day": believed.since}
            raise _Wrong("joined", str(told.joined), reason, _("请核对两个日期。"))
        if (told.tag, told.branch) == (believed.tag, believed.branch):
            return told
        if day is None:
            before = self._joined.get(person.code)
            if before and replace(before, since=told.since) == told:
                return before
            raise _undated(person, told, believed)
        if day < (earliest := max(believed.stands_from, told.joined)):
            reason = _("转正或转入时间不能早于 %(day)s。") % {"day": earliest}
            raise _Wrong("since", str(day), reason, _("请核对两个日期。"))
        return told if day == believed.stands_from else replace(told, since=day)

    def _branch(self, row: Row, unit: Unit, believed: Membership | None, index: int) -> Unit:
        if name := _text(row, "branch"):
            return self._unit(name, "branch", index, UnitKind.BRANCH)
        if believed:
            return believed.branch
        own = unit.kind not in {UnitKind.BUREAU, UnitKind.SECTION}
        return self._unit(
            f"{unit.name if own else '机关'}党支部",  # a name of the roster, in its language
            "branch",
            index,
            UnitKind.BRANCH,
        )


class _Wrong(Exception):
    """One cell makes the whole row unclear."""

    def __init__(self, column: str, value: str, reason: str, mend: str) -> None:
        super().__init__(reason)
        self.column, self.value, self.said = column, value, (reason, mend)


def _undated(person: Person, told: Membership, believed: Membership) -> _Wrong:
    """Nobody says from when on somebody is a full member, or belongs to another branch."""
    reason = _("%(name)s已登记为%(before)s，表里是%(after)s，没有写从哪天起。") % {
        "name": person.name,
        "before": f"{believed.branch}{believed.word}",
        "after": f"{told.branch}{told.word}",
    }
    mend = _("请填写转正或转入时间；如果原来就登记错了，填 %(day)s。") % {
        "day": believed.stands_from
    }
    return _Wrong("since", "", reason, mend)


def _refuse_days(unit: Unit, first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise _Wrong("last_day", str(last), _("免职日期不能早于任职日期。"), _("请核对两个日期。"))
    if unit.opened > first or (unit.closed is not None and unit.closed < first):
        reason = _("%(unit)s在 %(day)s 尚未设立或已经撤销。") % {"unit": unit, "day": first}
        mend = _("请核对日期，或先在单位台账里改设立日期。")
        raise _Wrong("first_day", str(first), reason, mend)


def _text(row: Row, code: str) -> str | None:
    value = row.get(code)
    return value if isinstance(value, str) else None


def _day(row: Row, code: str) -> date | None:
    value = row.get(code)
    return value if isinstance(value, date) else None
