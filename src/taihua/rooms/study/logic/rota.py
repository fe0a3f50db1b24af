"""Who lectures when, so that nobody lectures two turns more than another — and why it came out so.

Every slot needs one lecturer who is free that day and can speak on its topic. Among all ways to fill
the slots those are sought in which the turns, those given before in the same span included, are
spread most evenly: no chain of exchanges can then move a turn from somebody to a person who has two
fewer. That is the whole proof: where the spread still exceeds one, the people whom such chains reach
from the one with most turns are the only ones who can take their slots, and they are named.

Among the even ways the first slot goes to whoever had fewest turns so far, then to whoever's last turn
lies furthest back, and so on slot by slot.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

FAIR = 1


@dataclass(frozen=True, slots=True)
class Slot:
    """A lecture that needs a lecturer; ``barred`` says of those who cannot take it why not."""

    day: date
    topic: str
    barred: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lecturer:
    """Somebody of the leadership: turns given in this span before, and the day of the last ever."""

    name: str
    before: int = 0
    last: date = date.min


@dataclass(frozen=True, slots=True)
class Choice:
    """Who takes a slot. ``waits`` would have come first and are needed elsewhere; only ``alone`` could."""

    slot: int
    lecturer: str
    given: int
    last: date
    alone: bool
    waits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why the turns cannot be spread more evenly: only ``few`` can take ``slots``."""

    few: tuple[str, ...]
    slots: tuple[int, ...]
    spared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rota:
    """What was found: a choice a slot, the turns of each, and what stands in the way of more."""

    choices: tuple[Choice, ...]
    turns: Mapping[str, int]
    unfilled: tuple[int, ...] = ()
    obstacle: Obstacle | None = None

    @property
    def spread(self) -> int:
        """The most turns of anybody less the fewest of anybody."""
        return max(self.turns.values(), default=0) - min(self.turns.values(), default=0)

    @property
    def is_fair(self) -> bool:
        return not self.unfilled and self.spread <= FAIR


def make_rota(slots: Sequence[Slot], lecturers: Sequence[Lecturer]) -> Rota:
    """Fill the slots as evenly as they allow; a slot that nobody can take stays unfilled."""
    people = {each.name: each for each in lecturers}
    order = sorted(range(len(slots)), key=lambda number: (slots[number].day, number))
    can = {number: _able(slots[number], people) for number in order}
    unfilled = tuple(number for number in order if not can[number])
    order = [number for number in order if can[number]]
    before = {name: each.before for name, each in people.items()}
    best = _profile(_even({n: can[n] for n in order}, before), before)
    choices: list[Choice] = []
    given, last = dict(before), {name: each.last for name, each in people.items()}
    fixed: dict[int, list[str]] = {number: can[number] for number in order}
    for number in order:
        ranked = sorted(can[number], key=lambda name: (given[name], last[name], name))
        waits: list[str] = []
        for name in ranked:
            tried = _even({**fixed, number: [name]}, before)
            if _profile(tried, before) == best:
                fixed[number] = [name]
                break
            waits.append(name)
        taken = fixed[number][0]
        choices.append(
            Choice(number, taken, given[taken], last[taken], len(can[number]) == 1, tuple(waits))
        )
        given[taken], last[taken] = given[taken] + 1, slots[number].day
    filled = {choice.slot: choice.lecturer for choice in choices}
    obstacle = _obstacle(filled, can, given) if given and _spread(given) > FAIR else None
    return Rota(tuple(choices), given, unfilled, obstacle)


def _able(slot: Slot, people: Iterable[str]) -> list[str]:
    return [name for name in people if name not in slot.barred]


def _spread(turns: Mapping[str, int]) -> int:
    return max(turns.values()) - min(turns.values())


def _profile(filled: Mapping[int, str], before: Mapping[str, int]) -> list[int]:
    """The turns of all, most first: what makes one way as even as another."""
    return sorted(_turns(filled, before).values(), reverse=True)


def _turns(filled: Mapping[int, str], before: Mapping[str, int]) -> dict[str, int]:
    turns = dict(before)
    for name in filled.values():
        turns[name] += 1
    return turns


def _even(can: Mapping[int, Sequence[str]], before: Mapping[str, int]) -> dict[int, str]:
    """Fill each slot with whoever has fewest, then move turns along chains while that evens them."""
    filled: dict[int, str] = {}
    turns = dict(before)
    for number, names in can.items():
        filled[number] = min(names, key=lambda name: (turns[name], name))
        turns[filled[number]] += 1
    while (chain := _chain(filled, can, turns)) is not None:
        giver, moves = chain
        turns[giver] -= 1
        filled |= dict(moves)
        turns[moves[-1][1]] += 1
    return filled


def _chain(
    filled: Mapping[int, str], can: Mapping[int, Sequence[str]], turns: Mapping[str, int]
) -> tuple[str, list[tuple[int, str]]] | None:
    """Moves that take a turn from somebody and end with one who has at least two fewer."""
    for giver in sorted(turns, key=lambda name: -turns[name]):
        came = _reached(giver, filled, can)
        for name in came:
            if turns[name] <= turns[giver] - 2:
                return giver, _moves(name, giver, came)
    return None


def _reached(
    giver: str, filled: Mapping[int, str], can: Mapping[int, Sequence[str]]
) -> dict[str, tuple[int, str]]:
    """Whom chains of exchanges reach from ``giver``: by which slot, taken from whom."""
    came: dict[str, tuple[int, str]] = {giver: (-1, "")}
    waiting = [giver]
    for name in waiting:
        for number, holder in filled.items():
            if holder != name:
                continue
            for other in can[number]:
                if other not in came:
                    came[other] = (number, name)
                    waiting.append(other)
    return came


def _moves(name: str, giver: str, came: Mapping[str, tuple[int, str]]) -> list[tuple[int, str]]:
    moves: list[tuple[int, str]] = []
    while name != giver:
        number, holder = came[name]
        moves.append((number, name))
        name = holder
    return moves[::-1]


def _obstacle(
    filled: Mapping[int, str], can: Mapping[int, Sequence[str]], turns: Mapping[str, int]
) -> Obstacle:
    """From the one with most turns: everybody who could take them over, and the slots they hold."""
    most = max(turns, key=lambda name: (turns[name], name))
    few = set(_reached(most, filled, can))
    slots = tuple(number for number, name in filled.items() if name in few)
    fewest = min(turns.values())
    spared = tuple(sorted(name for name in turns if turns[name] == fewest and name not in few))
    return Obstacle(tuple(sorted(few)), slots, spared)
