"""People and units by the names that stand in a sheet: read once, asked ten thousand times."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from typing import NamedTuple, Self

from django.db.models import Q
from django.utils.translation import gettext as _

from taihua.base.ledger import Scope
from taihua.base.sheets.cells import clean_name, clean_names
from taihua.base.sheets.refusals import CellRefused
from taihua.kernel.org.models import Person, Post, Term, Unit
from taihua.kernel.org.queries import PARTY_KINDS

BRACKETED = re.compile(r"(?P<name>.+)（(?P<within>[^（）]+)）")
NEAR = 0.5
NEAR_SHOWN = 3
NEAR_ASKED = 40  # after so many unknown names the sheet is wrong as a whole


class Service(NamedTuple):
    """One term as far as a sheet needs it."""

    unit: int
    first_day: date
    last_day: date | None
    concurrent: bool

    def covers(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(slots=True)
class Directory:
    """Everybody (or those asked for) and every unit, found by name or code."""

    people: dict[int, Person]
    units: dict[int, Unit]
    services: dict[int, list[Service]] = field(default_factory=lambda: defaultdict(list))
    _by_name: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    _by_code: dict[str, Person] = field(default_factory=dict)
    _units_by_name: dict[str, list[Unit]] = field(default_factory=lambda: defaultdict(list))
    _units_by_code: dict[str, Unit] = field(default_factory=dict)
    _posts: list[Post] | None = None
    _misses: int = 0

    @classmethod
    def everybody(cls) -> Self:
        """The whole house: for reading a sheet."""
        return cls._load(Q())

    @classmethod
    def some(cls, ids: Iterable[int], codes: Iterable[str] = ()) -> Self:
        """These people and their namesakes: for showing a page of rows."""
        asked = Q(pk__in=set(ids)) | Q(code__in=set(codes))
        names = Person.objects.filter(asked).values("name")
        return cls._load(Q(name__in=names))

    @classmethod
    def _load(cls, wanted: Q) -> Self:
        people = Person.objects.filter(wanted)
        directory = cls(
            {person.pk: person for person in people},
            {unit.pk: unit for unit in Unit.objects.order_by("pk")},
        )
        terms = Term.objects.known().order_by("concurrent", "-first_day", "pk")
        if wanted:
            terms = terms.filter(person__in=people)
        fields = ("person_id", "unit_id", "first_day", "last_day", "concurrent")
        for person, unit, first_day, last_day, concurrent in terms.values_list(*fields):
            directory.services[person].append(Service(unit, first_day, last_day, concurrent))
        directory._index()
        return directory

    def _index(self) -> None:
        for person in self.people.values():
            self._by_name[clean_name(person.name) or ""].append(person)
            self._by_code[person.code] = person
        for unit in self.units.values():
            self.add_unit(unit)

    def add_unit(self, unit: Unit) -> None:
        """Know a unit that is only about to be made."""
        self._units_by_name[clean_name(unit.name) or ""].append(unit)
        self._units_by_code[unit.code] = unit

    def people_named(self, name: str) -> list[Person]:
        """Everybody of exactly that name."""
        return self._by_name.get(name, [])

    def person_of_code(self, code: str) -> Person | None:
        return self._by_code.get(code)

    def knows_unit(self, text: str) -> bool:
        """Whether ``text`` means some unit, or more than one."""
        try:
            self.unit(text)
        except CellRefused:
            return text in self._units_by_name
        return True

    def unit_of_code(self, code: str) -> Unit | None:
        return self._units_by_code.get(code)

    def person(self, text: str, hint: str | None = None, on: date | None = None) -> Person:
        """Whom ``text`` means: a name, ``name（code）``, ``name（unit）`` or a code.

        Of several of one name, the one who serves in the unit ``hint`` is taken, else the only
        one who serves anywhere on that day.

        :raises CellRefused: nobody of that name, or several and no telling which
        """
        found = self._by_name.get(text)
        if not found and (bracketed := BRACKETED.fullmatch(text)):
            found, hint = self._by_name.get(bracketed["name"]), bracketed["within"]
            exact = self._by_code.get(hint)
            if exact and found and exact in found:
                return exact
        if not found:
            if person := self._by_code.get(text):
                return person
            raise self._unknown(text, self._by_name, _("没有“%(text)s”这个人。"))
        if len(found) == 1:
            return found[0]
        for narrowed in (self._in_unit(found, hint), self._serving(found, on)):
            if len(narrowed) == 1:
                return narrowed[0]
        raise CellRefused(
            _("有 %(count)d 位“%(text)s”：%(who)s。")
            % {"count": len(found), "text": text, "who": "、".join(map(self.described, found))},
            _("请在姓名后写上工号，如 %(example)s，或填写单位。")
            % {"example": f"{found[0].name}（{found[0].code}）"},
        )

    def unit(self, text: str) -> Unit:
        """Which unit ``text`` means: a name, ``name（code）`` or a code.

        :raises CellRefused: no unit of that name, or several
        """
        found = self._units_by_name.get(text)
        if not found and (bracketed := BRACKETED.fullmatch(text)):
            found = self._units_by_name.get(bracketed["name"], [])
            found = [unit for unit in found if unit.code == bracketed["within"]]
        if found and len(found) == 1:
            return found[0]
        if found:
            raise CellRefused(
                _("有 %(count)d 个“%(text)s”。") % {"count": len(found), "text": text},
                _("请在单位后写上代码，如 %(example)s。")
                % {"example": "、".join(f"{unit.name}（{unit.code}）" for unit in found)},
            )
        if unit := self._units_by_code.get(text):
            return unit
        raise self._unknown(text, self._units_by_name, _("没有“%(text)s”这个单位。"))

    @property
    def posts(self) -> list[Post]:
        """All posts, read when first asked for."""
        if self._posts is None:
            self._posts = list(Post.objects.order_by("pk").prefetch_related("tags"))
        return self._posts

    def post(self, text: str) -> Post:
        """Which post ``text`` means: a name, ``name（code）`` or a code.

        :raises CellRefused: no post of that name, or several
        """
        found = [post for post in self.posts if text in {post.name, _coded(post), post.code}]
        exact = [post for post in found if text != post.name] or found
        if len(exact) == 1:
            return exact[0]
        if exact:
            examples = "、".join(_coded(post) for post in exact)
            raise CellRefused(
                _("有 %(count)d 个“%(text)s”职务。") % {"count": len(exact), "text": text},
                _("请写明是哪一个：%(examples)s。") % {"examples": examples},
            )
        names = [post.name for post in self.posts]
        raise self._unknown(text, names, _("没有“%(text)s”这个职务。"))

    def show_post(self, post: Post) -> str:
        """The post's name as a sheet can bear it."""
        return post.name if sum(p.name == post.name for p in self.posts) == 1 else _coded(post)

    def show_person(self, person: Person) -> str:
        """The name as a sheet can bear it: with the code where others share it."""
        alone = len(self._by_name[clean_name(person.name) or ""]) < 2  # noqa: PLR2004
        return person.name if alone else f"{person.name}（{person.code}）"

    def show_unit(self, unit: Unit) -> str:
        """The unit's name as a sheet can bear it."""
        alone = len(self._units_by_name[clean_name(unit.name) or ""]) < 2  # noqa: PLR2004
        return unit.name if alone else f"{unit.name}（{unit.code}）"

    def serves(self, person: Person, day: date) -> bool:
        """Whether the person holds any post on that day."""
        return any(service.covers(day) for service in self.services.get(person.pk, ()))

    def main_unit(self, person: Person, day: date) -> Unit | None:
        """Where the person chiefly works on that day: no party body, main post before others."""
        for service in self.services.get(person.pk, ()):
            unit = self.units[service.unit]
            if service.covers(day) and unit.kind not in PARTY_KINDS:
                return unit
        return None

    def belongs(self, code: str, scope: Scope) -> bool:
        """Whether the person or unit of that code lies in ``scope``."""
        person, unit = self._by_code.get(code), self._units_by_code.get(code)
        if person:
            served = {service.unit for service in self.services.get(person.pk, ())}
            return person.pk == scope.person or not served.isdisjoint(scope.units)
        return unit is not None and unit.pk in scope.units

    def near_units(self, text: str) -> list[str]:
        """Units whose names are so much like ``text`` that one may be meant."""
        return _nearest(text, self._units_by_name)

    def _in_unit(self, people: list[Person], hint: str | None) -> list[Person]:
        units = {unit.pk for unit in self._units_by_name.get(hint or "", ())}
        return [p for p in people if any(s.unit in units for s in self.services.get(p.pk, ()))]

    def _serving(self, people: list[Person], on: date | None) -> list[Person]:
        return [person for person in people if on and self.serves(person, on)]

    def described(self, person: Person) -> str:
        services = self.services.get(person.pk)
        where = self.units[services[0].unit].name if services else ""
        return f"{person.name}（{'，'.join(filter(None, (person.code, where)))}）"

    def _unknown(self, text: str, names: Collection[str], reason: str) -> CellRefused:
        parts = clean_names(text)
        if len(parts) > 1 and all(part in names for part in parts):
            several = _("这一格写了 %(count)d 个：%(text)s。")
            several %= {"count": len(parts), "text": "、".join(parts)}
            return CellRefused(several, _("请分成几行，一行写一个。"))
        self._misses += 1
        near = _nearest(text, names) if self._misses <= NEAR_ASKED else []
        mend = (
            _("是不是“%(near)s”？") % {"near": "”“".join(near)}
            if near
            else _("请核对写法，或先在花名册里登记。")
        )
        return CellRefused(reason % {"text": text}, mend)


def _coded(post: Post) -> str:
    return f"{post.name}（{post.code}）"


def _nearest(text: str, names: Iterable[str]) -> list[str]:
    """The names that may be meant: one letter wrong, shortened, or with a post behind them."""
    signs, apart = set(text), max(1, len(text) // 3)
    likely = (name for name in names if signs & set(name))
    rated = ((_likeness(text, name, apart), name) for name in likely)
    best = sorted((pair for pair in rated if pair[0] >= NEAR), key=lambda pair: (-pair[0], pair[1]))
    return [name for _ratio, name in best[:NEAR_SHOWN]]


def _likeness(text: str, name: str, apart: int) -> float:
    if min(len(text), len(name)) > 1 and (name in text or text in name):
        return NEAR + min(len(text), len(name)) / max(len(text), len(name)) / 2
    if abs(len(name) - len(text)) > apart:
        return 0
    return SequenceMatcher(None, text, name).ratio()
