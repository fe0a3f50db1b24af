"""Who is who on a given day, as far as it was known at a given moment."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import Any, NamedTuple, Protocol

from django.db.models import Case, Count, F, Max, Q, QuerySet, Value, When

from taihua.base.onepage import read_once
from taihua.kernel.org.access import sees_all
from taihua.kernel.org.enums import Role, UnitKind
from taihua.kernel.org.models import Account, Leave, Person, Post, PostTag, Term, Unit, open_on

PARTY_KINDS = (UnitKind.COMMITTEE, UnitKind.BRANCH, UnitKind.CELL)
BY_KIND = Case(*(When(kind=kind, then=Value(n)) for n, kind in enumerate(UnitKind)))


class Group(Protocol):
    """Some of the house's people, by what they hold; what is left empty leaves nobody out."""

    tier: str
    tag: str
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class Seat:
    """A post held from one day to another; ``units`` are its unit and all above, nearest first.

    ``kind`` is the kind of that unit.
    """

    first_day: date
    last_day: date | None
    tier: str
    tags: frozenset[str]
    units: tuple[int, ...]
    concurrent: bool = False
    kind: str = ""

    def covers(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    def is_meant(self, group: Group) -> bool:
        """Whether whoever holds the seat belongs to ``group``; all that the group names must fit."""
        return (
            group.tier in {"", self.tier}
            and (not group.tag or group.tag in self.tags)
            and (group.unit_id is None or group.unit_id in self.units)
        )


def open_units(day: date) -> QuerySet[Unit]:
    """The units that exist on ``day``: bureau, sections, schools, then the Party's; by name."""
    return Unit.objects.filter(
        Q(closed__isnull=True) | Q(closed__gte=day), opened__lte=day
    ).order_by(BY_KIND, "name", "pk")


def terms_on(day: date, known: datetime | None = None) -> QuerySet[Term]:
    """The terms that run on ``day``."""
    return Term.objects.known(known).filter(open_on(day)).order_by("concurrent", "pk")


def members_on(unit: Unit, day: date, known: datetime | None = None) -> QuerySet[Person]:
    """The people who hold a post at ``unit`` itself on ``day``, by name."""
    holders = terms_on(day, known).filter(unit=unit).values("person")
    return Person.objects.filter(pk__in=holders).order_by("name", "pk")


def people_in(units: Iterable[int], day: date) -> QuerySet[Person]:
    """The people who hold a post in one of ``units`` on ``day``, by name."""
    holders = terms_on(day).filter(unit__in=units).values("person")
    return Person.objects.filter(pk__in=holders).order_by("name", "pk")


@read_once
def roster_version() -> str:
    """A word that changes whenever a term, a leave or a unit is added or corrected."""
    believed = [version_of(Term.objects.all()), version_of(Leave.objects.all())]
    units = Unit.objects.order_by("pk").values_list("pk", "kind", "parent", "opened", "closed")
    return blake2b(repr((believed, list(units))).encode(), digest_size=20).hexdigest()


def version_of(rows: QuerySet[Any]) -> tuple[object, ...]:
    """What changes whenever one of these rows is added or corrected: beliefs are never edited."""
    state = rows.aggregate(
        newest=Max("pk"),
        told=Max("known_from"),
        corrected=Max("known_until"),
        corrections=Count("known_until"),
    )
    return tuple(state.values())


def holders_by_post() -> dict[int, int]:
    """How many terms there are of each post (by id), past ones too."""
    terms = Term.objects.known().order_by().values_list("post").annotate(Count("pk"))
    return dict(terms)


def holders_on(
    day: date, *, tiers: Iterable[str] = (), tags: Iterable[str] = ()
) -> QuerySet[Person]:
    """The people who on ``day`` hold a post of one of ``tiers`` (if given) and ``tags`` (if given)."""
    terms = terms_on(day)
    if wanted := list(tiers):
        terms = terms.filter(post__tier__in=wanted)
    if tagged := list(tags):
        terms = terms.filter(post__tags__tag__in=tagged)
    return Person.objects.filter(pk__in=terms.values("person")).order_by("name", "pk")


def unit_of(person: Person, day: date) -> Unit | None:
    """The unit where ``person`` chiefly works on ``day``: no party body, main post before others."""
    return units_of([person], day).get(person.pk)


def units_of(people: Iterable[Person], day: date) -> dict[int, Unit]:
    """For each of ``people`` (by id) the unit of :func:`unit_of`; who has none is left out."""
    terms = (
        terms_on(day)
        .filter(person__in=people)
        .exclude(unit__kind__in=PARTY_KINDS)
        .order_by(F("concurrent").desc(), "-pk")
        .select_related("unit")
    )
    return {term.person_id: term.unit for term in terms}


def branch_of(person: Person, day: date) -> Unit | None:
    """The party branch (党支部) to which ``person`` belongs on ``day``."""
    terms = terms_on(day).filter(person=person, unit__kind=UnitKind.BRANCH).select_related("unit")
    term = terms.first()
    return term.unit if term else None


def find_people(name: str, unit_name: str = "") -> QuerySet[Person]:
    """The people of that name, where given only those who ever held a post at such a unit."""
    people = Person.objects.filter(name=name)
    if unit_name:
        people = people.filter(
            terms__known_until__isnull=True, terms__unit__name=unit_name
        ).distinct()
    return people.order_by("code")


@read_once
def seats_ever(person: Person) -> tuple[Seat, ...]:
    """Every seat that ``person`` ever held."""
    posts, tree = every_post(), unit_tree()
    return tuple(
        Seat(
            first_day=term.first_day,
            last_day=term.last_day,
            tier=posts[term.post_id].tier,
            tags=posts[term.post_id].tags,
            units=_upwards(term.unit_id, tree),
            concurrent=term.concurrent,
            kind=tree[term.unit_id].kind,
        )
        for term in terms_ever(person, None)
    )


@read_once
def terms_ever(person: Person, known: datetime | None) -> tuple[Term, ...]:
    """Every term of ``person`` that is believed, in the order in which they were entered."""
    return tuple(Term.objects.known(known).filter(person=person).order_by("pk"))


class PostRow(NamedTuple):
    """A post as rules and groups ask for it."""

    pk: int
    code: str
    tier: str
    tags: frozenset[str]


@read_once
def every_post() -> dict[int, PostRow]:
    """All posts by id."""
    tags: dict[int, set[str]] = defaultdict(set)
    for post, tag in PostTag.objects.values_list("post_id", "tag"):
        tags[post].add(tag)
    rows = Post.objects.order_by("pk").values_list("pk", "code", "tier")
    return {pk: PostRow(pk, code, tier, frozenset(tags[pk])) for pk, code, tier in rows}


def people_meant(groups: Iterable[Group], day: date) -> QuerySet[Person]:
    """Who on ``day`` holds a seat that one of ``groups`` means (:meth:`Seat.is_meant`), in one query."""
    meant = Q(pk__in=[])
    for group in groups:
        held = Q(pk__isnull=False)
        if group.tier:
            held &= Q(post__tier=group.tier)
        if group.tag:
            held &= Q(post__tags__tag=group.tag)
        if group.unit_id is not None:
            held &= Q(unit__in=subtree_ids([group.unit_id]))
        meant |= held
    holders = terms_on(day).filter(meant).values("person")
    return Person.objects.filter(pk__in=holders).order_by("name", "pk")


def seats_of(person: Person, day: date) -> list[Seat]:
    """The seats that ``person`` holds on ``day``."""
    return [seat for seat in seats_ever(person) if seat.covers(day)]


def account_of(person: Person) -> Account | None:
    """The account with which ``person`` logs in; on a page of one's own it is at hand."""
    return getattr(person, "account", None)


class Placed(NamedTuple):
    """A unit's place among all units; ``above`` is the id of the one above it."""

    code: str
    kind: str
    above: int | None


@read_once
def unit_tree() -> dict[int, Placed]:
    """The place of each unit (by id)."""
    rows = Unit.objects.order_by("pk").values_list("pk", "code", "kind", "parent_id")
    return {pk: Placed(code, kind, above) for pk, code, kind, above in rows}


@read_once
def units_above() -> dict[int, int | None]:
    """For each unit (by id) the one above it."""
    return {pk: unit.above for pk, unit in unit_tree().items()}


def subtree_ids(roots: Iterable[int]) -> set[int]:
    """The ids of the units ``roots`` and of all units below them."""
    children: dict[int | None, list[int]] = defaultdict(list)
    for pk, parent in units_above().items():
        children[parent].append(pk)
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        unit = waiting.pop()
        if unit not in found:
            found.add(unit)
            waiting.extend(children[unit])
    return found


def is_whole_house(units: Collection[int]) -> bool:
    """Whether these are all units that there are; where there is none yet, nothing is."""
    return bool(units) and not units_above().keys() - set(units)


def unit_and_above(unit: int) -> tuple[int, ...]:
    """The ids of ``unit`` and of all units above it, nearest first."""
    return _upwards(unit, unit_tree())


def _upwards(unit: int, tree: Mapping[int, Placed]) -> tuple[int, ...]:
    found: dict[int, None] = {}
    above: int | None = unit
    while above is not None and above not in found:
        found[above] = None
        above = tree[above].above if above in tree else None
    return tuple(found)


def by_tree(units: Iterable[Unit]) -> list[tuple[int, Unit]]:
    """Units, each below the nearest one above it that is among them, with its depth.

    Beside each other: sections before schools before branches, then as they were entered.
    """
    among = {unit.pk: unit for unit in units}
    parents = units_above()
    below: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in sorted(among.values(), key=_beside_each_other, reverse=True):
        above = parents[unit.pk]
        while above is not None and above not in among:
            above = parents[above]
        below[above].append(unit)
    found, waiting = [], [(0, unit) for unit in below[None]]
    while waiting:
        depth, unit = waiting.pop()
        found.append((depth, unit))
        waiting += [(depth + 1, each) for each in below[unit.pk]]
    return found


def _beside_each_other(unit: Unit) -> tuple[int, int]:
    return UnitKind.values.index(unit.kind), unit.pk


def with_all_above(units: Iterable[int]) -> set[int]:
    """The ids of ``units`` and of all units above them."""
    return {each for unit in units for each in unit_and_above(unit)}


def units_seen_by(account: Account) -> set[int]:
    """The ids of the units whose records ``account`` may read."""
    if sees_all(account):
        return set(units_above())
    return subtree_ids(account.granted_units([Role.LEADER, Role.UNIT_CLERK]))


def units_kept_by(account: Account) -> set[int]:
    """The ids of the units whose ledgers ``account`` may write."""
    if not account.roles.isdisjoint({Role.CLERK, Role.ADMIN}):
        return set(units_above())
    return subtree_ids(account.granted_units([Role.UNIT_CLERK]))


def people_seen_by(account: Account, day: date) -> QuerySet[Person]:
    """The people whose records ``account`` may read: those of its units, and oneself."""
    if sees_all(account):
        return Person.objects.order_by("name", "pk")
    holders = Term.objects.known().filter(unit__in=units_seen_by(account)).values("person")
    return Person.objects.filter(Q(pk__in=holders) | Q(pk=account.person_id)).order_by("name", "pk")


def terms_of(person: Person, known: datetime | None = None) -> QuerySet[Term]:
    """All terms of ``person``, oldest first."""
    return (
        Term.objects.known(known)
        .filter(person=person)
        .select_related("post", "unit")
        .order_by("first_day", "pk")
    )


def leaves_of(person: Person, known: datetime | None = None) -> QuerySet[Leave]:
    """All leave of ``person``, oldest first."""
    return Leave.objects.known(known).filter(person=person).order_by("first_day", "pk")
