"""Lectures in turn: who may see them, who lectured when, what was left unanswered."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from taihua.kernel.org.access import sees_all
from taihua.kernel.org.enums import Role
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.org.queries import subtree_ids
from taihua.kernel.records.queries import statements
from taihua.rooms.study.enums import Answer, Audience
from taihua.rooms.study.models import Homework, HomeworkAnswer, Rota, Swap, Turn
from taihua.rooms.study.queries.between import between
from taihua.rooms.study.queries.roster import (
    group_on,
    hosted_by,
    office_on,
    offices_of,
    places_of,
)


def rotas_seen_by(account: Account, on: date) -> QuerySet[Rota]:
    """The rotas of the groups and offices to which ``account`` belongs, newest first.

    Until it is issued a rota is its makers' affair.
    """
    rotas = Rota.objects.select_related("unit").order_by("-first_day", "-pk")
    if sees_all(account):
        return rotas
    return rotas.filter(_heard_by(account, on), issued_at__isnull=False)


def turns_seen_by(account: Account, on: date) -> QuerySet[Turn]:
    """The lectures that ``account`` gives or may hear, of issued rotas; the latest first."""
    turns = Turn.objects.select_related("rota__unit", "lecturer", "reserve")
    turns = turns.order_by("-starts_at", "-pk")
    if sees_all(account):
        return turns
    rotas = Rota.objects.filter(_heard_by(account, on), issued_at__isnull=False)
    mine = Q(lecturer=account.person_id) if account.person_id else Q(pk__in=[])
    return turns.filter(mine | Q(rota__in=rotas), rota__issued_at__isnull=False)


def _heard_by(account: Account, on: date) -> Q:
    led = Q(unit__in=subtree_ids(account.granted_units([Role.LEADER])))
    if account.person is None:
        return led
    group, office = places_of(account.person, on), offices_of(account.person, on)
    return led | hosted_by(group) | (hosted_by(office) & Q(audience=Audience.OFFICE))


def turns_of(rota: Rota) -> QuerySet[Turn]:
    """The lectures of a rota in the order of their days."""
    return (
        rota.turns.select_related("lecturer", "reserve", "rota__unit")
        .prefetch_related("able")
        .order_by("starts_at", "pk")
    )


def turns_to_swap_with(turn: Turn, lecturer: Person) -> QuerySet[Turn]:
    """The lectures of a rota that others have still to give."""
    to_come = turns_of(turn.rota).filter(held_at=None, cancelled_because="")
    return to_come.exclude(lecturer=lecturer)


def listeners_on(rota: Rota, day: date) -> QuerySet[Person]:
    """To whom a lecture of ``rota`` on ``day`` is given, by name."""
    return (
        office_on(rota.unit, day) if rota.audience == Audience.OFFICE else group_on(rota.unit, day)
    )


def lectures_at(
    unit: Unit, starts_at: datetime, ends_at: datetime, but: Turn | None = None
) -> QuerySet[Turn]:
    """The lectures of ``unit`` that take some of that time."""
    found = Turn.objects.filter(
        rota__unit=unit,
        rota__issued_at__isnull=False,
        cancelled_because="",
        starts_at__lt=ends_at,
        ends_at__gt=starts_at,
    ).order_by("starts_at")
    return found.exclude(pk=but.pk) if but else found


def lectured_on(people: Sequence[Person], last: date) -> dict[int, list[date]]:
    """On which days each of ``people`` lectured up to ``last``, here or by an imported ledger."""
    told = statements().filter(
        verb__code="lectured", kind__code="study/lecture", person__in=people, day__lte=last
    )
    days: dict[int, list[date]] = {person.pk: [] for person in people}
    for person, day in told.order_by("day", "pk").values_list("person", "day"):
        if person is not None:
            days[person].append(day)
    return days


def homework_of(turn: Turn) -> QuerySet[Homework]:
    """The questions of a lecture, each with how many answered it."""
    return turn.homework.annotate(answered=Count("answers")).order_by("position")


def left_open(unit: Unit, before: datetime) -> QuerySet[Homework]:
    """The questions of lectures past their day to which nobody had an answer: the next opens with them."""
    answers = HomeworkAnswer.objects.filter(homework=OuterRef("pk"))
    return (
        Homework.objects.filter(
            ~Exists(answers),
            turn__rota__unit=unit,
            turn__held_at__isnull=False,
            turn__starts_at__lt=before,
            turn__homework_due__isnull=False,
        )
        .select_related("turn__lecturer")
        .order_by("-turn__starts_at", "position")
    )


def answers_of(turn: Turn) -> QuerySet[HomeworkAnswer]:
    """What was answered to a lecture, question by question."""
    return (
        HomeworkAnswer.objects.filter(homework__turn=turn)
        .select_related("homework", "person")
        .order_by("homework__position", "handed_in_at", "pk")
    )


def answered_by(turn: Turn) -> list[Person]:
    """Who answered at least one question of a lecture, by name."""
    answers = HomeworkAnswer.objects.filter(homework__turn=turn)
    return list(Person.objects.filter(pk__in=answers.values("person")).order_by("name", "pk"))


def homework_owed_by(person: Person, on: date) -> QuerySet[Turn]:
    """The lectures of which ``person`` was to hear and has not answered the questions yet."""
    group, office = places_of(person, on), offices_of(person, on)
    units = hosted_by(group) | (hosted_by(office) & Q(audience=Audience.OFFICE))
    rotas = Rota.objects.filter(units, issued_at__isnull=False)
    answers = HomeworkAnswer.objects.filter(homework__turn=OuterRef("pk"), person=person)
    return (
        Turn.objects.filter(
            ~Exists(answers),
            rota__in=rotas,
            held_at__isnull=False,
            homework_due__isnull=False,
            closed_at__isnull=True,
        )
        .exclude(lecturer=person)
        .order_by("homework_due", "pk")
    )


def swaps_waiting_for(person: Person) -> QuerySet[Swap]:
    """The swaps that ``person`` is asked to answer, oldest first."""
    return (
        Swap.objects.filter(asked=person, answer=Answer.ASKED)
        .select_related("mine", "theirs", "asker")
        .order_by("asked_at", "pk")
    )


def turns_between(whose: Person | Unit, first: date, last: date) -> list[Turn]:
    """The lectures of a unit, or that a person gives or is to hear, on the days ``first … last``."""
    found = (
        Turn.objects.filter(between(first, last), rota__issued_at__isnull=False)
        .select_related("rota__unit", "lecturer")
        .order_by("starts_at", "pk")
    )
    if isinstance(whose, Unit):
        return list(found.filter(Q(rota__unit=whose) | Q(rota__unit__parent=whose)))
    return [
        turn
        for turn in found
        if turn.lecturer_id == whose.pk or listeners_on(turn.rota, turn.day).contains(whose)
    ]
