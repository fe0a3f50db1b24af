"""What a session changed in what a group knows: before and after, paired, for the group alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

FEWEST = 5
# The 97.5 % quantiles of Student's t for 1 to 30 degrees of freedom.
STUDENT = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GroupChange:
    """The share answered right before and after, and the paired change with its 95 % interval."""

    pairs: int
    before: float
    after: float
    low: float
    high: float

    @property
    def change(self) -> float:
        return self.after - self.before

    @property
    def is_certain(self) -> bool:
        """Whether the interval leaves out that nothing changed."""
        return self.low > 0 or self.high < 0


def group_change(pairs: Sequence[tuple[float, float]]) -> GroupChange | None:
    """The change of a group from the shares (before, after) of those who answered both times.

    Nothing is said of fewer than five: one could tell who it was.
    """
    count = len(pairs)
    if count < FEWEST:
        return None
    before = sum(first for first, _second in pairs) / count
    after = sum(second for _first, second in pairs) / count
    change = after - before
    spread = sum((second - first - change) ** 2 for first, second in pairs) / (count - 1)
    half = student(count - 1) * sqrt(spread / count)
    return GroupChange(count, before, after, max(-1.0, change - half), min(1.0, change + half))


def student(freedom: int) -> float:
    """The 97.5 % quantile of Student's t; past the table a bound from above."""
    return STUDENT[freedom - 1] if freedom <= len(STUDENT) else 1.96 + 2.5 / freedom
