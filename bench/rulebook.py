"""Forty rules such as a district has: every cadence, every way of counting, people and units."""

from collections.abc import Iterator
from datetime import date
from typing import Any

LEADERS = {"tiers": ["leadership"]}
MIDDLE = {"tiers": ["middle"]}
CADRES = {"tiers": ["leadership", "middle"]}
EVERYBODY = {"tiers": ["leadership", "middle", "staff"]}
TEACHERS = {"tags": ["teacher"]}
MEMBERS = {"tags": ["party_member"]}
PRINCIPALS = {"tags": ["principal"]}
BRANCHES = {"unit_kinds": ["branch"]}
SCHOOLS = {"unit_kinds": ["school"]}

IN_FORCE = date(2013, 1, 1)

# audience, verbs, kinds, count, times, every, more
RULES: list[tuple[dict[str, list[str]], str, str, str, float, str, dict[str, Any]]] = [
    (EVERYBODY, "read", "", "objects", 2, "year", {}),
    (EVERYBODY, "read", "", "objects", 1, "half", {}),
    (EVERYBODY, "wrote-note", "", "days", 20, "month", {"proration": "days"}),
    (EVERYBODY, "wrote-note", "", "days", 200, "year", {"proration": "days"}),
    (EVERYBODY, "wrote-reflection", "", "statements", 4, "quarter", {"proration": "days"}),
    (EVERYBODY, "shared-note", "", "statements", 2, "quarter", {}),
    (EVERYBODY, "commented", "", "statements", 3, "month", {}),
    (EVERYBODY, "studied", "", "days", 12, "year", {"proration": "days"}),
    (EVERYBODY, "studied", "", "days", 1, "month", {"grace_days": 5}),
    (EVERYBODY, "studied", "", "quantity", 32, "year", {"proration": "days"}),
    (EVERYBODY, "talked-work", "", "statements", 1, "quarter", {}),
    (EVERYBODY, "passed-check", "", "objects", 2, "year", {"grace_days": 30}),
    (EVERYBODY, "read started-book", "", "objects", 6, "year", {}),
    (EVERYBODY, "wrote-note wrote-reflection", "", "days", 3, "week", {}),
    (MIDDLE, "read", "", "objects", 2, "half", {}),
    (MIDDLE, "talked-work", "", "statements", 1, "month", {}),
    (MIDDLE, "visited", "", "days", 1, "month", {"grace_days": 3}),
    (MIDDLE, "proposed", "", "statements", 2, "year", {}),
    (LEADERS, "visited", "", "days", 1, "month", {}),
    (LEADERS, "visited", "", "quantity", 12, "year", {"proration": "days"}),
    (LEADERS, "lectured", "", "statements", 1, "half", {}),
    (LEADERS, "studied", "", "days", 1, "month", {}),
    (CADRES, "reported-duty", "", "statements", 1, "year", {}),
    (CADRES, "answered-proposal", "", "statements", 1, "quarter", {}),
    (CADRES, "helped", "", "objects", 2, "year", {}),
    (CADRES, "helped", "", "quantity", 10, "year", {}),
    (TEACHERS, "read", "", "objects", 1, "school_year", {}),
    (TEACHERS, "spoke-at-forum", "", "statements", 1, "year", {}),
    (TEACHERS, "commented", "", "days", 5, "quarter", {"proration": "days"}),
    (TEACHERS, "wrote-note", "", "statements", 30, "rolling", {"n": 90}),
    (TEACHERS, "passed-law-quiz", "", "statements", 1, "half", {}),
    (MEMBERS, "attended", "meetings/assembly", "statements", 1, "quarter", {}),
    (MEMBERS, "attended", "meetings/cell", "statements", 1, "month", {}),
    (MEMBERS, "attended", "meetings/themeday", "days", 1, "month", {}),
    (MEMBERS, "attended", "meetings/class", "statements", 1, "quarter", {}),
    (PRINCIPALS, "spoke-at-forum", "", "statements", 1, "half", {}),
    (PRINCIPALS, "visited", "", "days", 2, "quarter", {}),
    (BRANCHES, "held-meeting", "meetings/assembly", "statements", 1, "quarter", {"subject": "unit"}),
    (BRANCHES, "held-meeting", "meetings/cell", "statements", 1, "month", {"subject": "unit"}),
    (SCHOOLS, "held-forum", "", "statements", 1, "half", {"subject": "unit"}),
]  # fmt: skip


def entries() -> Iterator[dict[str, Any]]:
    """The data of each rule, as a rule book keeps it."""
    for number, (audience, verbs, kinds, count, times, every, more) in enumerate(RULES, 1):
        yield {
            "code": f"bench.{number:02}",
            "sentence": f"第 {number} 条",
            "mechanism": "K1",
            "source": "bench",
            "level": "custom",
            "audience": audience,
            "verbs": verbs.split(),
            "kinds": kinds.split(),
            "count": count,
            "times": times,
            "every": every,
            "valid_from": IN_FORCE.isoformat(),
            **more,
        }


def verbs() -> list[str]:
    """Every verb that a rule asks for."""
    return sorted({verb for rule in RULES for verb in rule[1].split()})
