"""What the rules cost people in minutes, and what recording once instead of again saves them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from taihua.base.periods import Every, Period, period_of
from taihua.kernel.org.enums import Tier
from taihua.kernel.org.models import Term, open_on
from taihua.kernel.org.queries import open_units
from taihua.kernel.rules import sql
from taihua.kernel.rules.directory import Directory
from taihua.kernel.rules.enums import Subject
from taihua.kernel.rules.logic import WHOLE, Rule
from taihua.kernel.rules.queries import run_once
from taihua.kernel.rules.wordings import rules_in_force

MONTHS_A_YEAR = 12
DAYS_A_YEAR = 365.25
# What it takes to type one thing into one more form; only used for what is saved.
TYPING = 3
TIERS = (Tier.LEADERSHIP, Tier.MIDDLE, Tier.STAFF)
ROUNDS_A_YEAR = {
    Every.WEEK: DAYS_A_YEAR / 7,
    Every.MONTH: 12.0,
    Every.QUARTER: 4.0,
    Every.HALF: 2.0,
    Every.YEAR: 1.0,
    Every.SCHOOL_YEAR: 1.0,
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one rule costs: minutes a month of each whom it concerns, and how many of each tier."""

    rule: Rule
    minutes: float
    concerned: int
    by_tier: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Burden:
    """What all rules cost together (负担), and the saving of a month."""

    costs: list[Cost]
    people: tuple[int, ...]
    average: tuple[float, ...]
    month: Period
    counted: int
    statements: int

    @property
    def saved(self) -> int:
        """Minutes not spent on typing the same thing again."""
        return TYPING * (self.counted - self.statements)


def minutes_a_month(rule: Rule) -> float:
    """The minutes that a rule asks of each whom it concerns, spread evenly over the months.

    What is asked once in all is no standing burden: nought.
    """
    match rule.every:
        case Every.ONCE:
            rounds = 0.0
        case Every.YEARS:
            rounds = 1 / rule.n
        case Every.ROLLING:
            rounds = DAYS_A_YEAR / rule.n
        case every:
            rounds = ROUNDS_A_YEAR[every]
    return rule.hundredths / WHOLE * rule.minutes * rounds / MONTHS_A_YEAR


def burden(on: date) -> Burden:
    """The burden of the rules in force on ``on``; the saving is that of the month before."""
    directory = Directory.read()
    holders = _Holders(on, directory)
    costs = [
        Cost(rule, minutes_a_month(rule), *holders.concerned(rule))
        for rule in rules_in_force(on)
        if rule.minutes
    ]
    people = tuple(len(ids) for ids in holders.tiers)
    month = period_of(Every.MONTH, date.fromordinal(on.replace(day=1).toordinal() - 1))
    counted, distinct = _counted_in(month, rules_in_force(month.last), directory)
    average = tuple(
        sum(cost.minutes * cost.by_tier[k] for cost in costs) / people[k] if people[k] else 0.0
        for k in range(len(TIERS))
    )
    return Burden(costs, people, average, month, counted, distinct)


class _Holders:
    """Who holds which post where on one day; read once for all rules."""

    def __init__(self, on: date, directory: Directory) -> None:
        self.directory = directory
        self.terms = list(
            Term.objects.known()
            .filter(open_on(on))
            .values_list("person_id", "post_id", "unit_id", "concurrent")
        )
        self.units = set(open_units(on).order_by().values_list("pk", flat=True))
        tier_of = {post.pk: post.tier for post in directory.posts}
        self.tiers: list[set[int]] = []
        seen: set[int] = set()
        for tier in TIERS:
            ids = {person for person, post, *_rest in self.terms if tier_of[post] == tier} - seen
            seen |= ids
            self.tiers.append(ids)

    def concerned(self, rule: Rule) -> tuple[int, tuple[int, ...]]:
        """How many people or units a rule concerns, and how many people of each tier."""
        units = self.directory.units_named(rule)
        if rule.subject is Subject.UNIT:
            count = len(self.units if units is None else self.units & units)
            return count, (0,) * len(self.tiers)
        named = self.directory.posts_named(rule)
        posts = None if named is None else set(named)
        people = {
            person
            for person, post, unit, concurrent in self.terms
            if (posts is None or post in posts)
            and (units is None or unit in units)
            and (rule.audience.concurrent or not concurrent)
        }
        return len(people), tuple(len(people & tier) for tier in self.tiers)


def _counted_in(month: Period, rules: Sequence[Rule], directory: Directory) -> tuple[int, int]:
    """How often the statements of a month count for some rule, and how many statements those are."""
    if not rules:
        return 0, 0
    each = [sql.counted_ids_sql(rule, month, directory.scope(rule), month.last) for rule in rules]
    union = " UNION ALL ".join(
        f"SELECT id FROM ({text}) AS each_{n}"  # noqa: S608  # our own text
        for n, text in enumerate(each)
    )
    (row,) = run_once(f"SELECT COUNT(*), COUNT(DISTINCT id) FROM ({union}) AS every_one")  # noqa: S608
    counted, distinct = row
    return counted, distinct
