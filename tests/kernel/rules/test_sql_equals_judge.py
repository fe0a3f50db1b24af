"""The portable query and the definition of a verdict give the same answers, on every engine."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import duckdb
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taihua.base.periods import Every
from taihua.kernel.rules.enums import Count, Level, Proration, State, Subject
from taihua.kernel.rules.logic import (
    Audience,
    Fact,
    Rule,
    Span,
    current_period,
    judge,
    rule_periods,
)
from taihua.kernel.rules.sql import Scope, counted_sql, standing_sql, verdict_sql

TABLES = {
    "org_term": "person_id bigint, post_id bigint, unit_id bigint, first_day int, last_day int,"
    " concurrent boolean, known_from timestamp, known_until timestamp",
    "org_leave": "person_id bigint, first_day int, last_day int,"
    " known_from timestamp, known_until timestamp",
    "org_unit": "id bigint, opened int, closed int",
    "rules_exemption": "rule_code varchar(80), person_id bigint, unit_id bigint, first_day int,"
    " last_day int, known_from timestamp, known_until timestamp",
    "records_statement": "id bigint, uuid varchar(36), person_id bigint, unit_id bigint,"
    " verb_id bigint, kind_id bigint, object_path varchar(200), day int, counts_on int,"
    " hundredths bigint, stored_at timestamp, voids_id bigint",
}


class Engine:
    """A database that can be filled with a world and asked a portable query."""

    def __init__(self, connection: Any, mark: str, known: str) -> None:
        self.connection, self.mark, self.known = connection, mark, known
        for table, columns in TABLES.items():
            connection.execute(f"CREATE TEMPORARY TABLE {table} ({columns})")

    def fill(self, world: "World") -> None:
        for table, rows in world.rows().items():
            self.connection.execute(f"DELETE FROM {table}")  # noqa: S608  # our own names
            for row in rows:
                marks = ", ".join([self.mark] * len(row))
                self.connection.execute(
                    f"INSERT INTO {table} VALUES ({marks})",  # noqa: S608  # our own names
                    [self.adapt(value) for value in row],
                )

    def ask(self, text: str, known: datetime | None) -> list[tuple[Any, ...]]:
        if known is None:
            return list(self.connection.execute(text).fetchall())
        return list(
            self.connection.execute(
                text.replace(":known", self.known), {"known": self.adapt(known)}
            ).fetchall()
        )

    @staticmethod
    def adapt(value: Any) -> Any:
        return value.replace(tzinfo=None) if isinstance(value, datetime) else value


class SQLite(Engine):
    """SQLite keeps moments as text."""

    @staticmethod
    def adapt(value: Any) -> Any:
        return value.replace(tzinfo=None).isoformat(" ") if isinstance(value, datetime) else value


@pytest.fixture(scope="module", params=["sqlite", "postgresql", "duckdb"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "sqlite":
        with closing(sqlite3.connect(":memory:")) as connection:
            yield SQLite(connection, "?", ":known")
    elif request.param == "duckdb":
        with closing(duckdb.connect(":memory:")) as connection:
            yield Engine(connection, "?", "$known")
    else:
        dsn = request.getfixturevalue("postgres")
        with psycopg.connect(dsn, autocommit=True) as connection:
            yield Engine(connection, "%s", "%(known)s")


MORNING = datetime(2012, 2, 1, 8, tzinfo=UTC)
YEAR_END, LEAP_DAY = date(2012, 12, 31), date(2012, 2, 29)
LOW, HIGH = date(2011, 12, 1), date(2013, 2, 28)


@dataclass(frozen=True)
class Term:
    person: int
    post: int
    unit: int
    span: Span
    concurrent: bool
    known_from: datetime
    known_until: datetime | None

    def believed(self, known: datetime | None) -> bool:
        return _believed(self.known_from, self.known_until, known)


@dataclass(frozen=True)
class Away:
    person: int
    span: Span
    rule_code: str | None
    known_from: datetime
    known_until: datetime | None

    def believed(self, known: datetime | None) -> bool:
        return _believed(self.known_from, self.known_until, known)


@dataclass(frozen=True)
class Act:
    """A statement; ``voided_at`` is when another took it back."""

    id: int
    actor: int
    verb: int
    kind: int
    fact: Fact
    stored_at: datetime
    voided_at: datetime | None

    def stands(self, known: datetime | None) -> bool:
        if known is None:
            return self.voided_at is None
        return self.stored_at <= known and not (self.voided_at and self.voided_at <= known)


@dataclass(frozen=True)
class World:
    subject: Subject
    terms: list[Term]
    aways: list[Away]
    units: dict[int, Span]
    acts: list[Act]

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        person = self.subject is Subject.PERSON
        return {
            "org_term": [
                (
                    t.person,
                    t.post,
                    t.unit,
                    *_span(t.span),
                    t.concurrent,
                    t.known_from,
                    t.known_until,
                )
                for t in self.terms
            ],
            "org_leave": [
                (a.person, *_span(a.span), a.known_from, a.known_until)
                for a in self.aways
                if a.rule_code is None
            ],
            "org_unit": [(pk, *_span(span)) for pk, span in self.units.items()],
            "rules_exemption": [
                (
                    a.rule_code,
                    a.person if person else None,
                    None if person else a.person,
                    *_span(a.span),
                    a.known_from,
                    a.known_until,
                )
                for a in self.aways
                if a.rule_code is not None
            ],
            "records_statement": [row for act in self.acts for row in self._statement(act)],
        }

    def _statement(self, act: Act) -> Iterator[tuple[Any, ...]]:
        person = self.subject is Subject.PERSON
        actor = (act.actor, None) if person else (None, act.actor)
        fact = act.fact
        days = (fact.day.toordinal(), fact.counts_on.toordinal())
        same = (*actor, act.verb, act.kind, fact.path, *days, fact.hundredths)
        yield (act.id, fact.uuid, *same, act.stored_at, None)
        if act.voided_at:
            yield (1000 + act.id, str(UUID(int=1000 + act.id)), *same, act.voided_at, act.id)


def _span(span: Span) -> tuple[int, int | None]:
    return span.first.toordinal(), span.last and span.last.toordinal()


def _believed(start: datetime, end: datetime | None, known: datetime | None) -> bool:
    if known is None:
        return end is None
    return start <= known and (end is None or end > known)


# --- Worlds ----------------------------------------------------------------------------------------
tricky = st.sampled_from(
    [YEAR_END, YEAR_END + timedelta(1), LEAP_DAY, LEAP_DAY + timedelta(1), date(2012, 6, 30)]
)
days = tricky | st.dates(LOW, HIGH)
moments = st.integers(0, 8).map(lambda weeks: MORNING + timedelta(weeks=8 * weeks))


@st.composite
def spans(draw: st.DrawFn, *, open_end: bool = True) -> Span:
    first = draw(days)
    last = draw(days.map(lambda day: max(day, first)))
    return Span(first, None if open_end and draw(st.integers(0, 3)) == 0 else last)


@st.composite
def beliefs(draw: st.DrawFn) -> tuple[datetime, datetime | None]:
    start = draw(moments)
    end = draw(st.none() | moments)
    return start, max(start, end) if end else None


@st.composite
def acts(draw: st.DrawFn, number: int) -> Act:
    day = draw(days)
    counts_on = day - timedelta(draw(st.sampled_from([0, 0, 0, 1, 5, 40])))
    verb, kind = draw(st.integers(1, 3)), draw(st.integers(1, 2))
    stored_at = draw(moments)
    voided_at = draw(st.none() | st.none() | moments)
    fact = Fact(
        uuid=str(UUID(int=number)),
        verb=f"v{verb}",
        kind=f"k{kind}",
        path=f"book/{draw(st.integers(1, 2))}",
        day=day,
        counts_on=counts_on,
        hundredths=draw(st.sampled_from([50, 100, 100, 250])),
    )
    voided = max(stored_at, voided_at) if voided_at else None
    return Act(number, draw(st.integers(1, 3)), verb, kind, fact, stored_at, voided)


@st.composite
def worlds(draw: st.DrawFn, subject: Subject) -> World:
    terms = [
        Term(person, post, unit, span, concurrent, *belief)
        for person, post, unit, span, concurrent, belief in draw(
            st.lists(
                st.tuples(
                    st.integers(1, 3),
                    st.integers(1, 3),
                    st.integers(1, 3),
                    spans(),
                    st.booleans(),
                    beliefs(),
                ),
                max_size=6,
            )
        )
    ]
    aways = [
        Away(person, span, code, *belief)
        for person, span, code, belief in draw(
            st.lists(
                st.tuples(
                    st.integers(1, 3),
                    spans(open_end=False),
                    st.sampled_from([None, "r", "other"]),
                    beliefs(),
                ),
                max_size=4,
            )
        )
    ]
    units = {pk: draw(spans()) for pk in (1, 2, 3)}
    count = draw(st.integers(0, 9))
    return World(subject, terms, aways, units, [draw(acts(n)) for n in range(1, count + 1)])


@st.composite
def rules(draw: st.DrawFn, subject: Subject) -> Rule:
    every = draw(st.sampled_from(list(Every)))
    since = draw(st.just(date(2011, 8, 1)) | days)
    return Rule(
        code="r",
        sentence="",
        mechanism="L2",
        source="",
        level=Level.LOCAL,
        verbs=("v1", "v2"),
        kinds=draw(st.sampled_from([(), ("k1",)])),
        hundredths=draw(st.sampled_from([50, 100, 150, 200, 300])),
        every=every,
        n={Every.YEARS: 2, Every.ROLLING: draw(st.integers(1, 90))}.get(every, 1),
        due_date=max(since, YEAR_END) if every is Every.ONCE else None,
        count=draw(st.sampled_from(list(Count))),
        subject=subject,
        audience=Audience(concurrent=draw(st.booleans())),
        grace_days=draw(st.sampled_from([0, 10, 45])),
        notice_days=draw(st.sampled_from([0, 7, 20])),
        proration=draw(st.sampled_from(list(Proration))),
        leave_excuses=draw(st.booleans()),
        valid_from=since,
        valid_to=draw(st.none() | days.map(lambda day: max(day, since))),
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[World, Rule, date, datetime | None, list[int] | None]:
    subject = draw(st.sampled_from(list(Subject)))
    world, rule = draw(worlds(subject)), draw(rules(subject))
    posts = draw(st.none() | st.just([1, 3]))
    return world, rule, draw(days), draw(st.none() | moments), posts


def defined(
    world: World, rule: Rule, on: date, known: datetime | None, posts: list[int] | None
) -> dict[tuple[int, int], tuple[Any, ...]]:
    """What :func:`judge` says of everybody, with the statements counted."""
    found = {}
    for subject in (1, 2, 3):
        if world.subject is Subject.UNIT:
            member = [world.units[subject]]
        else:
            member = [
                term.span
                for term in world.terms
                if term.person == subject
                and term.believed(known)
                and (posts is None or term.post in posts)
                and (rule.audience.concurrent or not term.concurrent)
            ]
        excused = [
            away.span
            for away in world.aways
            if away.person == subject
            and away.believed(known)
            and (
                away.rule_code == "r"
                or (
                    away.rule_code is None
                    and rule.leave_excuses
                    and world.subject is Subject.PERSON
                )
            )
        ]
        facts = [act.fact for act in world.acts if act.actor == subject and act.stands(known)]
        for k, period in enumerate(_periods(rule, on)):
            verdict = judge(rule, period, member, excused, facts, on)
            if verdict.state is not State.NOT_APPLICABLE:
                found[subject, k] = (
                    verdict.member_days,
                    verdict.present_days,
                    verdict.asked,
                    verdict.done,
                    verdict.on_time,
                    verdict.state,
                    sorted(fact.uuid for fact in verdict.counted),
                )
    return found


def _periods(rule: Rule, on: date) -> list[Any]:
    if rule.every in {Every.ONCE, Every.ROLLING}:
        return [current_period(rule, on)]
    return rule_periods(rule, date(2012, 1, 1), date(2012, 12, 31)) or [current_period(rule, on)]


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(cases())
def test_everybody_gets_the_verdict_that_judge_defines(engine, case):
    world, rule, on, known, posts = case
    periods = _periods(rule, on)
    scope = Scope(verbs=[1, 2], kinds=[1] if rule.kinds else None, posts=posts, known=bool(known))
    engine.fill(world)

    rows = engine.ask(verdict_sql(rule, periods, scope, on), known)
    counted = engine.ask(counted_sql(rule, periods, scope, on), known)

    asked = {
        (subject, k): (*numbers, sorted(u for s, q, u in counted if (s, q) == (subject, k)))
        for subject, k, *numbers in rows
    }
    assert asked == defined(world, rule, on, known, posts)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(cases())
def test_the_standing_counts_those_verdicts(engine, case):
    world, rule, on, known, posts = case
    periods = _periods(rule, on)
    scope = Scope(verbs=[1, 2], kinds=[1] if rule.kinds else None, posts=posts, known=bool(known))
    engine.fill(world)

    rows = engine.ask(standing_sql(rule, periods, scope, on), known)

    counts: dict[tuple[int, str], int] = {}
    for (_subject, k), (*_, state, _counted) in defined(world, rule, on, known, posts).items():
        counts[k, state] = counts.get((k, state), 0) + 1
    assert {(k, state): number for k, state, number in rows} == counts


def test_a_wrong_quota_would_be_noticed(engine):
    """The comparison can fail: asked of the other rule, the answers differ."""
    rule = Rule(
        code="r", sentence="", mechanism="L6", source="", level=Level.LOCAL, verbs=("v1",),
        hundredths=100, every=Every.MONTH, valid_from=date(2011, 8, 1),
    )  # fmt: skip
    term = Term(1, 1, 1, Span(date(2011, 1, 1)), False, MORNING, None)
    world = World(Subject.PERSON, [term], [], {}, [])
    periods = rule_periods(rule, date(2012, 1, 1), date(2012, 12, 31))
    engine.fill(world)

    rows = engine.ask(
        verdict_sql(replace(rule, hundredths=200), periods, Scope(verbs=[1]), YEAR_END), None
    )

    assert {row[4] for row in rows} == {200}
    assert {v[2] for v in defined(world, rule, YEAR_END, None, None).values()} == {100}
