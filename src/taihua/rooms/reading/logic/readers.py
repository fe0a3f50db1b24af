"""Who reads a contribution without knowing whose it is."""

from collections.abc import Iterable
from dataclasses import dataclass

ASKED = 2  # readers for each contribution


@dataclass(frozen=True, slots=True, order=True)
class Reader:
    """Somebody who could read: how much waits for them already, who they are, where they work."""

    load: int
    person: int
    unit: int | None = None


def readers_for(
    writer: int, unit: int | None, pool: Iterable[Reader], *, beside: Iterable[int] = ()
) -> list[int]:
    """The people to ask, the least loaded first; never the writer, never whoever was asked before.

    Colleagues from the writer's own unit would know the hand: they come last. Fewer than asked
    come back where the pool is too small.

    :param beside: who reads it already
    """
    already = set(beside)
    free = [each for each in pool if each.person != writer and each.person not in already]
    ordered = sorted(free, key=lambda each: (unit is not None and each.unit == unit, each))
    return [each.person for each in ordered[: max(0, ASKED - len(already))]]
