"""Who goes where next: the places least visited and most in need, none of them piled on.

Every pair of a visitor and a place has a weight. The matching found is **exact**: no other way of
sending each visitor to at most one place, with no place over its cap, has a greater sum of weights.
It is the Hungarian method (shortest augmenting paths with potentials) on one column for each visit
that a place may still take, in O(visitors² · columns).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

LONGEST_WAIT = 365  # days; who waited a year waits no less urgently than who waited two
NEED = 30  # days of waiting that one open matter is worth
MOST_NEED = 6  # open matters beyond this many change nothing
CROWDED = 90  # days that each visit of this window takes away
FAMILIAR = 60  # days taken from a place where the visitor was last


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as the plan sees it: ``waited`` days since anybody came, None if nobody ever did."""

    code: str
    waited: int | None
    open_matters: int = 0
    visits: int = 0
    cap: int = 2

    @property
    def room(self) -> int:
        """How many visits the window still has for it."""
        return max(0, self.cap - self.visits)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody to be sent: never to ``own`` units; ``recent`` are those where he was last."""

    code: str
    own: frozenset[str] = frozenset()
    recent: frozenset[str] = frozenset()


def urgency(place: Place) -> int:
    """How much a place wants a visit, in days of waiting."""
    waited = LONGEST_WAIT if place.waited is None else min(place.waited, LONGEST_WAIT)
    return waited + NEED * min(place.open_matters, MOST_NEED) - CROWDED * place.visits


def weight(visitor: Visitor, place: Place, already: int = 0) -> int | None:
    """What sending him there as the next after ``already`` others is worth; None: he may not."""
    if place.code in visitor.own or already >= place.room:
        return None
    fresh = FAMILIAR * (place.code in visitor.recent)
    return max(1, 1000 + urgency(place) - CROWDED * already - fresh)


def send(visitors: Sequence[Visitor], places: Sequence[Place]) -> dict[str, str]:
    """Visitor → place, the exact best; who can be sent nowhere is left out."""
    columns = [(place, nth) for place in places for nth in range(min(place.room, len(visitors)))]
    worth = [[weight(visitor, *column) or 0 for column in columns] for visitor in visitors]
    # A column of nothing for each visitor: to stay is always possible.
    costs = [[-value for value in row] + [0] * len(visitors) for row in worth]
    return {
        visitors[row].code: columns[column][0].code
        for row, column in cheapest(costs).items()
        if column < len(columns) and worth[row][column]
    }


def cheapest(costs: Sequence[Sequence[int]]) -> dict[int, int]:
    """Row → column of the cheapest assignment of all rows; there are at least as many columns."""
    rows = len(costs)
    columns = len(costs[0]) if rows else 0
    above, left = [0] * (columns + 1), [0] * (rows + 1)  # potentials
    taken = [0] * (columns + 1)  # column → row, both counted from 1
    for row in range(1, rows + 1):
        taken[0] = row
        _augment(costs, above, left, taken, columns)
    return {row - 1: column - 1 for column, row in enumerate(taken) if row and column}


def _augment(
    costs: Sequence[Sequence[int]],
    above: list[int],
    left: list[int],
    taken: list[int],
    columns: int,
) -> None:
    """Bring one more row in along the shortest path from it to a free column."""
    least: list[float] = [inf] * (columns + 1)
    before, seen, here = [0] * (columns + 1), [False] * (columns + 1), 0
    while taken[here]:
        seen[here] = True
        row, free = taken[here], [c for c in range(1, columns + 1) if not seen[c]]
        for column in free:
            reduced = costs[row - 1][column - 1] - left[row] - above[column]
            if reduced < least[column]:
                least[column], before[column] = reduced, here
        nearest = min(free, key=least.__getitem__)
        _shift(int(least[nearest]), above, left, taken, least, seen)
        here = nearest
    while here:
        taken[here], here = taken[before[here]], before[here]


def _shift(
    step: int,
    above: list[int],
    left: list[int],
    taken: list[int],
    least: list[float],
    seen: list[bool],
) -> None:
    """Move the potentials so that the nearest column costs nothing more to reach."""
    for column, is_seen in enumerate(seen):
        if is_seen:
            left[taken[column]] += step
            above[column] -= step
        else:
            least[column] -= step


def total(plan: Mapping[str, str], visitors: Sequence[Visitor], places: Sequence[Place]) -> int:
    """What a plan is worth: the sum that :func:`send` makes as great as can be."""
    by_code = {place.code: place for place in places}
    met: dict[str, int] = {}
    found = 0
    for visitor in visitors:
        if visitor.code in plan:
            place = by_code[plan[visitor.code]]
            found += weight(visitor, place, met.get(place.code, 0)) or 0
            met[place.code] = met.get(place.code, 0) + 1
    return found
