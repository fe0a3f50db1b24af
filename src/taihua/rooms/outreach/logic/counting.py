"""Which notes of one person's day count as a visit: the same whatever order they arrived in.

The notes of a day are put in the order in which they were written (by their own number where two
bear one moment). One after another is then taken: a place is counted once, and a day holds two halves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from taihua.rooms.outreach.enums import Counting

WHOLE_DAY = 2  # halves


@dataclass(frozen=True, slots=True, order=True)
class Written:
    """A note as far as counting asks: when written (any comparable text), number, where, halves."""

    written: str
    uuid: str
    place: str
    halves: int


def counted(
    notes: Iterable[Written], in_ledger: Mapping[str, int] | None = None
) -> dict[str, Counting]:
    """Note number → whether it counts.

    :param in_ledger: place → halves that an imported ledger already holds for this person and day
    """
    held = dict(in_ledger or {})
    found: dict[str, Counting] = {}
    for note in sorted(set(notes)):
        if note.place in held:
            found[note.uuid] = Counting.SAME
        elif sum(held.values()) + note.halves > WHOLE_DAY:
            found[note.uuid] = Counting.FULL
        else:
            held[note.place] = note.halves
            found[note.uuid] = Counting.COUNTED
    return found
