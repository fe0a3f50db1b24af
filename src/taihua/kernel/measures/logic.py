"""Figures as plain data: what is counted, over which days, and how the number is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Protocol

from taihua.kernel.measures.enums import Count


class Words(Protocol):
    """A text, or one that is translated when it is shown."""

    def __str__(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Tally:
    """Count the records of some verbs and kinds of object.

    An act that makes up for an earlier day counts on that day (计入日), as it does for the rules.
    ``since`` counts from that fixed day on, whatever the first day asked for; without it only the
    span asked for counts. No ``kinds`` means every kind.
    """

    verbs: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    count: Count = Count.STATEMENTS
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """Count the distinct days on which something was held or done."""

    verbs: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Ratio:
    """How much of a whole a part of it is: one tally over another. Of nothing, nothing."""

    part: Tally
    whole: Tally


@dataclass(frozen=True, slots=True)
class Standing:
    """Count the verdicts of a rule that stand in some states, or their share of all judged.

    People and units to whom the rule does not apply, or who are exempt, are not judged. ``more``
    names rules that are judged together with it.
    """

    rule: str
    states: tuple[str, ...] = ("done", "done_late")
    share: bool = False
    more: tuple[str, ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        return (self.rule, *self.more)


type Counting = Tally | Held | Ratio
type Expression = Counting | Standing


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with a name (统计数): what it says, its basis (统计口径) and how it is counted."""

    code: str
    sentence: Words
    basis: Words
    unit: Words
    expression: Expression


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a number comes from: the query, and the state of the records it was asked of.

    ``query`` gives the text and its parameters when somebody asks: few of many numbers are opened.
    """

    query: Callable[[], tuple[str, tuple[object, ...]]]
    first: date
    last: date
    known: datetime | None
    highest: int
    statements: int

    @property
    def sql(self) -> str:
        return self.query()[0]

    @property
    def params(self) -> tuple[object, ...]:
        return self.query()[1]

    def as_json(self) -> dict[str, object]:
        return {
            "sql": self.sql,
            "params": [_plain(param) for param in self.params],
            "first_day": self.first.isoformat(),
            "last_day": self.last.isoformat(),
            "known": self.known.isoformat() if self.known else None,
            "highest_statement": self.highest,
            "statements": self.statements,
        }


@dataclass(frozen=True, slots=True)
class Value:
    """What a figure came to, exactly, and where from.

    ``judged`` says on how many duties a figure about verdicts rests; None where it counts records.
    """

    number: Fraction
    provenance: Provenance = field(compare=False)
    percent: bool = False
    judged: int | None = None

    def __str__(self) -> str:
        return written(self.number, percent=self.percent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Of which days a figure is asked, as known when, judged on which day, of which units.

    Without ``known`` everything on record counts; without ``on`` duties are judged on ``last``;
    without ``units`` the whole house is meant.
    """

    first: date
    last: date
    known: datetime | None = None
    on: date | None = None
    units: frozenset[int] | None = None

    @property
    def judged_on(self) -> date:
        return self.on or self.last


def tallies(expression: Counting) -> tuple[Tally | Held, ...]:
    """What is counted for an expression, in the order of :func:`joined`."""
    return (expression.part, expression.whole) if isinstance(expression, Ratio) else (expression,)


def joined(expression: Counting, counted: Sequence[Fraction]) -> Fraction:
    """The number that an expression makes of what was counted for it."""
    return share(*counted) if isinstance(expression, Ratio) else counted[0]


def is_share(expression: Expression) -> bool:
    """Whether the number is a part of a whole, to be written in hundredths."""
    return isinstance(expression, Ratio) or (isinstance(expression, Standing) and expression.share)


def span(expression: Expression, first: date, last: date) -> tuple[date, date]:
    """The days that an expression really looks at when asked for ``first … last``."""
    if isinstance(expression, Standing):
        return first, last
    return min(each.since or first for each in tallies(expression)), last


def written(number: Fraction, *, percent: bool = False) -> str:
    """The number as people read it: whole, or with the decimals it needs, at most two.

    >>> written(Fraction(612)), written(Fraction(1, 2)), written(Fraction(1, 3), percent=True)
    ('612', '0.5', '33.3%')
    """
    if percent:
        return f"{_decimals(number * 100, 1)}%"
    return _decimals(number, 2)


def share(part: int | Fraction, whole: int | Fraction) -> Fraction:
    """``part`` of ``whole``; of nothing, nothing."""
    return Fraction(part, whole) if whole else Fraction(0)


def ran(query: str, params: Sequence[object]) -> str:
    """The query with its parameters in place, for a reader; never sent to a database."""
    pieces = query.split("%s")
    filled = [pieces[0]]
    for param, piece in zip(params, pieces[1:], strict=False):
        filled += [_literal(param), piece]
    return "".join(filled)


def _decimals(number: Fraction, places: int) -> str:
    scale = 10**places
    scaled = round(number * scale)
    whole, rest = divmod(abs(scaled), scale)
    tail = f"{rest:0{places}d}".rstrip("0")
    sign = "-" if scaled < 0 else ""
    return f"{sign}{whole}.{tail}" if tail else f"{sign}{whole}"


def _literal(param: object) -> str:
    plain = _plain(param)
    return str(plain) if isinstance(plain, int) else "'" + str(plain).replace("'", "''") + "'"


def _plain(param: object) -> object:
    if isinstance(param, date):
        return param.isoformat(sep=" ") if isinstance(param, datetime) else param.isoformat()
    return param if isinstance(param, int | str) or param is None else str(param)
