"""What a pack would have found in a past year, beside what the rules of that year found."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

from taihua.base.periods import Every, Period
from taihua.kernel.rules.directory import Directory
from taihua.kernel.rules.enums import State
from taihua.kernel.rules.logic import Rule, current_period, rule_periods
from taihua.kernel.rules.packtext import Pack
from taihua.kernel.rules.queries import standing
from taihua.kernel.rules.wordings import turns

SHOWN = (
    State.DONE,
    State.DONE_LATE,
    State.OWED,
    State.DUE_SOON,
    State.ON_COURSE,
    State.EXEMPT,
)


@dataclass(frozen=True, slots=True)
class Trial:
    """How one rule would have stood over a year: verdicts by state; ``now`` as it really stood."""

    rule: Rule
    periods: int
    states: Counter[State]
    now: Counter[State] | None

    @property
    def verdicts(self) -> int:
        return self.states.total()

    @property
    def owed_more(self) -> int:
        """How many more verdicts would be owed than are, under the rules of that year."""
        return self.states[State.OWED] - (self.now or Counter())[State.OWED]


def dry_run(pack: Pack, year: int, on: date) -> list[Trial]:
    """Each rule of ``pack`` judged over ``year`` as if it had held all year; nothing is written.

    The year is judged as it stood when the last day of grace had passed, or on ``on`` if that is
    earlier.
    """
    directory = Directory.read()
    real = _really(year, on, directory)
    return [_trial(rule, year, on, directory, real.get(rule.code)) for rule in pack.rules]


def _trial(
    rule: Rule, year: int, on: date, directory: Directory, now: Counter[State] | None
) -> Trial:
    first, last = date(year, 1, 1), date(year, 12, 31)
    as_if = replace(rule, valid_from=min(rule.valid_from, first), in_force_from=None, valid_to=None)
    if rule.every is Every.ONCE:
        as_if = replace(rule, in_force_from=None)
    periods = _periods(as_if, first, last, on)
    return Trial(rule, len(periods), _tally(as_if, periods, year, on, directory), now)


def _periods(rule: Rule, first: date, last: date, on: date) -> list[Period]:
    if rule.every is Every.ROLLING:
        return [current_period(rule, min(last, on))]
    return [period for period in rule_periods(rule, first, last) if period.first <= on]


def _tally(
    rule: Rule, periods: list[Period], year: int, on: date, directory: Directory
) -> Counter[State]:
    settled = date(year, 12, 31) + timedelta(days=rule.grace_days + 1)
    found: Counter[State] = Counter()
    for states in standing(rule, periods, min(on, settled), directory=directory).values():
        found.update(states)
    return found


def _really(year: int, on: date, directory: Directory) -> dict[str, Counter[State]]:
    """How the rules that held in ``year`` stood, by code."""
    found: dict[str, Counter[State]] = {}
    last = date(year, 12, 31)
    for rule, periods in turns(date(year, 1, 1), last, min(on, last)):
        ended = [period for period in periods if period.last.year == year]
        tally = _tally(rule, ended, year, on, directory)
        found.setdefault(rule.code, Counter()).update(tally)
    return found
