"""Many tallies in one query: a row for each, found by the index of its own verbs and days.

One pass with a condition for each tally would look at every record for every number; the rows here
look only at theirs. The text is written by hand, since building a hundred queries and joining them
would take longer than counting; and since SQLite, left to choose, looks at all that the people of a
unit ever did, where a look at the days of a verb (a ``+`` leaves it no other) needs a hundredth.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched, combinations
from typing import Any

from django.db import connection

from taihua.kernel.measures.enums import Count

MEASURES = {
    Count.STATEMENTS: "COUNT(s.id)",
    Count.QUANTITY: "COALESCE(SUM(s.hundredths), 0)",
    Count.OBJECTS: "COUNT(DISTINCT s.object_path)",
    Count.PEOPLE: "COUNT(DISTINCT s.person_id)",
    Count.UNITS: "COUNT(DISTINCT s.unit_id)",
    Count.DAYS: "COUNT(DISTINCT s.day)",
}
MOST_ROWS = 400  # SQLite takes five hundred in one
# The same said in the way that each database does fastest: one list for all rows, or an anti-join.
VOIDED = {
    "sqlite": "s.id IN (SELECT v.voids_id FROM records_statement v WHERE v.voids_id IS NOT NULL{})",
    "postgresql": "EXISTS (SELECT 1 FROM records_statement v WHERE v.voids_id = s.id{})",
}


@dataclass(frozen=True, slots=True)
class Acts:
    """Records of some verbs and kinds (or any) that are credited to ``first … last``."""

    verbs: tuple[str, ...]
    kinds: tuple[str, ...]
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Wanted:
    """One number: what is counted of records that are one of ``acts``."""

    count: Count
    acts: tuple[Acts, ...]


@dataclass(frozen=True, slots=True)
class Among:
    """Which records at all: those known by a moment, of some units while people served there."""

    known: datetime | None
    units: Collection[int] | None
    first: date
    last: date


def are_apart(acts: Sequence[Acts]) -> bool:
    """Whether it is plain from their words that no record is two of these."""
    return not any(_meet(one, other) for one, other in combinations(acts, 2))


def _meet(one: Acts, other: Acts) -> bool:
    kinds = not (one.kinds and other.kinds) or not set(one.kinds).isdisjoint(other.kinds)
    return kinds and not set(one.verbs).isdisjoint(other.verbs)


type Piece = tuple[str, list[Any]]


def counted(wanted: Sequence[Wanted], among: Among) -> list[tuple[int, int]]:
    """For each of ``wanted`` the number and of how many records, in their order; one query."""
    once = {one: place for place, one in enumerate(dict.fromkeys(wanted))}
    found: dict[int, tuple[int, int]] = {}
    for rows in batched(once.items(), MOST_ROWS, strict=False):
        pieces = [_row(place, one, among) for one, place in rows]
        text, params = _joined(" UNION ALL ", pieces)
        with connection.cursor() as cursor:
            cursor.execute(text, params)
            # PostgreSQL sums whole numbers to decimals.
            found |= {place: (int(number), count) for place, number, count in cursor.fetchall()}
    return [found[once[one]] for one in wanted]


def _row(place: int, wanted: Wanted, among: Among) -> Piece:
    conditions = _joined(" AND ", [_any(wanted.acts), _standing(among), _of_units(among)])
    text = f"SELECT {place}, {MEASURES[wanted.count]}, COUNT(s.id) FROM records_statement s WHERE "  # noqa: S608  # our own names
    return text + conditions[0], conditions[1]


def _any(acts: Iterable[Acts]) -> Piece:
    text, params = _joined(" OR ", [_these(each) for each in acts])
    return f"({text})", params


def _these(acts: Acts) -> Piece:
    kinds = [_named("kind_id", "records_objectkind", acts.kinds)] if acts.kinds else []
    days = ("s.counts_on BETWEEN %s AND %s", [acts.first.toordinal(), acts.last.toordinal()])
    return _joined(
        " AND ",
        [_named("verb_id", "records_verb", acts.verbs), *kinds, days],
    )


def _named(column: str, table: str, codes: Sequence[str]) -> Piece:
    marks = ", ".join(["%s"] * len(codes))
    text = f"s.{column} IN (SELECT id FROM {table} WHERE code IN ({marks}))"  # noqa: S608  # our own names
    return text, list(codes)


def _standing(among: Among) -> Piece:
    voided = VOIDED[connection.vendor]
    if among.known is None:
        return f"COALESCE(s.voids_id, 0) = 0 AND NOT {voided.format('')}", []
    known = connection.ops.adapt_datetimefield_value(among.known)
    then = voided.format(" AND v.stored_at <= %s")
    return f"COALESCE(s.voids_id, 0) = 0 AND s.stored_at <= %s AND NOT {then}", [known, known]


def _of_units(among: Among) -> Piece:
    if among.units is None:
        return "", []
    units = ", ".join(str(int(unit)) for unit in sorted(among.units)) or "NULL"
    believed, params = "t.known_until IS NULL", list[Any]()
    if among.known is not None:
        known = connection.ops.adapt_datetimefield_value(among.known)
        believed = "t.known_from <= %s AND (t.known_until IS NULL OR t.known_until > %s)"
        params = [known, known]
    text = (  # numbers and our own names only
        f"(+s.unit_id IN ({units}) OR +s.person_id IN (SELECT t.person_id FROM org_term t"  # noqa: S608
        f" WHERE t.unit_id IN ({units}) AND t.first_day <= %s"
        f" AND (t.last_day IS NULL OR t.last_day >= %s) AND {believed}))"
    )
    return text, [among.last.toordinal(), among.first.toordinal(), *params]


def _joined(word: str, pieces: Iterable[Piece]) -> Piece:
    pieces = [piece for piece in pieces if piece[0]]
    return word.join(text for text, _ in pieces), [each for _, params in pieces for each in params]
