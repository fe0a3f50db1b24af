"""How a question does in papers: how many get it right, and whether those who know more do."""

from dataclasses import dataclass
from math import sqrt

FEWEST = 20


@dataclass(frozen=True, slots=True)
class Sums:
    """What the database adds up over the marked papers in which a question stood.

    ``rest`` is the share of the other questions of a paper that were right.
    """

    papers: int
    right: int
    rest: float
    rest_squared: float
    rest_when_right: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Facility (正确率) and discrimination (区分度, −1 to 1), and how many papers they rest on."""

    papers: int
    facility: float
    discrimination: float | None

    @property
    def percent(self) -> int:
        return round(100 * self.facility)


def figures(sums: Sums, fewest: int = FEWEST) -> Figures | None:
    """The figures of a question; None while they rest on fewer papers than mean anything.

    Discrimination is the point-biserial correlation of the question with the rest of the paper;
    None where all answers, or all papers, are alike.
    """
    if sums.papers < max(1, fewest):
        return None
    return Figures(sums.papers, sums.right / sums.papers, _point_biserial(sums))


def _point_biserial(sums: Sums) -> float | None:
    n, right = sums.papers, sums.right
    # Of n equal numbers a float's rounding may leave a spread that is none.
    spread_of_rest = sums.rest_squared / n - (sums.rest / n) ** 2
    spread_of_right = (right / n) * (1 - right / n)
    if spread_of_rest < 1e-12 or spread_of_right == 0:  # noqa: PLR2004
        return None
    together = sums.rest_when_right / n - (right / n) * (sums.rest / n)
    return max(-1.0, min(1.0, together / sqrt(spread_of_rest * spread_of_right)))
