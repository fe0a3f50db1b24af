"""The floor of the verdicts: what somebody would write by hand for one rule and this very database.

It uses what the general query cannot know: that no two terms of this audience overlap here, that
nobody is exempted, which engine it runs on. Its answers are the same, which every run asserts.
"""

from collections.abc import Sequence
from datetime import date

from taihua.base.periods import Period
from taihua.kernel.rules.enums import Count, Proration, Subject
from taihua.kernel.rules.logic import WHOLE, Rule
from taihua.kernel.rules.sql import Scope

VALUE = {
    Count.STATEMENTS: ("100 * COUNT({})", "s.id"),
    Count.DAYS: ("100 * COUNT(DISTINCT {})", "s.day"),
    Count.OBJECTS: ("100 * COUNT(DISTINCT {})", "s.object_path"),
    Count.QUANTITY: ("SUM({})", "s.hundredths"),
}


def query(rule: Rule, periods: Sequence[Period], scope: Scope, on: date) -> str:
    """The verdicts on ``rule``: (subject, k, days in post, days present, asked, done, on time, state)."""
    low = max(min(p.first for p in periods), rule.since).toordinal()
    high = max(p.last for p in periods).toordinal()
    person = rule.subject is Subject.PERSON
    rows = ", ".join(_period(k, p, rule, on) for k, p in enumerate(periods))
    member = _terms(scope, low, high) if person else _units(scope, low, high)
    asked = _asked(rule)
    measure, value = VALUE[rule.count]
    actor = "person_id" if person else "unit_id"
    kinds = f"AND s.kind_id IN ({_ids(scope.kinds)})" if scope.kinds is not None else ""
    prompt = f"CASE WHEN s.day <= due THEN {value} END" if rule.grace_days else value
    few, all_of_them = "m, records_statement s, p", "p, records_statement s, m"
    order = (few if scope.few else all_of_them).replace(",", " CROSS JOIN")
    return f"""
    WITH p(k, f, l, due, till, n, undone) AS (VALUES {rows}),
    m AS ({member}),
    w AS (SELECT m.s, k, SUM(MIN(b, l) - MAX(a, f) + 1) AS days, n, undone
          FROM m JOIN p ON a <= l AND b >= f GROUP BY m.s, k),
    v AS ({_leaves() if person and rule.leave_excuses else "SELECT NULL AS s, NULL AS k, 0 AS gone"}),
    d AS (SELECT m.s, k, {measure.format(value)} AS done,
                 {measure.format(prompt)} AS prompt
          FROM {order}
          WHERE s.{actor} = m.s AND s.counts_on BETWEEN m.a AND m.b
            AND s.counts_on BETWEEN f AND l AND s.day <= till AND s.verb_id IN ({_ids(scope.verbs)}) {kinds} AND s.day <= {on.toordinal()}
            AND +s.voids_id IS NULL
            AND s.id NOT IN (SELECT voids_id FROM records_statement WHERE voids_id IS NOT NULL)
          GROUP BY m.s, k),
    q AS (SELECT w.s, w.k, days, days - COALESCE(gone, 0) AS here, n, undone
          FROM w LEFT JOIN v ON v.s = w.s AND v.k = w.k),
    r AS (SELECT s, k, days, here, {asked} AS asked, undone FROM q)
    SELECT r.s, r.k, days, here, asked, COALESCE(done, 0), COALESCE(prompt, 0),
           CASE WHEN asked = 0 THEN 'exempt' WHEN COALESCE(prompt, 0) >= asked THEN 'done'
                WHEN COALESCE(done, 0) >= asked THEN 'done_late' ELSE undone END
    FROM r LEFT JOIN d ON d.s = r.s AND d.k = r.k"""


def _period(k: int, period: Period, rule: Rule, on: date) -> str:
    if on >= period.owed_from:
        undone = "owed"
    else:
        undone = "due_soon" if (period.due - on).days <= rule.notice_days else "on_course"
    days = (period.first, period.last, period.due, period.until)
    numbers = ", ".join(str(day.toordinal()) for day in days)
    return f"({k}, {numbers}, {period.days}, '{undone}')"


def _terms(scope: Scope, low: int, high: int) -> str:
    posts = "" if scope.posts is None else f"AND post_id IN ({_ids(scope.posts)})"
    return f"""
        SELECT person_id AS s, MAX(first_day, {low}) AS a, MIN(COALESCE(last_day, {high}), {high}) AS b
        FROM org_term WHERE known_until IS NULL {posts}
        AND first_day <= {high} AND COALESCE(last_day, {high}) >= {low}"""


def _units(scope: Scope, low: int, high: int) -> str:
    units = "" if scope.units is None else f"AND id IN ({_ids(scope.units)})"
    return f"""
        SELECT id AS s, MAX(opened, {low}) AS a, MIN(COALESCE(closed, {high}), {high}) AS b
        FROM org_unit WHERE opened <= {high} {units}"""


def _leaves() -> str:
    return """
        SELECT m.s, k, SUM(MIN(b, l, last_day) - MAX(a, f, first_day) + 1) AS gone
        FROM org_leave v JOIN m ON m.s = v.person_id AND first_day <= b AND last_day >= a
        JOIN p ON MAX(a, first_day) <= l AND MIN(b, last_day) >= f
        WHERE v.known_until IS NULL GROUP BY m.s, k"""


def _asked(rule: Rule) -> str:
    whole = rule.hundredths
    if rule.proration is Proration.NONE:
        return f"CASE WHEN here = 0 THEN 0 ELSE {whole} END"
    step = min(WHOLE, whole)
    units = f"(2 * {whole} * here + {step} * n) / (2 * {step} * n)"
    return f"CASE WHEN here = 0 THEN 0 WHEN here = n THEN {whole} ELSE MIN({whole}, {units} * {step}) END"


def _ids(ids: object) -> str:
    return ", ".join(str(i) for i in sorted(ids))  # type: ignore[call-overload]
