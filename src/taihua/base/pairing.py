"""Which row of a sheet is which row of a ledger, told by comparing both in one canonical writing."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from taihua.base.ledger import Change, Row, State, Step, Value
from taihua.base.sheets.cells import plain_number

type Canonical = str | list[str] | None
type Record = dict[str, Canonical]
"""Column code → the cell in its one writing: a person by code, a day in ISO, no idle zeros."""


def canonical(value: Value) -> Canonical:
    """The one writing of a value."""
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return str(plain_number(value))
        case tuple():
            return list(value) or None
    return value


def pair[T](
    records: Sequence[Record | None],
    standing: Iterable[tuple[Record, T]],
    key: Callable[[Record], Hashable],
) -> list[tuple[Record, T] | None]:
    """For each record what it repeats, else what it changes; each standing thing only once.

    A record repeats what is equal to it and changes what has its key; ``None`` has no counterpart.
    """
    waiting: dict[Hashable, list[tuple[Record, T]]] = {}
    for before, thing in standing:
        waiting.setdefault(key(before), []).append((before, thing))
    found: list[tuple[Record, T] | None] = [None] * len(records)
    for exact in (True, False):
        for index, record in enumerate(records):
            if record is None or found[index] is not None:
                continue
            found[index] = _take(waiting.get(key(record), []), record if exact else None)
    return found


def _take[T](waiting: list[tuple[Record, T]], equal_to: Record | None) -> tuple[Record, T] | None:
    for at, (before, _thing) in enumerate(waiting):
        if equal_to is None or before == equal_to:
            return waiting.pop(at)
    return None


def compare(before: Record | None, after: Record, row_of: Callable[[Record], Row]) -> Step:
    """What becomes of a row, cell by cell."""
    if before is None:
        return Step(State.NEW)
    if before == after:
        return Step(State.SAME)
    old, new = row_of(before), row_of(after)
    return Step(State.CHANGED, changes(before, after, old, new))


def changes(
    before: Record, after: Record, old: Mapping[str, Value], new: Mapping[str, Value]
) -> tuple[Change, ...]:
    return tuple(
        Change(code, old.get(code), new.get(code))
        for code in after
        if before.get(code) != after[code]
    )
