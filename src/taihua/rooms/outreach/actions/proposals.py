"""A proposal is answered, carried out, felt and looked back on; every step is a record."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from taihua.base.clock import local_day
from taihua.kernel.commitments.actions import commit, release
from taihua.kernel.commitments.queries import of_origin
from taihua.kernel.commitments.words import Promise
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.records.actions import record
from taihua.kernel.records.queries import Statement
from taihua.rooms.outreach import access
from taihua.rooms.outreach.actions.matters import (
    FARTHEST,
    ask,
    first_line,
    in_short,
    keep_promises,
)
from taihua.rooms.outreach.enums import StepKind
from taihua.rooms.outreach.logic.stages import TAKEN_UP, Done, may_follow
from taihua.rooms.outreach.models import Proposal, ProposalStep

FEEL_WITHIN, LOOK_BACK_WITHIN = timedelta(days=30), timedelta(days=60)
CARRY_OUT = Promise(gettext_noop("落实调研建议：%(text)s"))
FEEL = Promise(gettext_noop("答复有没有帮助：%(text)s"))
LOOK_BACK = Promise(gettext_noop("回头看建议的效果：%(text)s"))
VERBS = {
    StepKind.HANDED_ON: "handed-on-proposal",
    StepKind.ANSWERED: "answered-proposal",
    StepKind.FELT: "felt-answer",
    StepKind.CARRIED: "carried-out-proposal",
    StepKind.LOOKED_BACK: "looked-back-proposal",
}


class StepRefused(Exception):
    """The proposal stands as it was; the message is written for whoever tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """A step that is about to be taken, and by whom."""

    kind: StepKind
    words: str
    outcome: str = ""
    due: date | None = None
    unit: Unit | None = None
    person: Person | None = None


@transaction.atomic
def answer(
    *, proposal: Proposal, decision: str, words: str, at: datetime, by: Account,
    due: date | None = None,
) -> ProposalStep:  # fmt: skip
    """Answer a proposal: adopted, partly, refused with the reason, or explained.

    What is adopted is then owed by ``due``; the visited unit is asked whether the answer helps.

    :raises StepRefused: it is another unit's to answer, was answered before, has no word, or is
        adopted without a day, or to a day years off
    """
    row = _locked(proposal)
    if not access.may_answer(by, row):
        raise StepRefused(_("这条建议由%(unit)s答复。") % {"unit": row.owner.name})
    if decision in TAKEN_UP and (due is None or due < local_day(at)):
        raise StepRefused(_("采纳的建议请写明哪天前落实，不早于今天。"))
    if due and due > local_day(at) + FARTHEST:
        raise StepRefused(_("落实的期限离今天三年以上，请核对日期。"))
    step = _Step(
        kind=StepKind.ANSWERED, words=words, outcome=decision,
        due=due if decision in TAKEN_UP else None, unit=row.owner,
    )  # fmt: skip
    made = _take(row, step, at, by)
    if decision in TAKEN_UP and due:
        _ask(row, CARRY_OUT, gettext_noop("写落实情况"), due, at, unit=row.owner)
    _ask(
        row, FEEL, gettext_noop("去评价"), local_day(at) + FEEL_WITHIN, at,
        origin=_felt(row), unit=row.visit.place,
    )  # fmt: skip
    return made


@transaction.atomic
def carry_out(*, proposal: Proposal, words: str, at: datetime, by: Account) -> ProposalStep:
    """Say what was done; the visitor then owes a look back.

    :raises StepRefused: it is another unit's, was not adopted, is done already, or has no word
    """
    row = _locked(proposal)
    if not access.may_answer(by, row):
        raise StepRefused(_("这条建议由%(unit)s落实。") % {"unit": row.owner.name})
    due = local_day(at) + LOOK_BACK_WITHIN
    step = _Step(kind=StepKind.CARRIED, words=words, due=due, unit=row.owner)
    made = _take(row, step, at, by)
    visitor = row.visit.visitor
    _ask(row, LOOK_BACK, gettext_noop("写回头看"), due, at, person=visitor)
    return made


@transaction.atomic
def say_how_it_felt(
    *, proposal: Proposal, effect: str, words: str, at: datetime, by: Account
) -> ProposalStep:
    """The visited unit says whether the answer helped.

    :raises StepRefused: another unit was visited, nothing was answered yet, or it was said before
    """
    row = _locked(proposal)
    if not access.may_say_how_it_felt(by, row):
        raise StepRefused(_("由被调研的%(unit)s来说。") % {"unit": row.visit.place.name})
    step = _Step(kind=StepKind.FELT, words=words, outcome=effect, unit=row.visit.place)
    return _take(row, step, at, by, origin=_felt(row))


@transaction.atomic
def look_back(
    *, proposal: Proposal, effect: str, words: str, at: datetime, by: Account
) -> ProposalStep:
    """The visitor went back and says what became of it.

    :raises StepRefused: somebody else's proposal, not carried out yet, or looked back on before
    """
    row = _locked(proposal)
    if not access.may_look_back(by, row):
        raise StepRefused(_("由提建议的%(name)s回头看。") % {"name": row.visit.visitor.name})
    step = _Step(kind=StepKind.LOOKED_BACK, words=words, outcome=effect, person=row.visit.visitor)
    return _take(row, step, at, by)


@transaction.atomic
def hand_on(
    *, proposal: Proposal, taker: Unit, words: str, at: datetime, by: Account
) -> ProposalStep:
    """Pass a proposal on to the unit that can answer it; the day stays.

    :raises StepRefused: neither its owner nor the party office; answered; the same unit; no reason
    """
    row = _locked(proposal)
    if not access.may_hand_on(by, row):
        raise StepRefused(_("由%(unit)s或党办转办。") % {"unit": row.owner.name})
    if taker == row.owner:
        raise StepRefused(_("建议已经在%(unit)s。") % {"unit": taker.name})
    step = _Step(kind=StepKind.HANDED_ON, words=words, unit=row.owner)
    _refuse_out_of_turn(row, step)
    for each in of_origin(row.path).filter(closed_at__isnull=True):
        release(commitment=each, reason=words.strip(), at=at)
    made = _take(row, step, at, by)
    row.owner = taker
    row.save(update_fields=["owner"])
    ask(row, at)
    return made


def _locked(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_related("owner", "visit__visitor", "visit__place")
    return rows.select_for_update(of=("self",)).get(pk=proposal.pk)


def _take(row: Proposal, step: _Step, at: datetime, by: Account, origin: str = "") -> ProposalStep:
    _refuse_out_of_turn(row, step)
    statement = _record(row, step, at, by)
    keep_promises(origin or row.path, statement, at)
    return ProposalStep.objects.create(
        proposal=row,
        kind=step.kind,
        outcome=step.outcome,
        words=step.words.strip(),
        due=step.due,
        at=at,
        unit=step.unit,
        by=by,
        statement=statement.uuid,
    )


def _record(row: Proposal, step: _Step, at: datetime, by: Account) -> Statement:
    return record(
        verb=VERBS[step.kind],
        kind="outreach/proposal",
        path=row.path,
        label=first_line(step.words.strip()),
        at=at,
        result={"outcome": step.outcome} if step.outcome else None,
        context={"visit": row.visit.path},
        entered_by=by,
        unit=step.unit,
        person=step.person,
    )


def _refuse_out_of_turn(row: Proposal, step: _Step) -> None:
    if not step.words.strip():
        raise StepRefused(_("请写明情况或理由。"))
    done = [Done(each.kind, each.outcome) for each in row.steps.all()]
    if not may_follow(step.kind, done):
        raise StepRefused(
            _("现在不能“%(step)s”：这一步已经办过，或前一步还没有办。") % {"step": step.kind.label}
        )


def _felt(row: Proposal) -> str:
    return f"{row.path}/felt"


def _ask(  # every argument is told
    row: Proposal, what: Promise, act: str, due: date, at: datetime, origin: str = "", **owner: Any
) -> None:
    commit(
        what=what.of(text=in_short(row.text)),
        due=due,
        origin=origin or row.path,
        url=reverse("outreach:proposal", args=[row.pk]),
        act=act,
        at=at,
        **owner,
    )
