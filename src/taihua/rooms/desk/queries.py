"""What a person's desk shows: read from the kernel alone."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from taihua.kernel import house
from taihua.kernel.commitments.models import Commitment
from taihua.kernel.commitments.queries import open_for
from taihua.kernel.org.enums import Role
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.records.queries import Statement, statements_of
from taihua.kernel.rules.logic import Verdict
from taihua.kernel.rules.queries import duties_of
from taihua.kernel.rules.words import duty_sentence
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
    cards = in_order([*(_card(verdict, person) for verdict in verdicts), *_promises(person, on)])
    return Desk(
        now=cards[:MOST_CARDS],
        later=cards[MOST_CARDS:],
        units=in_order(unit_cards(account, on)),
        finished=[verdict for verdict in verdicts if verdict.state in {"done", "done_late"}],
        done=done_by(person).filter(day__gte=on.replace(day=1), day__lte=on),
    )


def unit_cards(account: Account, on: date) -> list[Card]:
    """What the units owe for which the account is clerk or leader itself, not those below them."""
    ids = account.granted_units([Role.UNIT_CLERK, Role.LEADER])
    units = Unit.objects.filter(pk__in=ids).order_by("name", "pk")
    cards = [_card(verdict, unit) for unit in units for verdict in duties_of(unit, on)]
    promised = Commitment.objects.filter(unit__in=ids, closed_at__isnull=True)
    return [*cards, *(_promise(each, on) for each in promised.select_related("unit"))]


def verdicts_of(person: Person, on: date) -> list[Verdict]:
    """Every duty that concerns ``person`` on the day ``on``, whatever its state, by rule."""
    return sorted(duties_of(person, on), key=lambda each: (each.rule.mechanism, each.period.due))


def done_by(person: Person) -> QuerySet[Statement]:
    """What ``person`` has done, newest first."""
    return statements_of(person)


def _card(verdict: Verdict, actor: Person | Unit) -> Card:
    act = house.act_for(verdict.rule.verbs)
    return Card(
        topic=f"{verdict.rule.code}@{actor.code}",
        sentence=duty_sentence(verdict),
        state=verdict.state,
        due=verdict.period.due,
        why_url=reverse("rules:why", args=[verdict.rule.code, actor.code, verdict.period.key]),
        act_url=reverse(act.url_name, args=act.args) if act else "",
        act_label=str(act.label) if act else "",
        whose=actor.name if isinstance(actor, Unit) else "",
    )


def _promises(person: Person, on: date) -> list[Card]:
    return [_promise(commitment, on) for commitment in open_for(person)]


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
