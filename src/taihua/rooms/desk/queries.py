"""What a person's desk shows: read from the kernel alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from taihua.kernel import house
from taihua.kernel.commitments.models import Commitment
from taihua.kernel.commitments.queries import open_for
from taihua.kernel.org.enums import Role
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.org.queries import open_units, people_in, subtree_ids, units_of, units_seen_by
from taihua.kernel.records.queries import Statement, statements_of
from taihua.kernel.rules.directory import Directory
from taihua.kernel.rules.enums import State, Subject
from taihua.kernel.rules.logic import Rule, Verdict
from taihua.kernel.rules.queries import duties_of, judged, turns_now, verdicts
from taihua.kernel.rules.words import act_of, duty_sentence
from taihua.rooms.desk.logic import MOST_CARDS, Card, in_order, promised_state


@dataclass(frozen=True, slots=True)
class Desk:
    """A person's desk on one day: what is urgent, what can wait, the units' affairs, what is done."""

    now: list[Card]
    later: list[Card]
    units: list[Card]
    finished: list[Verdict]
    done: QuerySet[Statement]


def desk_of(account: Account, on: date) -> Desk:
    """The desk of the person behind ``account`` on the day ``on``."""
    person = account.person
    if person is None:
        raise LookupError(f"account {account.pk} belongs to no person")
    verdicts = duties_of(person, on)
    cards = in_order(
        [
            *(_card(verdict, person) for verdict in verdicts),
            *(_promise(commitment, on) for commitment in open_for(person)),
            *(_due(due, on) for due in house.dues_of(person, on)),
        ]
    )
    return Desk(
        now=cards[:MOST_CARDS],
        later=cards[MOST_CARDS:],
        units=in_order(unit_cards(account, on)),
        finished=[
            verdict for verdict in verdicts if verdict.state in {State.DONE, State.DONE_LATE}
        ],
        done=done_by(person).filter(day__gte=on.replace(day=1), day__lte=on),
    )


def unit_cards(account: Account, on: date) -> list[Card]:
    """What the units owe for which the account is clerk or leader itself, not those below them."""
    ids = account.granted_units([Role.UNIT_CLERK, Role.LEADER])
    units = Unit.objects.filter(pk__in=ids).order_by("name", "pk")
    cards = [_card(verdict, unit) for unit in units for verdict in duties_of(unit, on)]
    promised = Commitment.objects.filter(unit__in=ids, closed_at__isnull=True)
    return [*cards, *(_promise(each, on) for each in promised.select_related("unit"))]


def done_by(person: Person) -> QuerySet[Statement]:
    """What ``person`` has done, newest first."""
    return statements_of(person)


# --- how others stand --------------------------------------------------------------------------------


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
        if state is State.OWED:
            self.owed += 1
            if (act := act_of(rule)) not in self.acts:
                self.acts.append(act)
        elif state in {State.DONE, State.DONE_LATE}:
            self.done += 1
        elif state in {State.ON_COURSE, State.DUE_SOON}:
            self.waiting += 1


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


def _card(verdict: Verdict, actor: Person | Unit) -> Card:
    act = house.act_for(verdict.rule.verbs, as_clerk=isinstance(actor, Unit))
    return Card(
        topic=f"{verdict.rule.code}@{actor.code}",
        sentence=duty_sentence(verdict),
        state=verdict.state,
        due=verdict.period.due,
        why_url=reverse("rules:why", args=[verdict.rule.code, actor.code, verdict.period.key]),
        act_url=reverse(act.url_name, args=act.args) if act else "",
        act_label=str(act.label) if act else "",
        whose=actor.name if isinstance(actor, Unit) else "",
        dated=True,
    )


def _due(due: house.Due, on: date) -> Card:
    return Card(
        topic=due.topic,
        sentence=due.sentence,
        state=promised_state(due.due, on),
        due=due.due,
        act_url=due.url,
        act_label=due.act,
    )


def _promise(commitment: Commitment, on: date) -> Card:
    return Card(
        topic=f"commitment/{commitment.pk}",
        sentence=commitment.what,
        state=promised_state(commitment.due, on),
        due=commitment.due,
        act_url=commitment.url,
        act_label=commitment.act,
        whose=commitment.unit.name if commitment.unit else "",
    )
