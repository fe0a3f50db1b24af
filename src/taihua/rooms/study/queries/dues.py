"""What the room asks of a person on a day, worked out from where everything stands."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.kernel.house import Due
from taihua.kernel.org.models import Person
from taihua.kernel.org.queries import account_of
from taihua.rooms.study.enums import Phase
from taihua.rooms.study.models import Session, Turn
from taihua.rooms.study.queries.between import between
from taihua.rooms.study.queries.checks import OPEN_AFTER, has_answered
from taihua.rooms.study.queries.plans import waiting_for
from taihua.rooms.study.queries.sessions import is_expected, owed_by
from taihua.rooms.study.queries.turns import homework_owed_by, swaps_waiting_for

DECIDE_WITHIN, ANSWER_SWAP_WITHIN = timedelta(days=7), timedelta(days=3)
MAKE_UP_WITHIN, HOLD_WITHIN = timedelta(days=30), timedelta(days=3)
ASK_BEFORE = timedelta(days=14)


def dues_of(person: Person, on: date) -> Iterator[Due]:
    """Decisions, answers, make-up study and lectures to be recorded that wait for ``person``."""
    yield from _decisions(person)
    yield from _make_up(person)
    yield from _checks(person, on)
    yield from _homework(person, on)
    yield from _swaps(person)
    yield from _lectures(person, on)


def _decisions(person: Person) -> Iterator[Due]:
    account = account_of(person)
    if account is None:
        return
    for version in waiting_for(account):
        yield Due(
            topic=f"{version.plan.path}/{version.number}",
            sentence=_("%(unit)s %(year)d 年的学习计划等您审定")
            % {"unit": version.plan.unit.name, "year": version.plan.year},
            due=local_day(version.written_at) + DECIDE_WITHIN,
            url=reverse("study:decide-plan", args=[version.plan_id]),
            act=_("去审定"),
        )


def _make_up(person: Person) -> Iterator[Due]:
    for owed in owed_by(person).filter(session__held_at__isnull=False):
        yield Due(
            topic=f"{owed.session.path}/make-up",
            sentence=_("《%(topic)s》您没有到会，还要补学") % {"topic": owed.session.topic},
            due=owed.session.day + MAKE_UP_WITHIN,
            url=reverse("study:make-up", args=[owed.pk]),
            act=_("记补学"),
        )


def _checks(person: Person, on: date) -> Iterator[Due]:
    near = Session.objects.filter(
        between(on - OPEN_AFTER, on + ASK_BEFORE),
        cancelled_at__isnull=True,
        questions__isnull=False,
    )
    for session in near.select_related("unit").distinct().order_by("starts_at", "pk"):
        phase = Phase.BEFORE if session.day > on else Phase.AFTER
        if phase == Phase.AFTER and not session.is_held:
            continue
        if not is_expected(person, session) or has_answered(session, person, phase):
            continue
        last = session.day if phase == Phase.BEFORE else session.day + OPEN_AFTER
        yield Due(
            topic=f"{session.path}/check/{phase}",
            sentence=_("答《%(topic)s》的%(phase)s检查题")
            % {"topic": session.topic, "phase": phase.label},
            due=last,
            url=reverse("study:check", args=[session.pk]),
            act=_("去答"),
        )


def _homework(person: Person, on: date) -> Iterator[Due]:
    for turn in homework_owed_by(person, on):
        if turn.homework_due is not None:
            yield Due(
                topic=f"{turn.path}/homework",
                sentence=_("答《%(topic)s》的思考题") % {"topic": turn.topic},
                due=turn.homework_due,
                url=reverse("study:answer", args=[turn.pk]),
                act=_("去答"),
            )


def _swaps(person: Person) -> Iterator[Due]:
    for swap in swaps_waiting_for(person):
        yield Due(
            topic=f"study/swap/{swap.pk}",
            sentence=_("%(name)s想和您换授课日期") % {"name": swap.asker.name},
            due=local_day(swap.asked_at) + ANSWER_SWAP_WITHIN,
            url=reverse("study:answer-swap", args=[swap.pk]),
            act=_("去答复"),
        )


def _lectures(person: Person, on: date) -> Iterator[Due]:
    past = Turn.objects.filter(
        between(date.min + timedelta(days=1), on),
        lecturer=person,
        held_at__isnull=True,
        cancelled_because="",
        rota__issued_at__isnull=False,
    )
    for turn in past.order_by("starts_at", "pk"):
        yield Due(
            topic=f"{turn.path}/held",
            sentence=_("登记《%(topic)s》的授课，留下思考题") % {"topic": turn.topic},
            due=turn.day + HOLD_WITHIN,
            url=reverse("study:hold-turn", args=[turn.pk]),
            act=_("登记授课"),
        )
