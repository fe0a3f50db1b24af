"""What somebody probably knows of a law: an estimate with its interval, never a mark or a rank."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import sqrt

SURE = 1.959964  # 95 of 100 such intervals hold the true share


@dataclass(frozen=True, slots=True)
class Said:
    """One answer, before the right one was shown."""

    question: int
    day: date
    is_right: bool


@dataclass(frozen=True, slots=True)
class Estimate:
    """So many of the asked questions were right; the share known lies between ``low`` and ``high``."""

    asked: int
    right: int
    low: float
    high: float

    @property
    def percent(self) -> int:
        return round(100 * self.right / self.asked) if self.asked else 0

    @property
    def low_percent(self) -> int:
        return round(100 * self.low)

    @property
    def high_percent(self) -> int:
        return round(100 * self.high)


def estimate(right: int, asked: int) -> Estimate:
    """The Wilson interval of a share; about nothing asked nothing is known.

    :raises ValueError: more right than asked
    """
    if not 0 <= right <= asked:
        raise ValueError(f"{right} right of {asked}")
    if asked == 0:
        return Estimate(0, 0, 0.0, 1.0)
    share, square = right / asked, SURE * SURE
    middle = share + square / (2 * asked)
    half = SURE * sqrt(share * (1 - share) / asked + square / (4 * asked * asked))
    whole = 1 + square / asked
    return Estimate(
        asked, right, max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)
    )


def lately(answers: Iterable[Said]) -> dict[int, bool]:
    """For each question the first answer of the last day on which it was asked.

    What is answered again on the same day was just shown, and tells nothing.

    :param answers: in the order in which they were given
    """
    found: dict[int, Said] = {}
    for said in answers:
        before = found.get(said.question)
        if before is None or before.day < said.day:
            found[said.question] = said
    return {question: said.is_right for question, said in found.items()}
