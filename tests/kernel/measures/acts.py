"""Acts on record and figures that count them."""

from datetime import date, datetime, time

from taihua.base.clock import ZONE
from taihua.kernel.measures.behind import records_of
from taihua.kernel.measures.logic import Asked, Figure
from taihua.kernel.org.models import Person
from taihua.kernel.records.actions import record

YEAR = date(2013, 1, 1), date(2013, 12, 31)
VERBS, KINDS = ("helped", "visited"), ("outreach/helped", "outreach/visit")


def figure(expression, code="a.figure"):
    return Figure(code, "说什么", "统计口径", "次", expression)


def moment(day, hour=9):
    return datetime.combine(day, time(hour), ZONE)


def did(actor, day, **said):
    who = {"person": actor} if isinstance(actor, Person) else {"unit": actor}
    verb = said.pop("verb", "helped")
    return record(
        verb=verb,
        kind=said.pop("kind", "outreach/helped"),
        path=said.pop("path", "t-1"),
        label="某事",
        at=said.pop("at", moment(day)),
        occurred_at=moment(day),
        **who,
        **said,
    )


def records_behind(figure, *, units=None, **asked):
    return records_of(figure, Asked(units=None if units is None else frozenset(units), **asked))
