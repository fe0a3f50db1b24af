"""Problems and proposals, as far as somebody may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from taihua.kernel.org.models import Account
from taihua.rooms.outreach.access import (
    may_answer,
    may_hand_on,
    may_look_back,
    may_say_how_it_felt,
    units_spoken_for,
)
from taihua.rooms.outreach.enums import Stage, StepKind
from taihua.rooms.outreach.logic.stages import TAKEN_UP, Done, Station, line, may_follow, stage
from taihua.rooms.outreach.models import FieldVisit, Problem, Proposal, ProposalStep
from taihua.rooms.outreach.queries.visits import visits_seen_by


@dataclass(frozen=True, slots=True)
class Standing:
    """A proposal with what was done to it, how far it is, and by when the next step is due."""

    proposal: Proposal
    steps: list[ProposalStep]
    stage: Stage
    due: date | None

    @property
    def stations(self) -> list[Station]:
        """The line from the visit to the outcome."""
        return line(self.proposal.proposed_at, _done(self.steps), self.due)

    def is_overdue(self, on: date) -> bool:
        return self.due is not None and self.due < on


def proposals_seen_by(account: Account) -> QuerySet[Proposal]:
    """The proposals of the visits that one may see, the latest first, with their steps."""
    return (
        Proposal.objects.filter(visit__in=visits_seen_by(account).order_by().values("pk"))
        .select_related("visit__visitor", "visit__place", "owner")
        .prefetch_related(_steps())
        .order_by("-proposed_at", "-pk")
    )


def proposals_of(visit: FieldVisit) -> list[Standing]:
    """What came of a visit, in the order in which it was proposed."""
    found = (
        Proposal.objects.filter(visit=visit)
        .select_related("visit", "owner")
        .prefetch_related(_steps())
        .order_by("pk")
    )
    return [standing_of(each) for each in found]


def problems_of(visit: FieldVisit) -> QuerySet[Problem]:
    """The problems that a visit found, in their order."""
    return Problem.objects.filter(visit=visit).select_related("owner").order_by("pk")


def problems_seen_by(account: Account) -> QuerySet[Problem]:
    """The problems of the visits that one may see."""
    return Problem.objects.filter(
        visit__in=visits_seen_by(account).order_by().values("pk")
    ).select_related("visit__visitor", "visit__place", "owner")


def standing_of(proposal: Proposal) -> Standing:
    """How far a proposal is; its steps are read with it, or here."""
    steps = sorted(proposal.steps.all(), key=lambda step: step.pk)
    at = stage(_done(steps))
    return Standing(proposal, steps, at, _due(proposal, steps, at))


def next_steps(account: Account, standing: Standing) -> list[StepKind]:
    """What ``account`` may do to a proposal now, the most urgent first."""
    proposal, done = standing.proposal, _done(standing.steps)
    allowed = {
        StepKind.ANSWERED: may_answer,
        StepKind.CARRIED: may_answer,
        StepKind.LOOKED_BACK: may_look_back,
        StepKind.FELT: may_say_how_it_felt,
        StepKind.HANDED_ON: may_hand_on,
    }
    return [
        kind for kind, may in allowed.items() if may_follow(kind, done) and may(account, proposal)
    ]


def at_stage(proposals: QuerySet[Proposal], wanted: str) -> QuerySet[Proposal]:
    """Those of ``proposals`` that are so far: the same as :func:`stage`, in SQL."""

    def has(kind: StepKind, *outcomes: str) -> Exists:
        steps = ProposalStep.objects.filter(proposal=OuterRef("pk"), kind=kind)
        return Exists(steps.filter(outcome__in=outcomes) if outcomes else steps)

    taken_up = has(StepKind.ANSWERED, *TAKEN_UP)
    match wanted:
        case Stage.TO_ANSWER:
            return proposals.filter(~has(StepKind.ANSWERED))
        case Stage.TO_CARRY:
            return proposals.filter(taken_up, ~has(StepKind.CARRIED))
        case Stage.TO_LOOK_BACK:
            return proposals.filter(has(StepKind.CARRIED), ~has(StepKind.LOOKED_BACK))
        case Stage.LOOKED_BACK:
            return proposals.filter(has(StepKind.LOOKED_BACK))
        case Stage.REFUSED | Stage.EXPLAINED:
            return proposals.filter(has(StepKind.ANSWERED, wanted))
    return proposals


def owned_by(proposals: QuerySet[Proposal], account: Account) -> QuerySet[Proposal]:
    """Those that the account's own units are asked to answer."""
    return proposals.filter(owner__in=units_spoken_for(account))


def _steps() -> "Prefetch[str, QuerySet[ProposalStep], str]":
    return Prefetch(
        "steps", ProposalStep.objects.select_related("unit", "by__person").order_by("pk")
    )


def _done(steps: Iterable[ProposalStep]) -> list[Done]:
    return [Done(step.kind, step.outcome, step.at) for step in steps]


def _due(proposal: Proposal, steps: Iterable[ProposalStep], at: Stage) -> date | None:
    """By when the next step is due, as the step before it said."""
    asked = {Stage.TO_CARRY: StepKind.ANSWERED, Stage.TO_LOOK_BACK: StepKind.CARRIED}.get(at)
    told = [step.due for step in steps if step.kind == asked]
    due: date | None = proposal.due if at == Stage.TO_ANSWER else next(iter(told), None)
    return due
