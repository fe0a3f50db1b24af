"""Rows of a combined roster as its tests write them."""

from datetime import date, datetime

from taihua.base.clock import ZONE
from taihua.kernel.org.ledgers.roster import RosterStore
from tests.factories import NINE

TEN = datetime(2013, 12, 4, 10, tzinfo=ZONE)
ROSTER = RosterStore()


def row(name="沈青", unit="苔花一小", post="教师", **cells):
    blank = "code tier last_day concurrent party joined since branch"
    empty = dict.fromkeys(blank.split())
    return {
        "name": name,
        "unit": unit,
        "post": post,
        "first_day": date(2010, 9, 1),
        **empty,
        **cells,
    }


def member(name="沈青", **cells):
    return row(name, **{"party": "中共党员", "joined": date(2001, 7, 1)} | cells)


def put(*rows, at=NINE):
    return ROSTER.apply(ROSTER.plan(rows), None, at)


def told(findings):
    return [(one.index, one.column, one.reason) for one in findings]
