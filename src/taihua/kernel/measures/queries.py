"""What figures come to, and the records behind them, now or as known at an earlier moment."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from fractions import Fraction
from functools import cache as once
from itertools import islice

from django.db import models
from django.db.models import Aggregate, Max, Q, Sum

from taihua.base.periods import Period
from taihua.kernel.measures.behind import acts_of, records_of, selects
from taihua.kernel.measures.counting import Among, Wanted, are_apart, counted
from taihua.kernel.measures.enums import Count
from taihua.kernel.measures.logic import (
    Asked,
    Counting,
    Figure,
    Held,
    Provenance,
    Ratio,
    Standing,
    Tally,
    Value,
    is_share,
    joined,
    share,
    span,
    tallies,
)
from taihua.kernel.org.queries import roster_version
from taihua.kernel.records.queries import everything_said
from taihua.kernel.records.remembered import Newest, newest_record, remembered
from taihua.kernel.rules import sql
from taihua.kernel.rules.directory import Directory
from taihua.kernel.rules.logic import Rule
from taihua.kernel.rules.queries import standing, turns

__all__ = ["Asked", "everything_known", "records_of", "value", "values"]

HUNDRED = 100
DISTINCT = {
    Count.OBJECTS: "object_path",
    Count.PEOPLE: "person",
    Count.UNITS: "unit",
    Count.DAYS: "day",
}
NOT_JUDGED = {"exempt", "not_applicable"}


def value(
    figure: Figure,
    *,
    first: date,
    last: date,
    known: datetime | None = None,
    on: date | None = None,
    units: Collection[int] | None = None,
) -> Value:
    """What ``figure`` comes to over ``first … last``, exactly, and where the number comes from."""
    asked = Asked(first=first, last=last, known=known, on=on, units=_frozen(units))
    return values([figure], asked)[figure.code]


def values(figures: Iterable[Figure], asked: Asked) -> dict[str, Value]:
    """What many figures come to, by code: one query for all that count records."""
    figures = list(figures)
    newest = newest_record(asked.known)
    counted = [figure for figure in figures if not isinstance(figure.expression, Standing)]
    found = _standing_values(figures, asked, newest[0]) | _counted_values(counted, asked, newest)
    return {figure.code: found[figure.code] for figure in figures}


def _counted_values(figures: list[Figure], asked: Asked, newest: Newest) -> dict[str, Value]:
    """All tallies by one query; for a share also of how many records both its parts are."""
    if not figures:
        return {}
    wanted = {figure.code: _wanted(_counting(figure), asked) for figure in figures}
    among = Among(asked.known, asked.units, asked.first, asked.last)
    rows = iter(_counted_once([one for each in wanted.values() for one in each], among, newest))
    found: dict[str, Value] = {}
    for figure in figures:
        counting = _counting(figure)
        counts = list(islice(rows, len(wanted[figure.code])))
        parts, both = counts[: len(tallies(counting))], counts[len(tallies(counting)) :]
        found[figure.code] = Value(
            _exact(counting, [number for number, _records in parts]),
            _provenance(figure, asked, newest[0], sum(records for _, records in both or parts)),
            percent=is_share(counting),
        )
    return found


def _wanted(counting: Counting, asked: Asked) -> list[Wanted]:
    """What is counted for an expression; last, where its tallies may share records, those of both."""
    parts = tallies(counting)
    acts = acts_of(counting, asked)
    numbers = [Wanted(_count(tally), (each,)) for tally, each in zip(parts, acts, strict=True)]
    return numbers if are_apart(acts) else [*numbers, Wanted(Count.STATEMENTS, tuple(acts))]


def _counted_once(wanted: list[Wanted], among: Among, newest: Newest) -> list[tuple[int, int]]:
    """What is counted of the records; of units it rests on the roster too."""
    roster = "" if among.units is None else roster_version()
    return remembered(("counted", wanted, among, roster), newest, lambda: counted(wanted, among))


def _counting(figure: Figure) -> Counting:
    if isinstance(figure.expression, Standing):
        raise TypeError(f"{figure.code} judges, it does not count")
    return figure.expression


def _provenance(figure: Figure, asked: Asked, highest: int, count: int) -> Provenance:
    """The query by which this one number can be counted again, on its own; written when asked."""
    first, last = span(_counting(figure), asked.first, asked.last)

    @once
    def query() -> tuple[str, tuple[object, ...]]:
        return _query_of(figure, asked)

    return Provenance(query, first, last, asked.known, highest, count)


def _query_of(figure: Figure, asked: Asked) -> tuple[str, tuple[object, ...]]:
    counting = _counting(figure)
    aggregates = _aggregates(counting, asked, "number")
    if not isinstance(counting, Ratio):
        aggregates = {"number": _aggregate(counting)}
    rows = records_of(figure, asked).order_by()
    number = rows.values(all=models.Value(1)).annotate(**aggregates)
    text, params = number.values_list(*aggregates).query.sql_with_params()
    return text, tuple(params)


def _aggregates(counting: Counting, asked: Asked, name: str) -> dict[str, Aggregate]:
    """One number for each tally of an expression, each over the records it selects."""
    return {
        f"{name}_{place}": _aggregate(tally, selects(tally, asked))
        for place, tally in enumerate(tallies(counting))
    }


def _aggregate(tally: Tally | Held, selected: Q | None = None) -> Aggregate:
    counts = _count(tally)
    if counts is Count.QUANTITY:
        return Sum("hundredths", filter=selected, default=0)
    if counts is Count.STATEMENTS:
        return models.Count("pk", filter=selected)
    return models.Count(DISTINCT[counts], filter=selected, distinct=True)


def _count(tally: Tally | Held) -> Count:
    return tally.count if isinstance(tally, Tally) else Count.DAYS


def _exact(counting: Counting, numbers: list[int]) -> Fraction:
    """The number that the database's whole numbers come to."""
    return joined(
        counting,
        [
            Fraction(number, HUNDRED if _count(tally) is Count.QUANTITY else 1)
            for tally, number in zip(tallies(counting), numbers, strict=True)
        ],
    )


def _standing_values(figures: list[Figure], asked: Asked, highest: int) -> dict[str, Value]:
    """The figures about verdicts: one query for each rule that they name."""
    named = {figure.code: figure.expression for figure in figures}
    standings = {code: each for code, each in named.items() if isinstance(each, Standing)}
    if not standings:
        return {}
    wordings: dict[str, list[tuple[Rule, list[Period]]]] = defaultdict(list)
    for rule, periods in turns(asked.first, asked.last, asked.judged_on, asked.known):
        wordings[rule.code].append((rule, [each for each in periods if each.last <= asked.last]))
    directory = Directory.read()
    judged = {
        code: _judged(wordings[code], asked, directory)
        for code in {code for standing in standings.values() for code in standing.rules}
    }
    return {
        code: _standing_value(each, [judged[rule] for rule in each.rules], asked, highest)
        for code, each in standings.items()
    }


def _judged(
    wordings: list[tuple[Rule, list[Period]]], asked: Asked, directory: Directory
) -> tuple[dict[str, int], str]:
    """How many subjects stand how under a rule, each period by its own wording; and the queries."""
    found: Counter[str] = Counter()
    texts = []
    on = asked.judged_on
    for rule, periods in wordings:
        by_period = standing(
            rule, periods, on, known=asked.known, units=asked.units, directory=directory
        )
        for states in by_period.values():
            found.update(states)
        if periods:
            scope = directory.scope(rule, known=asked.known is not None, units=asked.units)
            texts.append(sql.standing_sql(rule, periods, scope, on))
    return found, ";\n".join(texts)


def _standing_value(
    expression: Standing, found: list[tuple[dict[str, int], str]], asked: Asked, highest: int
) -> Value:
    stands: Counter[str] = sum((Counter(states) for states, _query in found), Counter())
    judged = sum(count for state, count in stands.items() if state not in NOT_JUDGED)
    good = sum(stands[state] for state in expression.states)
    text = ";\n".join(query for _states, query in found if query)
    return Value(
        share(good, judged) if expression.share else Fraction(good),
        Provenance(lambda: (text, ()), asked.first, asked.last, asked.known, highest, judged),
        percent=is_share(expression),
        judged=judged,
    )


def everything_known(at: datetime) -> datetime:
    """The moment at which all that is on record is known: ``at``, unless a record says later.

    A demonstration that stands on one day has records of hours that the clock has yet to reach.
    """
    last: datetime | None = everything_said().aggregate(last=Max("stored_at"))["last"]
    return max(at, last) if last else at


def _frozen(units: Collection[int] | None) -> frozenset[int] | None:
    return None if units is None else frozenset(units)
