"""The verdict for everybody at once: one SQL statement a rule, the same text on every engine.

It uses only what SQLite, PostgreSQL, DuckDB and Spark SQL share: days are numbers, periods and
quotas come in as rows, spans are merged by window functions. The only parameter is ``:known``,
the moment up to which statements and roster were known; without it the present is meant.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import batched
from typing import assert_never

from taihua.base.periods import Period
from taihua.kernel.rules.enums import Count, Proration, State, Subject
from taihua.kernel.rules.logic import WHOLE, Rule

MOST_SELECTS = 400  # SQLite takes five hundred in one


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A rule's audience and evidence as row ids of one database; None means "any".

    :param subjects: only these people or units
    :param exempted: whether anybody was ever exempted from a rule, so that it is worth looking
    :param few: whether to start from the subjects, since they are few among all
    :param known: whether the query takes the parameter ``:known``
    """

    verbs: Sequence[int]
    kinds: Sequence[int] | None = None
    posts: Sequence[int] | None = None
    units: Collection[int] | None = None
    subjects: Collection[int] | None = None
    exempted: bool = True
    few: bool = False
    known: bool = False


@dataclass(frozen=True, slots=True)
class _Spans:
    """A table whose rows are spans of days, and what its columns are called."""

    name: str
    subject: str
    first: str = "first_day"
    last: str = "last_day"


TERMS = _Spans("org_term", "person_id")
UNITS = _Spans("org_unit", "id", "opened", "closed")
LEAVES = _Spans("org_leave", "person_id")
EXEMPT_PEOPLE = _Spans("rules_exemption", "person_id")
EXEMPT_UNITS = _Spans("rules_exemption", "unit_id")


def verdict_sql(rule: Rule, periods: Sequence[Period], scope: Scope, on: date) -> str:
    """A query whose rows are (subject, k, member_days, present_days, asked, done, on_time, state).

    ``k`` is the index into ``periods``. A subject to whom the rule does not apply in a period has
    no row there.
    """
    return f"{_common(rule, periods, scope, on)} {_VERDICTS}"


def states_sql(rule: Rule, periods: Sequence[Period], scope: Scope, on: date) -> str:
    """A query whose rows are (subject, state), by subject: how each stands."""
    return f"SELECT subject, state FROM ({verdict_sql(rule, periods, scope, on)}) v ORDER BY 1"


def standing_sql(rule: Rule, periods: Sequence[Period], scope: Scope, on: date) -> str:
    """A query whose rows are (k, state, subjects): how many stand how in each period."""
    return (
        f"{_common(rule, periods, scope, on)} "
        f"SELECT k, state, COUNT(*) FROM ({_VERDICTS}) v GROUP BY k, state"
    )


def counted_sql(rule: Rule, periods: Sequence[Period], scope: Scope, on: date) -> str:
    """A query whose rows are (subject, k, uuid): the statements that count, oldest first."""
    return f"{_counting(rule, periods, scope, on, 'm.subject, p.k, s.uuid')} ORDER BY s.day, s.id"


def counted_ids_sql(rule: Rule, period: Period, scope: Scope, on: date) -> str:
    """A query whose rows are (id): the statements that count in one period, in no order."""
    return _counting(rule, [period], scope, on, "s.id")


def _counting(rule: Rule, periods: Sequence[Period], scope: Scope, on: date, columns: str) -> str:
    # From the subjects, always: with the periods asked only here SQLite takes them for one row, and
    # looks through all subjects for each statement of a month.
    acts = _acts_from(rule, periods, replace(scope, few=True), on)
    spans = f"{_periods(rule, periods, on)}, {_spans(rule, periods, scope)}"
    return f"WITH {spans} SELECT {columns} {acts}"


_VERDICTS = f"""
SELECT w.subject, w.k, w.member_days, w.present_days, w.asked,
       COALESCE(d.done, 0) AS done, COALESCE(d.on_time, 0) AS on_time,
       CASE WHEN w.asked = 0 THEN '{State.EXEMPT}'
            WHEN COALESCE(d.on_time, 0) >= w.asked THEN '{State.DONE}'
            WHEN COALESCE(d.done, 0) >= w.asked THEN '{State.DONE_LATE}'
            ELSE w.open_state END AS state
FROM wanted w LEFT JOIN acts d ON d.subject = w.subject AND d.k = w.k
"""


def _common(rule: Rule, periods: Sequence[Period], scope: Scope, on: date) -> str:
    return (
        f"WITH {_periods(rule, periods, on)}, {_spans(rule, periods, scope)}, "
        f"{_present(rule, periods, scope)}, {_acts(rule, periods, scope, on)}"
    )


def _periods(rule: Rule, periods: Sequence[Period], on: date) -> str:
    columns = ("k", "first_day", "last_day", "due_day", "until_day", "days", "open_state")
    rows = [
        (k, _n(p.first), _n(p.last), _n(p.due), _n(p.until), p.days, _open_state(rule, p, on))
        for k, p in enumerate(periods)
    ]
    return _rows("periods", columns, rows)


def _asked(rule: Rule) -> str:
    """:func:`quota` for ``t.present_days`` of the ``p.days`` days of a period.

    Engines divide whole numbers differently; taking the remainder off first makes all agree.
    """
    whole, step = rule.hundredths, min(WHOLE, rule.hundredths)
    if rule.proration is Proration.NONE or not whole:
        return f"CASE WHEN t.present_days = 0 THEN 0 ELSE {whole} END"
    dividend, divisor = (
        f"({2 * whole} * t.present_days + {step} * p.days)",
        f"({2 * step} * p.days)",
    )
    units = f"({dividend} - {dividend} % {divisor}) / {divisor}"
    return f"""
        CAST(CASE WHEN t.present_days = 0 THEN 0
                  WHEN t.present_days = p.days OR {units} * {step} > {whole} THEN {whole}
                  ELSE {units} * {step} END AS BIGINT)"""


def _open_state(rule: Rule, period: Period, on: date) -> str:
    if on >= period.owed_from:
        return f"'{State.OWED}'"
    soon = (period.due - on).days <= rule.notice_days
    return f"'{State.DUE_SOON}'" if soon else f"'{State.ON_COURSE}'"


def _spans(rule: Rule, periods: Sequence[Period], scope: Scope) -> str:
    """``member``: for each subject the days it is of the audience, as islands without overlap."""
    if rule.subject is Subject.PERSON:
        table = TERMS
        filters = [
            _among("post_id", scope.posts),
            _among("unit_id", scope.units),
            "" if rule.audience.concurrent else "NOT concurrent",
            _believed(scope),
        ]
    else:
        table = UNITS
        filters = [_among("id", scope.units)]
    filters.append(_among(table.subject, scope.subjects))
    return _islands("member", [_clipped(table, _bounds(rule, periods), filters)])


def _present(rule: Rule, periods: Sequence[Period], scope: Scope) -> str:
    """``wanted``: per subject and period the days in post, the days present and what is asked."""
    member_days = f"""
    membership AS (
      SELECT m.subject, p.k, SUM({_overlap("m.a", "m.b", "p.first_day", "p.last_day")}) AS days
      FROM member m JOIN periods p ON m.a <= p.last_day AND m.b >= p.first_day
      GROUP BY m.subject, p.k)"""
    sources = _away(rule, periods, scope)
    if not sources:
        present = "CAST(i.days AS BIGINT)"
        joined = "membership i"
        away = ""
    else:
        present = "CAST(i.days - COALESCE(a.days, 0) AS BIGINT)"
        joined = "membership i LEFT JOIN away a ON a.subject = i.subject AND a.k = i.k"
        away = f"""{_islands("absent", sources)},
    missing AS (
      SELECT m.subject,
             CASE WHEN l.a > m.a THEN l.a ELSE m.a END AS a,
             CASE WHEN l.b < m.b THEN l.b ELSE m.b END AS b
      FROM absent l JOIN member m ON m.subject = l.subject AND l.a <= m.b AND l.b >= m.a),
    away AS (
      SELECT x.subject, p.k, SUM({_overlap("x.a", "x.b", "p.first_day", "p.last_day")}) AS days
      FROM missing x JOIN periods p ON x.a <= p.last_day AND x.b >= p.first_day
      GROUP BY x.subject, p.k),"""
    return f"""{away} {member_days},
    attendance AS (
      SELECT i.subject, i.k, CAST(i.days AS BIGINT) AS member_days, {present} AS present_days
      FROM {joined}),
    wanted AS (
      SELECT t.subject, t.k, t.member_days, t.present_days, {_asked(rule)} AS asked, p.open_state
      FROM attendance t JOIN periods p ON p.k = t.k)"""


def _away(rule: Rule, periods: Sequence[Period], scope: Scope) -> list[str]:
    bounds = _bounds(rule, periods)
    person = rule.subject is Subject.PERSON
    sources = []
    if person and rule.leave_excuses:
        filters = [_believed(scope), _among(LEAVES.subject, scope.subjects)]
        sources.append(_clipped(LEAVES, bounds, filters))
    if scope.exempted:
        table = EXEMPT_PEOPLE if person else EXEMPT_UNITS
        filters = [
            f"rule_code = {_text(rule.code)}",
            f"{table.subject} IS NOT NULL",
            _believed(scope),
            _among(table.subject, scope.subjects),
        ]
        sources.append(_clipped(table, bounds, filters))
    return sources


def _acts(rule: Rule, periods: Sequence[Period], scope: Scope, on: date) -> str:
    """``acts``: per subject and period what was done, and what of it on time, in hundredths."""
    match rule.count:
        case Count.STATEMENTS:
            measure = "100 * COUNT({})"
            value = "s.id"
        case Count.DAYS:
            measure = "100 * COUNT(DISTINCT {})"
            value = "s.day"
        case Count.OBJECTS:
            measure = "100 * COUNT(DISTINCT {})"
            value = "s.object_path"
        case Count.QUANTITY:
            measure = "COALESCE(SUM({}), 0)"
            value = "s.hundredths"
        case _:
            assert_never(rule.count)
    done = measure.format(value)
    forgiving = any(period.due < period.until for period in periods)
    prompt = f"CASE WHEN s.day <= p.due_day THEN {value} END" if forgiving else value
    return f"""
    acts AS (
      SELECT m.subject, p.k, CAST({done} AS BIGINT) AS done, CAST({measure.format(prompt)} AS BIGINT) AS on_time
      {_acts_from(rule, periods, scope, on)}
      GROUP BY m.subject, p.k)"""


def _acts_from(rule: Rule, periods: Sequence[Period], scope: Scope, on: date) -> str:
    actor = "person_id" if rule.subject is Subject.PERSON else "unit_id"
    # SQLite walks a CROSS JOIN as it is written; other engines choose for themselves.
    order = ["periods p", "records_statement s", "member m"]
    if scope.few:
        order.reverse()
    voiding = "SELECT v.voids_id FROM records_statement v WHERE v.voids_id IS NOT NULL"
    filters = [
        _among("s.verb_id", scope.verbs),
        _among("s.kind_id", scope.kinds),
        f"s.day <= {_n(on)}",
        "COALESCE(s.voids_id, 0) = 0",  # bare IS NULL lures SQLite into the index of voidings
        f"s.id NOT IN ({voiding}{' AND v.stored_at <= :known' if scope.known else ''})",
        "s.stored_at <= :known" if scope.known else "",
    ]
    return f"""
      FROM {" CROSS JOIN ".join(order)}
      WHERE s.{actor} = m.subject AND s.counts_on BETWEEN m.a AND m.b
        AND s.counts_on BETWEEN p.first_day AND p.last_day AND s.day <= p.until_day
        AND {_all(filters)}"""


def _clipped(table: _Spans, bounds: tuple[int, int], filters: Iterable[str]) -> str:
    """The rows of ``table`` as spans (subject, a, b), cut to the days of ``bounds``."""
    first, last = table.first, table.last
    low, high = bounds
    conditions = [*filters, f"{first} <= {high}", f"({last} IS NULL OR {last} >= {low})"]
    return f"""
      SELECT {table.subject} AS subject,
             CASE WHEN {first} < {low} THEN {low} ELSE {first} END AS a,
             CASE WHEN {last} IS NULL OR {last} > {high} THEN {high} ELSE {last} END AS b
      FROM {table.name} WHERE {_all(conditions)}"""


def _islands(name: str, sources: Sequence[str]) -> str:
    """``name``: the spans of all sources, those that touch or overlap merged into one.

    Nearly everybody has one; only the spans of who has several are walked in order.
    """
    return f"""
    {name}_spans AS ({" UNION ALL ".join(sources)}),
    {name}_several AS (SELECT subject FROM {name}_spans GROUP BY subject HAVING COUNT(*) > 1),
    {name}_marked AS (
      SELECT subject, a, b,
             CASE WHEN a <= 1 + MAX(b) OVER (
                    PARTITION BY subject ORDER BY a, b
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                  THEN 0 ELSE 1 END AS opens
      FROM {name}_spans WHERE subject IN (SELECT subject FROM {name}_several)),
    {name}_numbered AS (
      SELECT subject, a, b,
             SUM(opens) OVER (PARTITION BY subject ORDER BY a, b
                              ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS island
      FROM {name}_marked),
    {name} AS (
      SELECT subject, MIN(a) AS a, MAX(b) AS b FROM {name}_numbered GROUP BY subject, island
      UNION ALL
      SELECT subject, a, b FROM {name}_spans
      WHERE subject NOT IN (SELECT subject FROM {name}_several))"""


def _overlap(a: str, b: str, first: str, last: str) -> str:
    later = f"CASE WHEN {a} > {first} THEN {a} ELSE {first} END"
    earlier = f"CASE WHEN {b} < {last} THEN {b} ELSE {last} END"
    return f"{earlier} - {later} + 1"


def _bounds(rule: Rule, periods: Sequence[Period]) -> tuple[int, int]:
    low = max(min(_n(period.first) for period in periods), _n(rule.since))
    high = max(_n(period.last) for period in periods)
    return low, high if rule.valid_to is None else min(high, _n(rule.valid_to))


def _believed(scope: Scope) -> str:
    if scope.known:
        return "known_from <= :known AND (known_until IS NULL OR known_until > :known)"
    return "known_until IS NULL"


def _among(column: str, ids: Collection[int] | None) -> str:
    """``column`` is one of ``ids``; of no ids nothing is."""
    if ids is None:
        return ""
    return f"{column} IN ({', '.join(str(int(i)) for i in sorted(ids))})" if ids else "1 = 0"


def _all(conditions: Iterable[str]) -> str:
    return " AND ".join(filter(None, conditions)) or "1 = 1"


def _rows(name: str, columns: Sequence[str], rows: Iterable[Sequence[int | str]]) -> str:
    """A common table of literal rows; SELECTs, since VALUES is spelled differently on engines."""
    selects = (
        "SELECT "
        + ", ".join(f"{value} AS {column}" for value, column in zip(row, columns, strict=True))
        for row in rows
    )
    chunks = [" UNION ALL ".join(chunk) for chunk in batched(selects, MOST_SELECTS, strict=False)]
    if len(chunks) > 1:
        chunks = [f"SELECT * FROM ({chunk}) c{n}" for n, chunk in enumerate(chunks)]
    return f"{name} AS ({' UNION ALL '.join(chunks)})"


def _text(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


def _n(day: date) -> int:
    return day.toordinal()
