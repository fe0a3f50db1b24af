"""The books of rules as they stand in the house: their versions, texts, entries, standings."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.db.models import QuerySet

from taihua.base.periods import Period
from taihua.kernel.org.access import sees_all
from taihua.kernel.org.models import Account, Person, Post, Unit
from taihua.kernel.org.queries import is_whole_house, people_seen_by, units_seen_by
from taihua.kernel.records.queries import labels
from taihua.kernel.rules.clauses import Names
from taihua.kernel.rules.enums import State, Subject
from taihua.kernel.rules.logic import Rule
from taihua.kernel.rules.models import Exemption, RuleBook
from taihua.kernel.rules.packtext import Pack, parse_pack
from taihua.kernel.rules.queries import states
from taihua.kernel.rules.wordings import rules_in_force, turns, versions

SHIPPED = Path(__file__).with_name("data")
LOOK_BACK = timedelta(days=550)
MOST_PERIODS = 24
POWERS = "LICPK"


@dataclass(frozen=True, slots=True)
class Shelved:
    """A book as its newest version says it, with the rules that hold."""

    book: RuleBook
    rules: list[Rule]


def shipped() -> list[Pack]:
    """The packs that come with the house, by code."""
    return [parse_pack(path.read_text()) for path in sorted(SHIPPED.glob("*.toml"))]


def newest_books() -> list[RuleBook]:
    """The newest version of every book, by code."""
    newest = {book.code: book for book in RuleBook.objects.order_by("code", "version")}
    return list(newest.values())


def newest_book(code: str) -> RuleBook | None:
    """The newest version of one book."""
    return versions_of(code).first()


def versions_of(code: str) -> QuerySet[RuleBook]:
    """The versions of a book, newest first."""
    return (
        RuleBook.objects.filter(code=code).select_related("adopted_by__person").order_by("-version")
    )


def shelf(on: date) -> list[Shelved]:
    """Every book with those of its rules that hold on ``on``, or will, by mechanism."""
    found = [rule for rule in versions() if rule.said_on(on) or rule.valid_from > on]
    rules = sorted(found, key=_by_mechanism)
    return [
        Shelved(book, [rule for rule in rules if rule.book == book.code]) for book in newest_books()
    ]


def title_of(code: str) -> str:
    """What a book is called."""
    book = newest_book(code)
    return book.title if book else code


def _by_mechanism(rule: Rule) -> tuple[int, int, str]:
    """Learning, innovation, cohesion, as the article has them."""
    return POWERS.find(rule.mechanism[:1]), int(rule.mechanism[1:] or 0), rule.code


def pack_of(book: RuleBook) -> Pack | None:
    """What a version says, or None where its text is not kept."""
    return parse_pack(book.text) if book.text else None


def is_written(book: str, code: str) -> bool:
    """Whether the newest text of a book still says a rule, so that it can be changed there."""
    newest = newest_book(book)
    pack = pack_of(newest) if newest else None
    return pack is not None and pack.rule(code) is not None


def names() -> Names:
    """What verbs, kinds, posts and units are called."""
    return Names(
        words=labels(),
        posts=dict(Post.objects.values_list("code", "name")),
        units=dict(Unit.objects.values_list("code", "name")),
    )


# --- how a rule stands ---------------------------------------------------------------------------------


def periods_shown(code: str, on: date) -> list[tuple[Rule, Period]]:
    """The turns of one rule that a page offers: the one that runs and those of late, newest first."""
    found = [
        (rule, period)
        for rule, periods in turns(on - LOOK_BACK, on, on)
        if rule.code == code
        for period in periods
    ]
    return sorted(found, key=lambda turn: turn[1].last, reverse=True)[:MOST_PERIODS]


def subjects_seen(account: Account, subject: Subject, on: date) -> set[int] | None:
    """The ids of the people or units whose verdicts an account may see; None means all."""
    units = units_seen_by(account)
    if sees_all(account) or is_whole_house(units):
        return None
    if subject is Subject.UNIT:
        return units
    return set(people_seen_by(account, on).values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Stand:
    """How those stand whom somebody may see: how many in each state, and who in the one asked for."""

    counts: dict[State, int]
    subjects: list[int]


def stand(
    rule: Rule, period: Period, on: date, seen: Collection[int] | None, state: State | None
) -> Stand:
    """How those stand whom somebody may see, all or only those in one state."""
    found = states(rule, period, on, subjects=seen)
    return Stand(
        Counter(each for _subject, each in found),
        [subject for subject, each in found if state in {None, each}],
    )


def actors(subject: Subject, ids: Iterable[int]) -> dict[int, Person | Unit]:
    """The people or units of these ids."""
    if subject is Subject.PERSON:
        return {person.pk: person for person in Person.objects.filter(pk__in=list(ids))}
    return {unit.pk: unit for unit in Unit.objects.filter(pk__in=list(ids))}


def exemptions_seen(account: Account, on: date) -> QuerySet[Exemption]:
    """The exemptions believed now of those whom an account may see, newest first."""
    rows = Exemption.objects.known().select_related("person", "unit", "approved_by__person")
    people, units = (subjects_seen(account, subject, on) for subject in Subject)
    if people is not None and units is not None:
        rows = rows.filter(person__in=people) | rows.filter(unit__in=units)
    return rows.order_by("-first_day", "-pk")


def rules_by_code(on: date) -> dict[str, Rule]:
    """The rules in force, by code."""
    return {rule.code: rule for rule in rules_in_force(on)}
