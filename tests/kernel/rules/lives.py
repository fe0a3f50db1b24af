"""A small house with two years of random life, and the rules it is judged by."""

import random
from datetime import date, datetime, timedelta

from taihua.base.clock import ZONE
from taihua.kernel.org.actions import believe_no_more
from taihua.kernel.records.actions import record, void
from taihua.kernel.rules.models import Exemption
from tests.factories import LeaveFactory, PersonFactory, PostFactory, TermFactory, in_force

FIRST, LAST = date(2011, 11, 1), date(2013, 12, 31)


def noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZONE)


class World:
    """A small house with two years of random life, corrections included."""

    def __init__(self, seed, bureau, school):
        self.rng = random.Random(seed)
        self.units = [bureau, school]
        self.posts = [
            PostFactory(code="lead", tier="leadership", tagged=["party_member"]),
            PostFactory(code="mid", tier="middle", tagged=["principal"]),
            PostFactory(code="staff", tier="staff"),
        ]
        self.people = [PersonFactory(code=f"w{n}") for n in range(5)]
        for person in self.people:
            for _ in range(self.rng.randint(1, 3)):
                self.term(person)
            self.away(person)
            for _ in range(self.rng.randint(3, 14)):
                self.act(person=person)
        for _ in range(8):
            self.act(unit=bureau)

    def day(self, first=FIRST, last=LAST):
        return first + timedelta(self.rng.randrange((last - first).days + 1))

    def span(self):
        first = self.day()
        return first, max(first, self.day(first))

    def believed(self, row):
        if self.rng.random() < 0.3:
            believe_no_more(row, at=noon(self.day()))

    def term(self, person):
        first, last = self.span()
        self.believed(
            TermFactory(
                person=person,
                post=self.rng.choice(self.posts),
                unit=self.rng.choice(self.units),
                first_day=first,
                last_day=self.rng.choice([None, last]),
                concurrent=self.rng.random() < 0.3,
                known_from=noon(self.day()),
            )
        )

    def away(self, person):
        first, last = self.span()
        last = min(last, first + timedelta(60))
        known = noon(self.day())
        self.believed(LeaveFactory(person=person, first_day=first, last_day=last, known_from=known))
        if self.rng.random() < 0.5:
            Exemption.objects.create(
                rule_code="q.visits",
                person=person,
                first_day=first,
                last_day=last,
                reason="援藏",
                known_from=known,
            )

    def change(self, step):
        """Somebody does something, moves or is away; a unit holds something, closes or opens again."""
        person, unit = self.people[step % len(self.people)], self.units[step % len(self.units)]
        if step % 3 == 0:
            self.act(person=person)
        elif step % 3 == 1:
            self.term(person)
        else:
            self.away(person)
        if step % 4 == 0:
            self.act(unit=unit)
        elif step % 4 == 1:
            unit.closed = None if unit.closed else self.day()
            unit.save()

    def act(self, **actor):
        day = self.day()
        statement = record(
            verb=self.rng.choice(["visited", "read", "held-forum"]),
            kind=self.rng.choice(["outreach/visit", "reading/book"]),
            path=f"thing/{self.rng.randrange(4)}",
            label="一件事",
            at=noon(day + timedelta(self.rng.choice([0, 0, 1, 30]))),
            occurred_at=noon(day),
            counts_on=day - timedelta(self.rng.choice([0, 0, 0, 9, 40])),
            quantity=self.rng.choice(["0.5", "1", "2"]),
            **actor,
        )
        if self.rng.random() < 0.2:
            later = statement.stored_at + timedelta(self.rng.randrange(1, 40))
            void(statement=statement, reason="重复", at=later)


def rules():
    in_force("q.visits", proration="days", grace_days=12)
    in_force("q.books", verbs=["read"], count="objects", times=2, every="year", proration="days")
    in_force("q.days", verbs=["visited", "read"], count="days", times=2, every="quarter",
             audience={"tags": ["principal", "party_member"], "concurrent": False})  # fmt: skip
    in_force("q.half", every="half", kinds=["reading/book"], count="statements", audience={})
    in_force("q.rolling", every="rolling", n=45, leave_excuses=False)
    in_force("q.once", every="once", due_date="2013-06-30", grace_days=20, audience={})
    in_force("q.school", every="school_year", audience={"unit_kinds": ["school"]})
    in_force("q.forums", subject="unit", verbs=["held-forum"], times=1.5, every="year",
             audience={"unit_kinds": ["bureau"]})  # fmt: skip
