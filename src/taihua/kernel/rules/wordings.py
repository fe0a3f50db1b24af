"""Which rules hold, in which wording, and which wording judges which period."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db.models import TextField
from django.db.models.functions import Cast

from taihua.base.onepage import read_once
from taihua.base.periods import Every, Period
from taihua.kernel.rules.logic import Rule, current_period, rule_periods
from taihua.kernel.rules.models import RuleEntry
from taihua.kernel.rules.packs import rule_from_data
from taihua.kernel.rules.typed import FIRST_DAY, LAST_DAY, day_of

type Turns = tuple[tuple[Rule, tuple[Period, ...]], ...]


@read_once
def versions(known: datetime | None = None) -> tuple[Rule, ...]:
    """Every wording of every rule, as known at a moment, by code and day.

    A wording that another follows at once says so (``replaced_from``); the duty itself goes on.
    """
    rows = (
        RuleEntry.objects.known(known)
        .order_by("code", "valid_from", "pk")
        .values_list(
            Cast("data", TextField()), "book__code", "in_force_from", "valid_from", "valid_to"
        )
    )
    wordings = _by_code(_worded(*row) for row in rows)
    return tuple(rule for each in wordings for rule in _chained(each))


@lru_cache(maxsize=4096)
def _worded(
    data: str, book: str, in_force_from: date, valid_from: date, valid_to: date | None
) -> Rule:
    """The pure rule behind a row, as if nothing followed it; each text is read once."""
    return replace(
        rule_from_data(json.loads(data)),
        book=book,
        in_force_from=in_force_from,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def rules_in_force(on: date, known: datetime | None = None) -> list[Rule]:
    """The rules that hold on the day ``on``, by code."""
    return [rule for rule in versions(known) if rule.said_on(on)]


def rules_between(first: date, last: date, known: datetime | None = None) -> list[Rule]:
    """The rules that hold on some day of ``first … last``: of each code its newest wording then."""
    newest = {
        rule.code: rule
        for rule in versions(known)
        if rule.valid_from <= last and (rule.said_until or date.max) >= first
    }
    return list(newest.values())


def rule_of(code: str, on: date, known: datetime | None = None) -> Rule | None:
    """The wording of the rule ``code`` that held on ``on``, or else the last before, or None."""
    begun = [rule for rule in wordings_of(code, known) if rule.valid_from <= on]
    return begun[-1] if begun else None


def wordings_of(code: str, known: datetime | None = None) -> list[Rule]:
    """The wordings of one rule, oldest first."""
    return [rule for rule in versions(known) if rule.code == code]


@read_once
def turns(first: date, last: date, on: date, known: datetime | None = None) -> Turns:
    """What is to be judged of the days ``first … last``: each wording with the periods it judges.

    These are the periods that end within the days, and the one that runs on the day ``on``. A period
    is judged by the wording that holds on its last day, or, while it runs, on the day ``on``: what
    was asked is never changed afterwards by an amendment that came later.
    """
    return tuple(
        (rule, periods)
        for wordings in _by_code(versions(known))
        for rule in wordings
        if (periods := tuple(_periods_of(rule, wordings, first, last, on)))
    )


def turns_now(on: date, known: datetime | None = None) -> Turns:
    """The turns of the year so far, and those that run on the day ``on``."""
    return turns(date(on.year, 1, 1), on, on, known)


def turn_named(
    code: str, key: str, on: date, known: datetime | None = None
) -> tuple[Rule, Period] | None:
    """The period of that key and the wording that judges it, or None where there is none."""
    wordings = wordings_of(code, known)
    for rule in wordings:
        period = _named(rule, key, on)
        if period is not None and _judging(wordings, period, on) is rule:
            return rule, period
    return None


def runs(rule: Rule, on: date) -> Period | None:
    """The period of the rule that runs on ``on``, if it will fall due while the rule holds."""
    if not rule.in_force_on(on):
        return None
    current = current_period(rule, on)
    return current if rule.in_force_on(current.due) or current.due < on else None


def _periods_of(
    rule: Rule, wordings: Sequence[Rule], first: date, last: date, on: date
) -> Iterator[Period]:
    current = runs(rule, on)
    if rule.every in {Every.ONCE, Every.ROLLING}:
        candidates = [current] if current else []
    else:
        candidates = rule_periods(rule, first, last)
        if current and all(period.key != current.key for period in candidates):
            candidates.append(current)
    return (period for period in candidates if _judging(wordings, period, on) is rule)


def _judging(wordings: Sequence[Rule], period: Period, on: date) -> Rule | None:
    """The wording that holds on the period's last day, or on ``on`` while it still runs."""
    day = max(period.first, min(on, period.last))
    begun = [rule for rule in wordings if rule.valid_from <= day]
    if begun:
        return begun[-1]
    # The duty begins later in this very period.
    return wordings[0] if wordings[0].valid_from <= period.last else None


def _named(rule: Rule, key: str, on: date) -> Period | None:
    current = runs(rule, on)
    if current and key == current.key:
        return current
    if rule.every is Every.ROLLING:
        return _rolled(rule, key)
    year = _year_in(key, on)
    years = rule.n if rule.every is Every.YEARS else 1
    around = rule_periods(rule, date(year - 1, 1, 1), date(year + years, 12, 31))
    return next((period for period in around if period.key == key), None)


def _rolled(rule: Rule, key: str) -> Period | None:
    """A rolling window as it stood on the day in its key."""
    day = day_of(key.partition("@")[2])
    period = current_period(rule, day) if day else None
    return period if period and period.key == key else None


def _year_in(key: str, on: date) -> int:
    digits = key.removeprefix("SY")[:4]
    sane = digits.isdecimal() and FIRST_DAY.year < int(digits) < LAST_DAY.year
    return int(digits) if sane else on.year


def _by_code(rules: Iterable[Rule]) -> list[list[Rule]]:
    found: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        found[rule.code].append(rule)
    return list(found.values())


def _chained(wordings: Sequence[Rule]) -> list[Rule]:
    """The wordings of one rule, those that follow each other without a gap tied together."""
    chained: list[Rule] = []
    for rule in reversed(wordings):
        chained.insert(0, _tied(rule, chained[0]) if chained else rule)
    return chained


def _tied(rule: Rule, after: Rule) -> Rule:
    if rule.valid_to is None or after.valid_from != rule.valid_to + timedelta(days=1):
        return rule
    return replace(rule, valid_to=after.valid_to, replaced_from=after.valid_from)
