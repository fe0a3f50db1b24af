"""Which rules hold, and how every duty stands: derived from records each time, stored nowhere."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q

from taihua.base.onepage import read_once
from taihua.base.periods import Period
from taihua.kernel.org.models import Leave, Person, Unit
from taihua.kernel.org.queries import roster_version, terms_ever, version_of
from taihua.kernel.records.queries import Statement, statements
from taihua.kernel.records.remembered import newest_record, remembered
from taihua.kernel.rules import sql
from taihua.kernel.rules.directory import Directory
from taihua.kernel.rules.enums import State, Subject
from taihua.kernel.rules.logic import (
    Fact,
    Rule,
    Span,
    Verdict,
    fits,
    judge,
)
from taihua.kernel.rules.models import Exemption
from taihua.kernel.rules.wordings import (
    rule_of,
    rules_between,
    rules_in_force,
    turn_named,
    turns,
    turns_now,
    versions,
)

__all__ = [
    "Row",
    "counted",
    "duties_of",
    "explanation",
    "facts_of",
    "judged",
    "rule_of",
    "rules_between",
    "rules_counting",
    "rules_in_force",
    "run_once",
    "standing",
    "states",
    "turns",
    "turns_now",
    "verdicts",
    "versions",
]


STATES = {str(state): state for state in State}  # a look here takes a tenth of asking the enum
A_PAGE = 100  # of so few, what came out is worth remembering


class Row(NamedTuple):
    """A verdict without its statements: quantities in hundredths."""

    subject: int
    period: Period
    member_days: int
    present_days: int
    asked: int
    done: int
    on_time: int
    state: State


def verdicts(
    rule: Rule,
    periods: Sequence[Period],
    on: date,
    *,
    known: datetime | None = None,
    units: Collection[int] | None = None,
    subjects: Collection[int] | None = None,
    directory: Directory | None = None,
) -> list[Row]:
    """How the duty stands for everybody in each of ``periods``, by subject and period.

    Whom the rule does not concern in a period has no row there.
    """
    if not periods:
        return []
    scope = (directory or Directory.read()).scope(
        rule, known=known is not None, units=units, subjects=subjects
    )
    run = _run if subjects is None or len(subjects) > A_PAGE else run_once
    rows = run(sql.verdict_sql(rule, periods, scope, on) + " ORDER BY 1, 2", known)
    return [
        Row(subject, periods[k], member, present, asked, done, on_time, STATES[state])
        for subject, k, member, present, asked, done, on_time, state in rows
    ]


def states(
    rule: Rule, period: Period, on: date, *, subjects: Collection[int] | None = None
) -> list[tuple[int, State]]:
    """Whom the rule concerns in a period, and how each stands, by subject."""
    scope = Directory.read().scope(rule, subjects=subjects)
    rows = run_once(sql.states_sql(rule, [period], scope, on))
    return [(subject, STATES[state]) for subject, state in rows]


def standing(
    rule: Rule,
    periods: Sequence[Period],
    on: date,
    *,
    known: datetime | None = None,
    units: Collection[int] | None = None,
    subjects: Collection[int] | None = None,
    directory: Directory | None = None,
) -> dict[str, dict[State, int]]:
    """How many subjects stand how, by period key; counted by the database."""
    found: dict[str, dict[State, int]] = {period.key: {} for period in periods}
    if periods:
        scope = (directory or Directory.read()).scope(
            rule, known=known is not None, units=units, subjects=subjects
        )
        for k, state, count in run_once(sql.standing_sql(rule, periods, scope, on), known):
            found[periods[k].key][STATES[state]] = count
    return found


def counted(
    rule: Rule,
    periods: Sequence[Period],
    on: date,
    *,
    known: datetime | None = None,
    units: Collection[int] | None = None,
    subjects: Collection[int] | None = None,
    directory: Directory | None = None,
) -> dict[tuple[int, str], list[str]]:
    """The numbers of the statements that count, by subject and period key, oldest act first."""
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    if periods:
        scope = (directory or Directory.read()).scope(
            rule, known=known is not None, units=units, subjects=subjects
        )
        for subject, k, uuid in _run(sql.counted_sql(rule, periods, scope, on), known):
            found[subject, periods[k].key].append(_plain_uuid(uuid))
    return found


def duties_of(actor: Person | Unit, on: date, known: datetime | None = None) -> list[Verdict]:
    """The current verdict of each rule that concerns ``actor``, and what is owed of this year."""
    subject = Subject.PERSON if isinstance(actor, Person) else Subject.UNIT
    wanted = [
        (rule, period)
        for rule, periods in turns_now(on, known)
        if rule.subject is subject
        for period in periods
    ]
    return [
        verdict
        for verdict in judged(actor, wanted, on, known)
        if verdict.state is State.OWED
        or (
            verdict.state is not State.NOT_APPLICABLE
            and verdict.period.first <= on <= verdict.period.last
        )
    ]


def judged(
    actor: Person | Unit,
    wanted: Sequence[tuple[Rule, Period]],
    on: date,
    known: datetime | None = None,
) -> list[Verdict]:
    """The full verdicts on ``actor`` for these rules and periods, each with its statements."""
    if not wanted:
        return []
    first = min(period.first for _, period in wanted)
    last = max(period.last for _, period in wanted)
    facts = facts_of(actor, first, last, known)
    membership = _Membership(actor, known)

    @cache  # of a rule there are many periods
    def looked_at(rule: Rule) -> tuple[list[Span], list[Span], list[Fact]]:
        fitting = [fact for fact in facts if fits(rule, fact)]
        return membership.spans(rule), membership.excused(rule), fitting

    return [judge(rule, period, *looked_at(rule), on) for rule, period in wanted]


def explanation(
    code: str, actor: Person | Unit, period_key: str, on: date, known: datetime | None = None
) -> Verdict | None:
    """The full verdict behind one line, or None where there is no such rule or period."""
    turn = turn_named(code, period_key, on, known)
    return judged(actor, [turn], on, known)[0] if turn else None


def facts_of(
    actor: Person | Unit, first: date, last: date, known: datetime | None = None
) -> list[Fact]:
    """What ``actor`` did that is credited to a day of ``first … last``, or happened then."""
    mine = {"person": actor} if isinstance(actor, Person) else {"unit": actor}
    rows = (
        statements(known)
        .filter(Q(day__range=(first, last)) | Q(counts_on__range=(first, last)), **mine)
        .order_by("day", "pk")
        .values_list(
            "uuid", "verb__code", "kind__code", "object_path", "day", "counts_on", "hundredths",
            "object_label",
        )
    )  # fmt: skip
    return [
        Fact(str(uuid), verb, kind, path, day, counts_on, hundredths, label)
        for uuid, verb, kind, path, day, counts_on, hundredths, label in rows
    ]


def rules_counting(statement: Statement, known: datetime | None = None) -> list[Rule]:
    """The rules in force on its day that a statement is evidence for: recorded once, counted here."""
    fact = Fact(
        str(statement.uuid),
        statement.verb.code,
        statement.kind.code,
        statement.object_path,
        statement.day,
        statement.counts_on,
    )
    subject = Subject.PERSON if statement.person_id else Subject.UNIT
    return [
        rule
        for rule in rules_in_force(statement.counts_on, known)
        if rule.subject is subject and fits(rule, fact)
    ]


class _Membership:
    """When one subject belonged to the audience of this or that rule; read once for all rules."""

    def __init__(self, actor: Person | Unit, known: datetime | None) -> None:
        self.actor = actor
        self.directory = Directory.read()
        exemptions = Exemption.objects.known(known)
        if isinstance(actor, Person):
            self.terms = terms_ever(actor, known)
            self.away = [
                Span(leave.first_day, leave.last_day)
                for leave in Leave.objects.known(known).filter(person=actor)
            ]
            self.exemptions = list(exemptions.filter(person=actor))
        else:
            self.terms, self.away = (), []
            self.exemptions = list(exemptions.filter(unit=actor))

    def spans(self, rule: Rule) -> list[Span]:
        units, posts = self.directory.units_named(rule), self.directory.posts_named(rule)
        if isinstance(self.actor, Unit):
            belongs = units is None or self.actor.pk in units
            return [Span(self.actor.opened, self.actor.closed)] if belongs else []
        return [
            Span(term.first_day, term.last_day)
            for term in self.terms
            if (posts is None or term.post_id in posts)
            and (units is None or term.unit_id in units)
            and (rule.audience.concurrent or not term.concurrent)
        ]

    def excused(self, rule: Rule) -> list[Span]:
        exempt = [
            Span(exemption.first_day, exemption.last_day)
            for exemption in self.exemptions
            if exemption.rule_code == rule.code
        ]
        return [*self.away, *exempt] if rule.leave_excuses else exempt


def run_once(text: str, known: datetime | None = None) -> Sequence[tuple[Any, ...]]:
    """Run a portable query, unless the very same records, people and exemptions answered it before."""
    question = text, known, roster_version(), _exemptions_version()
    return remembered(question, newest_record(known), lambda: _run(text, known))


@read_once
def _exemptions_version() -> tuple[object, ...]:
    return version_of(Exemption.objects.all())


def _run(text: str, known: datetime | None) -> Sequence[tuple[Any, ...]]:
    """Run one of the portable queries; ``:known`` becomes what this database calls a parameter."""
    with connection.cursor() as cursor:
        if known is None:
            cursor.execute(text)
        else:
            moment = connection.ops.adapt_datetimefield_value(known)
            text = text.replace("%", "%%").replace(":known", "%(known)s")
            cursor.execute(text, {"known": moment})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _plain_uuid(value: Any) -> str:
    return str(UUID(str(value)))
