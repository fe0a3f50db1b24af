"""The portable query and the definition of a verdict give the same answers, on every engine."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import duckdb
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taihua.base.periods import Every
from taihua.kernel.rules.enums import Level, State, Subject
from taihua.kernel.rules.logic import Rule, Span, current_period, judge, rule_periods
from taihua.kernel.rules.sql import Scope, counted_sql, standing_sql, verdict_sql
from tests.kernel.rules.worlds import (
    MORNING,
    YEAR_END,
    Term,
    World,
    days,
    moments,
    rules,
    worlds,
)

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

    def fill(self, world: World) -> None:
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
        if self.known.startswith("%"):
            text = text.replace("%", "%%")
        text = text.replace(":known", self.known)
        return list(self.connection.execute(text, {"known": self.adapt(known)}).fetchall())

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
