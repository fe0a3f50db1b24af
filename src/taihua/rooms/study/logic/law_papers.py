"""Papers: how many questions of which sort, and which ones a seed draws.

Two papers of one plan are equivalent: the same number of questions from every law, of every kind
and difficulty. A paper can be made again from its seed and the stock it was drawn from.
"""

import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from taihua.rooms.study.enums import Difficulty, QuestionKind

KINDS = list(QuestionKind)
LEVELS = list(Difficulty)
SHUFFLED = {QuestionKind.SINGLE, QuestionKind.SEVERAL}


@dataclass(frozen=True, slots=True, order=True)
class Sort:
    """What makes two questions interchangeable in a paper."""

    law: int
    kind: str
    difficulty: str


@dataclass(frozen=True, slots=True)
class Part:
    """So many questions of one sort."""

    sort: Sort
    count: int


@dataclass(frozen=True, slots=True)
class Stocked:
    """A question that may be drawn."""

    pk: int
    sort: Sort


class Shortage(Exception):
    """The bank holds fewer questions of a sort than a paper needs."""

    def __init__(self, law: int, kind: str, wanted: int, there: int) -> None:
        super().__init__(law, kind, wanted, there)
        self.law, self.kind, self.wanted, self.there = law, kind, wanted, there


def counted(stock: Iterable[Stocked]) -> dict[Sort, int]:
    """How many questions there are of each sort."""
    found: dict[Sort, int] = defaultdict(int)
    for each in stock:
        found[each.sort] += 1
    return dict(found)


def plan(stock: Mapping[Sort, int], laws: Sequence[int], wanted: Mapping[str, int]) -> list[Part]:
    """Share so many questions of each kind out among the laws, and in a law among difficulties.

    Laws get the same number as far as they have questions; the difficulties of a law are taken in
    the proportion in which it has them.

    :raises Shortage: all laws together have fewer of a kind than is wanted
    """
    taken: dict[Sort, int] = defaultdict(int)
    by_law: dict[int, int] = defaultdict(int)
    for kind, count in wanted.items():
        sorts = [sort for sort in sorted(stock) if sort.kind == kind and sort.law in laws]
        there = sum(stock[sort] for sort in sorts)
        if there < count:
            raise Shortage(laws[0] if len(laws) == 1 else 0, kind, count, there)
        for _turn in range(count):
            left = [sort for sort in sorts if taken[sort] < stock[sort]]
            sort = min(left, key=lambda s: (by_law[s.law], (taken[s] + 1) / stock[s], s))
            taken[sort] += 1
            by_law[sort.law] += 1
    return [Part(sort, taken[sort]) for sort in sorted(taken) if taken[sort]]


def draw(
    parts: Iterable[Part],
    stock: Iterable[Stocked],
    seed: int,
    avoid: Collection[int] = frozenset(),
) -> list[int]:
    """The questions of a paper, by kind, in the order that the seed says.

    Questions in ``avoid`` (those of the same person's earlier papers) come only when there are not
    enough others of their sort.

    :raises Shortage: a sort has fewer questions than its part asks
    """
    rng = random.Random(f"paper-{seed}")  # noqa: S311  # kept and told, not secret
    shelves: dict[Sort, list[int]] = defaultdict(list)
    for each in stock:
        shelves[each.sort].append(each.pk)
    chosen: list[tuple[int, int]] = []
    for part in sorted(parts, key=lambda one: one.sort):
        shelf = sorted(shelves[part.sort])
        if len(shelf) < part.count:
            raise Shortage(part.sort.law, part.sort.kind, part.count, len(shelf))
        rng.shuffle(shelf)
        shelf.sort(key=lambda pk: pk in avoid)
        kind = KINDS.index(QuestionKind(part.sort.kind))
        chosen += [(kind, pk) for pk in shelf[: part.count]]
    rng.shuffle(chosen)
    chosen.sort(key=lambda one: one[0])
    return [pk for _kind, pk in chosen]


def order_of(seed: int, pk: int, kind: str, choices: int) -> list[int]:
    """The order in which the choices of a question stand in the paper of that seed."""
    order = list(range(choices))
    if kind in SHUFFLED:
        random.Random(f"choices-{seed}-{pk}").shuffle(order)  # noqa: S311  # as above
    return order


def fingerprint(stock: Iterable[Stocked]) -> str:
    """A word that is the same for the same stock: what a seed alone does not say."""
    told = hashlib.sha256()
    for each in sorted(stock, key=lambda one: one.pk):
        told.update(repr((each.pk, each.sort.law, each.sort.kind, each.sort.difficulty)).encode())
    return told.hexdigest()[:32]


def is_passed(right: int, asked: int, pass_percent: int) -> bool:
    """Whether so many right answers reach the line; without questions nothing is reached."""
    return asked > 0 and right * 100 >= pass_percent * asked


def object_path(label: str) -> str:
    """The path under which a passed quiz is on record: that of a ledger's row of the same words."""
    told = hashlib.sha256(json.dumps([label]).encode()).hexdigest()[:20]
    return f"study/law/{told}"
