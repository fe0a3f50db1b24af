"""How others stand: for those who look after them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.org.queries import open_units, people_in, subtree_ids, units_of, units_seen_by
from taihua.kernel.rules.directory import Directory
from taihua.kernel.rules.enums import State, Subject
from taihua.kernel.rules.logic import Rule, Verdict
from taihua.kernel.rules.queries import judged, turns_now, verdicts
from taihua.kernel.rules.words import act_of

# The three numbers of an overview, in the order in which one asks for them.
HEAPS = {
    "owed": frozenset({State.OWED}),
    "waiting": frozenset({State.ON_COURSE, State.DUE_SOON}),
    "done": frozenset({State.DONE, State.DONE_LATE}),
}


@dataclass(slots=True)
class Standing:
    """How somebody's duties of this year stand: how many are done, wait, are owed, and which."""

    subject: Person | Unit
    unit: Unit | None = None
    done: int = 0
    waiting: int = 0
    owed: int = 0
    acts: list[str] = field(default_factory=list)

    def take(self, rule: Rule, state: State) -> None:
        """Add one verdict."""
        for heap, states in HEAPS.items():
            if state in states:
                setattr(self, heap, getattr(self, heap) + 1)
        if state is State.OWED and (act := act_of(rule)) not in self.acts:
            self.acts.append(act)


def people_overseen(account: Account, on: date, unit: Unit | None) -> QuerySet[Person]:
    """The people in post on ``on`` whom ``account`` may look after, of one unit and below or all."""
    seen = units_seen_by(account)
    return people_in(seen if unit is None else subtree_ids([unit.pk]) & seen, on)


def units_overseen(account: Account, on: date) -> QuerySet[Unit]:
    """The units on ``on`` that ``account`` may look after, by kind and name."""
    return open_units(on).filter(pk__in=units_seen_by(account))


def standings(subjects: Sequence[Person] | Sequence[Unit], on: date) -> list[Standing]:
    """How each of ``subjects`` stands, in their order; one query a rule, however many they are."""
    whole = {subject.pk: Standing(subject) for subject in subjects}
    kind = Subject.UNIT if subjects and isinstance(subjects[0], Unit) else Subject.PERSON
    directory = Directory.read()
    for rule, periods in turns_now(on):
        if rule.subject is kind and whole:
            rows = verdicts(rule, periods, on, subjects=whole.keys(), directory=directory)
            for row in rows:
                whole[row.subject].take(rule, row.state)
    if kind is Subject.PERSON:
        places = units_of([each for each in subjects if isinstance(each, Person)], on)
        for pk, standing in whole.items():
            standing.unit = places.get(pk)
    return list(whole.values())


def all_verdicts(actor: Person | Unit, on: date) -> list[Verdict]:
    """Every verdict of the year on one person or unit, by mechanism, rule and period."""
    subject = Subject.PERSON if isinstance(actor, Person) else Subject.UNIT
    wanted = [
        (rule, period)
        for rule, periods in turns_now(on)
        if rule.subject is subject
        for period in periods
    ]
    found = judged(actor, wanted, on)
    return sorted(
        (verdict for verdict in found if verdict.state is not State.NOT_APPLICABLE),
        key=lambda each: (each.rule.mechanism, each.rule.code, each.period.due),
    )


@dataclass(frozen=True, slots=True)
class Heaps:
    """The verdicts on one person or unit: all of them, or one of the heaps of an overview."""

    all: list[Verdict]
    chosen: str = ""

    @property
    def shown(self) -> list[Verdict]:
        return self.of(self.chosen) if self.chosen in HEAPS else self.all

    def of(self, heap: str) -> list[Verdict]:
        return [verdict for verdict in self.all if verdict.state in HEAPS[heap]]

    @property
    def sizes(self) -> dict[str, int]:
        return {heap: len(self.of(heap)) for heap in HEAPS}
