"""A plan against its earlier versions, and against what was done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Item:
    """One session that a version foresees; ``slot`` is the same in every version."""

    slot: int
    day: date
    topic: str
    lead: str = ""
    aim: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one item from one version to the next; either side may be missing."""

    before: Item | None
    after: Item | None

    @property
    def is_new(self) -> bool:
        return self.before is None

    @property
    def is_dropped(self) -> bool:
        return self.after is None

    @property
    def is_moved(self) -> bool:
        return self._differs("day")

    @property
    def is_renamed(self) -> bool:
        return self._differs("topic")

    @property
    def has_other_lead(self) -> bool:
        return self._differs("lead")

    @property
    def has_other_aim(self) -> bool:
        return self._differs("aim")

    def _differs(self, what: str) -> bool:
        if self.before is None or self.after is None:
            return False
        return bool(getattr(self.before, what) != getattr(self.after, what))


def changes(before: Iterable[Item], after: Iterable[Item]) -> list[Change]:
    """What changed from one version to the next, in the order of the days; what stayed is left out."""
    old, new = {item.slot: item for item in before}, {item.slot: item for item in after}
    found = [
        Change(old.get(slot), new.get(slot))
        for slot in old.keys() | new.keys()
        if old.get(slot) != new.get(slot)
    ]
    return sorted(found, key=_place)


def _place(change: Change) -> tuple[date, int]:
    item = change.after or change.before
    assert item is not None  # noqa: S101  # one side is there by construction
    return item.day, item.slot


@dataclass(slots=True)
class Quarter:
    """Plan against done in one quarter of the year."""

    number: int
    planned: list[Item] = field(default_factory=list)
    held: list[Item] = field(default_factory=list)
    beyond: int = 0
    overdue: list[Item] = field(default_factory=list)
    ahead: list[Item] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Whatever was planned was held."""
        return bool(self.planned) and len(self.held) == len(self.planned)


def quarters(
    items: Sequence[Item], held: Mapping[int, date], beyond: Iterable[date], on: date
) -> list[Quarter]:
    """The four quarters of a year: what each foresaw, what of it was held, what is late on ``on``.

    :param held: the day on which the session of a slot was held; it counts for the quarter in
        which it was planned, whenever that was
    :param beyond: the days of sessions held that no plan foresaw
    """
    found = [Quarter(number) for number in range(1, 5)]
    for item in items:
        quarter = found[_quarter(item.day) - 1]
        quarter.planned.append(item)
        if item.slot in held:
            quarter.held.append(item)
        elif item.day < on:
            quarter.overdue.append(item)
        else:
            quarter.ahead.append(item)
    for day in beyond:
        found[_quarter(day) - 1].beyond += 1
    return found


def _quarter(day: date) -> int:
    return (day.month - 1) // 3 + 1
