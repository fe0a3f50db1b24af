"""The four marks of a mechanism: 有计划、有内容、有检查、有效果."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class MarkState(StrEnum):
    """How far a mark is there."""

    DONE = "done"
    PART = "part"
    NONE = "none"
    APART = "not_applicable"


@dataclass(frozen=True, slots=True)
class Cell:
    """One mark of one mechanism: what was counted, what is asked, what is missing in words.

    ``href`` opens the list that proves it; a mark that nothing counts yet has none. ``judged``
    is how many duties a mark rests on that hangs on a rule, and None for one that counts records.
    """

    name: str
    number: Fraction
    at_least: int
    shown: str
    gap: str
    href: str = ""
    judged: int | None = None

    @property
    def state(self) -> MarkState:
        if self.number >= self.at_least:
            return MarkState.DONE
        if self.judged == 0:
            return MarkState.APART
        return MarkState.PART if self.number > 0 else MarkState.NONE

    @property
    def asked(self) -> str:
        """What is asked, written as the number is: a share in hundredths."""
        return f"{self.at_least:.0%}" if self.shown.endswith("%") else str(self.at_least)

    @property
    def done(self) -> float:
        """How much of it is there, for drawing."""
        return float(min(self.number, Fraction(self.at_least)))


@dataclass(frozen=True, slots=True)
class Row:
    """One mechanism with its four marks."""

    code: str
    title: str
    cells: tuple[Cell, ...]

    @property
    def gaps(self) -> list[Cell]:
        """The marks that are asked and not full, in order."""
        settled = {MarkState.DONE, MarkState.APART}
        return [cell for cell in self.cells if cell.state not in settled]

    @property
    def concerns(self) -> bool:
        """Whether anything of it was done here, or asked of anybody here.

        A mechanism of which no mark hangs on a rule concerns everybody.
        """
        resting = [cell.judged for cell in self.cells if cell.judged is not None]
        return not resting or any(resting) or any(cell.number for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Summary:
    """How many of the marks are full."""

    full: int
    all: int


def summary(rows: Sequence[Row]) -> Summary:
    cells = [cell for row in rows for cell in row.cells if cell.state is not MarkState.APART]
    return Summary(sum(cell.state is MarkState.DONE for cell in cells), len(cells))
