"""How far a proposal is, told from what was done to it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from taihua.rooms.outreach.enums import Decision, Stage, StepKind

TAKEN_UP = (Decision.ADOPTED, Decision.PARTLY)
LINE = (StepKind.ANSWERED, StepKind.CARRIED, StepKind.LOOKED_BACK)


@dataclass(frozen=True, slots=True)
class Done:
    """One step that was taken, and its outcome (a decision or an effect)."""

    kind: str
    outcome: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Station:
    """A station of the line from the visit to the outcome: reached, waited for now, or not yet."""

    kind: str
    is_reached: bool
    is_next: bool
    at: datetime | None = None
    due: date | None = None
    outcome: str = ""


def stage(steps: Iterable[Done]) -> Stage:
    """How far a proposal with these steps is."""
    done = {step.kind: step.outcome for step in steps}
    if StepKind.ANSWERED not in done:
        return Stage.TO_ANSWER
    match done[StepKind.ANSWERED]:
        case Decision.REFUSED:
            return Stage.REFUSED
        case Decision.EXPLAINED:
            return Stage.EXPLAINED
    if StepKind.CARRIED not in done:
        return Stage.TO_CARRY
    return Stage.LOOKED_BACK if StepKind.LOOKED_BACK in done else Stage.TO_LOOK_BACK


def may_follow(kind: StepKind, done: Collection[Done]) -> bool:
    """Whether a step may be taken now: each once and in order; handing on only before an answer."""
    kinds = {step.kind for step in done}
    decision = next((step.outcome for step in done if step.kind == StepKind.ANSWERED), "")
    match kind:
        case StepKind.HANDED_ON:
            return StepKind.ANSWERED not in kinds
        case StepKind.ANSWERED:
            return kind not in kinds
        case StepKind.FELT:
            return StepKind.ANSWERED in kinds and kind not in kinds
        case StepKind.CARRIED:
            return decision in TAKEN_UP and kind not in kinds
        case StepKind.LOOKED_BACK:
            return StepKind.CARRIED in kinds and kind not in kinds


def line(proposed: datetime, steps: Collection[Done], due: date | None = None) -> list[Station]:
    """The stations of the picture: the proposal, then what was done, then what is still to come."""
    by_kind = {step.kind: step for step in steps}
    stations = [Station("proposed", is_reached=True, is_next=False, at=proposed)]
    waiting = True
    for kind in LINE:
        step = by_kind.get(kind)
        if step is None and not _comes(by_kind):
            break
        stations.append(
            Station(
                kind,
                is_reached=step is not None,
                is_next=step is None and waiting,
                at=step.at if step else None,
                due=due if step is None and waiting else None,
                outcome=step.outcome if step else "",
            )
        )
        waiting = waiting and step is not None
    return stations


def _comes(by_kind: dict[str, Done]) -> bool:
    """Whether anything is still to come: nothing does after a refusal or an explanation."""
    answer = by_kind.get(StepKind.ANSWERED)
    return answer is None or answer.outcome in TAKEN_UP
