"""The verdict, by definition: one duty, one subject, one period, and what is known of it.

:func:`judge` says what a verdict *is*; ``sql.py`` computes the same for everybody at once and is
held equal to it by a property test.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import assert_never

from taihua.base.periods import Every, Period, once, period_of, periods_between
from taihua.kernel.rules.enums import (
    Confidence,
    Count,
    Level,
    Passed,
    Proration,
    State,
    Subject,
)

WHOLE = 100  # one whole of anything, in hundredths


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Whom a rule concerns: every list that is given must hold; an empty list asks nothing."""

    tiers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    unit_kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    concurrent: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One sentence of an institution (条目) with the data that make it computable.

    :param hundredths: the quota in hundredths: 200 is two books, 50 half a day
    :param n: years of ``Every.YEARS``, days of ``Every.ROLLING``, else 1
    :param minutes: what one act costs somebody, for the burden ledger
    :param in_force_from: since when the duty exists; ``valid_from`` is when this wording began
    :param valid_to: the last day on which the duty exists
    :param replaced_from: since when another wording says it
    :param source_until: the last day on which the document that it rests on was in force
    """

    code: str
    sentence: str
    mechanism: str
    source: str
    level: Level
    verbs: tuple[str, ...]
    hundredths: int
    every: Every
    valid_from: date
    book: str = ""
    subject: Subject = Subject.PERSON
    audience: Audience = field(default_factory=Audience)
    kinds: tuple[str, ...] = ()
    count: Count = Count.STATEMENTS
    n: int = 1
    due_date: date | None = None
    grace_days: int = 0
    notice_days: int = 7
    proration: Proration = Proration.NONE
    leave_excuses: bool = True
    act: str = ""
    measure: str = ""
    minutes: int = 0
    in_force_from: date | None = None
    valid_to: date | None = None
    replaced_from: date | None = None
    confidence: Confidence = Confidence.SURE
    source_until: date | None = None

    @property
    def since(self) -> date:
        """The first day on which the duty exists."""
        return self.in_force_from or self.valid_from

    @property
    def said_until(self) -> date | None:
        """The last day on which this wording holds."""
        return self.replaced_from - timedelta(days=1) if self.replaced_from else self.valid_to

    def said_on(self, day: date) -> bool:
        """Whether this wording holds on ``day``."""
        return self.valid_from <= day and (self.said_until is None or day <= self.said_until)

    def in_force_on(self, day: date) -> bool:
        """Whether the duty exists on ``day``."""
        return self.since <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Span:
    """Some days on end, both ends included; without a last day it goes on."""

    first: date
    last: date | None = None


type Stretch = tuple[date, date]
"""Some days on end: the first and the last."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a statement says, as far as a verdict needs it."""

    uuid: str
    verb: str
    kind: str
    path: str
    day: date
    counts_on: date
    hundredths: int = WHOLE
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How one duty of one subject stands in one period, on one day; quantities in hundredths.

    ``counted`` and ``passed_over`` together are all acts of the right kind that were looked at.
    """

    rule: Rule
    period: Period
    on: date
    state: State
    asked: int
    done: int
    on_time: int
    member_days: int
    present_days: int
    counted: tuple[Fact, ...] = ()
    passed_over: tuple[tuple[Fact, Passed], ...] = ()

    @property
    def short(self) -> int:
        """How much is missing."""
        return max(0, self.asked - self.done)


def judge(
    rule: Rule,
    period: Period,
    spans: Iterable[Span],
    excused: Iterable[Span],
    facts: Iterable[Fact],
    on: date,
) -> Verdict:
    """How the duty of ``rule`` stands on the day ``on`` for one subject in ``period``.

    :param spans: the terms that make the subject one of the rule's audience; they may overlap
    :param excused: exemptions and, where the rule lets it excuse, leave; anywhere, overlapping
    :param facts: what the subject did, of whatever kind, as far as it is known
    """
    excused = list(excused)
    member = _united(spans, _duty_days(rule, period))
    member_days = sum(map(_length, member))
    away = (stretch for there in member for stretch in _united(excused, there))
    present = member_days - sum(map(_length, away))
    asked = quota(rule, present, period.days)
    looked_at = [
        (fact, _passed(rule, period, member, fact, on)) for fact in facts if fits(rule, fact)
    ]
    counted = tuple(fact for fact, passed in looked_at if passed is None)
    done = tally(rule.count, counted)
    on_time = tally(rule.count, [fact for fact in counted if fact.day <= period.due])
    return Verdict(
        rule=rule,
        period=period,
        on=on,
        state=state(
            rule, period, on, member_days=member_days, asked=asked, done=done, on_time=on_time
        ),
        asked=asked,
        done=done,
        on_time=on_time,
        member_days=member_days,
        present_days=present,
        counted=counted,
        passed_over=tuple((fact, passed) for fact, passed in looked_at if passed),
    )


def quota(rule: Rule, present: int, days: int) -> int:
    """What is asked, in hundredths, of somebody there on ``present`` of a period's ``days``.

    Nobody there is asked nothing. Proration rounds half up to whole units (of a quota below one
    unit: to all or nothing), and never asks more than the rule.
    """
    if present == 0:
        return 0
    if rule.proration is Proration.NONE or present == days:
        return rule.hundredths
    step = min(WHOLE, rule.hundredths)
    units = (2 * rule.hundredths * present + step * days) // (2 * step * days)
    return min(rule.hundredths, units * step)


def tally(count: Count, facts: Sequence[Fact]) -> int:
    """The acts counted as the rule says, in hundredths."""
    match count:
        case Count.STATEMENTS:
            return WHOLE * len(facts)
        case Count.DAYS:
            return WHOLE * len({fact.day for fact in facts})
        case Count.OBJECTS:
            return WHOLE * len({fact.path for fact in facts})
        case Count.QUANTITY:
            return sum(fact.hundredths for fact in facts)
        case _:
            assert_never(count)


def state(
    rule: Rule, period: Period, on: date, *, member_days: int, asked: int, done: int, on_time: int
) -> State:
    """The word for these numbers on the day ``on``."""
    if member_days == 0:
        return State.NOT_APPLICABLE
    if asked == 0:
        return State.EXEMPT
    if on_time >= asked:
        return State.DONE
    if done >= asked:
        return State.DONE_LATE
    if on >= period.owed_from:
        return State.OWED
    if (period.due - on).days <= rule.notice_days:
        return State.DUE_SOON
    return State.ON_COURSE


def fits(rule: Rule, fact: Fact) -> bool:
    """Whether an act is of the kind that the rule asks for, whenever it happened."""
    return fact.verb in rule.verbs and (not rule.kinds or fact.kind in rule.kinds)


def current_period(rule: Rule, on: date) -> Period:
    """The period of the rule that runs on the day ``on``."""
    if rule.every is Every.ONCE:
        return _single(rule)
    return period_of(rule.every, on, rule.n, rule.grace_days, rule.since.year)


def rule_periods(rule: Rule, first: date, last: date) -> list[Period]:
    """The rule's periods that end within ``first … last`` and fall due while it is in force.

    What had not fallen due when a rule ended is asked of nobody any more.
    """
    if rule.every is Every.ONCE:
        single = _single(rule)
        return [single] if first <= single.due <= last and rule.in_force_on(single.due) else []
    found = periods_between(rule.every, first, last, rule.n, rule.grace_days, rule.since.year)
    return [period for period in found if rule.in_force_on(period.due)]


def _single(rule: Rule) -> Period:
    if rule.due_date is None:
        raise ValueError(f"{rule.code}: a single duty needs a due_date")
    return once(rule.since, rule.due_date, rule.grace_days)


def _duty_days(rule: Rule, period: Period) -> Stretch:
    """The days of the period on which the duty exists; the last before the first if there is none."""
    return max(period.first, rule.since), min(period.last, rule.valid_to or period.last)


def _united(spans: Iterable[Span], within: Stretch) -> list[Stretch]:
    """The days of ``within`` that lie in one of ``spans`` or more, each once, in order."""
    first, last = within
    found: list[Stretch] = []
    for begins, ends in sorted((max(s.first, first), min(s.last or last, last)) for s in spans):
        if found and begins <= found[-1][1]:
            found[-1] = found[-1][0], max(ends, found[-1][1])
        elif begins <= ends:
            found.append((begins, ends))
    return found


def _length(stretch: Stretch) -> int:
    return (stretch[1] - stretch[0]).days + 1


def _passed(
    rule: Rule, period: Period, member: Iterable[Stretch], fact: Fact, on: date
) -> Passed | None:
    if not period.first <= fact.counts_on <= period.last:
        return Passed.OUTSIDE
    if fact.day > on:
        return Passed.NOT_YET
    if fact.day > period.until:
        return Passed.TOO_LATE
    if not rule.in_force_on(fact.counts_on):
        return Passed.NOT_IN_FORCE
    if not any(first <= fact.counts_on <= last for first, last in member):
        return Passed.NOT_IN_POST
    return None
