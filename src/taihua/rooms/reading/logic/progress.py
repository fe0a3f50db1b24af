"""How far a reader is with a required book."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from taihua.rooms.reading.enums import Outcome, Step

SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Standing:
    """A step, whether its day has gone by, or is near."""

    step: Step
    overdue: bool = False
    soon: bool = False

    @property
    def is_done(self) -> bool:
        return self.step == Step.PASSED

    @property
    def state(self) -> str:
        """The house's word for it, by which pages draw it."""
        if self.is_done:
            return "done"
        if self.overdue:
            return "owed"
        return "due_soon" if self.soon else "on_course"

    @property
    def is_readers_turn(self) -> bool:
        return self.step not in {Step.WAITING, Step.PASSED}


def standing(
    *, started: bool, finished: bool, outcomes: Sequence[str], due: date, on: date
) -> Standing:
    """Where a reader stands ``on`` a day, from what was declared and what reviewers said.

    A paper that waits for its reviewer is not overdue: the reader has done his part.
    """
    step = _step(started=started, finished=finished, outcomes=outcomes)
    if step in {Step.WAITING, Step.PASSED}:
        return Standing(step)
    return Standing(step, overdue=on > due, soon=on <= due <= on + SOON)


def _step(*, started: bool, finished: bool, outcomes: Sequence[str]) -> Step:
    if Outcome.PASSED in outcomes:
        return Step.PASSED
    if outcomes:
        return Step.WAITING if outcomes[-1] == Outcome.WAITING else Step.RESIT
    if finished:
        return Step.TO_HAND_IN
    return Step.READING if started else Step.TO_START
