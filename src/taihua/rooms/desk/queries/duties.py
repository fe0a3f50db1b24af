"""What a person's desk shows, and a unit's: duties, promises, dues."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from taihua.kernel import house
from taihua.kernel.commitments.models import Commitment
from taihua.kernel.commitments.queries import open_for
from taihua.kernel.commitments.words import spoken
from taihua.kernel.org.enums import Role
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.records.queries import Statement, statements_of
from taihua.kernel.rules.enums import State
from taihua.kernel.rules.logic import Verdict
from taihua.kernel.rules.queries import duties_of
from taihua.kernel.rules.words import duty_sentence
from taihua.rooms.desk.logic.cards import MOST_CARDS, Card, in_order, promised_state


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
    cards = in_order(cards_of(person, on, verdicts))
    return Desk(
        now=cards[:MOST_CARDS],
        later=cards[MOST_CARDS:],
        units=in_order(unit_cards(account, on)),
        finished=[
            verdict for verdict in verdicts if verdict.state in {State.DONE, State.DONE_LATE}
        ],
        done=done_by(person).filter(day__gte=on.replace(day=1), day__lte=on),
    )


def cards_of(person: Person, on: date, verdicts: Sequence[Verdict] | None = None) -> list[Card]:
    """Every duty, promise and due of ``person``, in no order; ``verdicts`` if they are at hand."""
    found = duties_of(person, on) if verdicts is None else verdicts
    dues = house.dues_of(person, on)
    told = {verb for due in dues for verb in due.covers}
    return [
        *(_card(verdict, person) for verdict in found if not _is_told(verdict, told)),
        *(_promise(commitment, on) for commitment in open_for(person)),
        *(_due(due, on) for due in dues),
    ]


def unit_cards(account: Account, on: date) -> list[Card]:
    """What the units owe for which the account is clerk or leader itself, not those below them."""
    ids = account.granted_units([Role.UNIT_CLERK, Role.LEADER])
    return cards_of_units(Unit.objects.filter(pk__in=ids).order_by("name", "pk"), on)


def cards_of_units(units: QuerySet[Unit], on: date) -> list[Card]:
    """What ``units`` owe themselves, in no order."""
    cards = [_card(verdict, unit) for unit in units for verdict in duties_of(unit, on)]
    promised = Commitment.objects.filter(unit__in=units, closed_at__isnull=True)
    found = promised.select_related("unit").order_by("due", "pk")
    return [*cards, *(_promise(each, on) for each in found)]


def done_by(person: Person) -> QuerySet[Statement]:
    """What ``person`` has done, newest first."""
    return statements_of(person)


def _is_told(verdict: Verdict, verbs: set[str]) -> bool:
    """Whether a due of a room tells the same already, by an earlier day; what is owed is told twice."""
    return verdict.state is not State.OWED and not verbs.isdisjoint(verdict.rule.verbs)


def _card(verdict: Verdict, actor: Person | Unit) -> Card:
    act = house.act_for(verdict.rule.verbs, as_clerk=isinstance(actor, Unit))
    return Card(
        topic=f"{verdict.rule.code}@{actor.code}",
        path=f"rules/duty/{verdict.rule.code}/{actor.code}/{verdict.period.key}",
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
        path=due.topic,
        sentence=due.sentence,
        state=promised_state(due.due, on),
        due=due.due,
        act_url=due.url,
        act_label=due.act,
    )


def _promise(commitment: Commitment, on: date) -> Card:
    path = f"commitment/{commitment.pk}"
    return Card(
        topic=path,
        path=path,
        sentence=spoken(commitment.what),
        state=promised_state(commitment.due, on),
        due=commitment.due,
        act_url=commitment.url,
        act_label=gettext(commitment.act),
        whose=commitment.unit.name if commitment.unit else "",
    )
