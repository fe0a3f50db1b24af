"""Which column of a sheet is which column of a ledger: exact title, synonym, or to be asked."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from taihua.base.sheets.cells import FULL_WIDTH, INVISIBLE, NUMBER_SIGNS
from taihua.base.sheets.reading import Cell

type Names = Mapping[str, Sequence[str]]
"""Column code → the titles it goes by, the proper one first."""

MARKED = "要改的地方"
"""The column that a marked copy has and its original had not."""
type Placed = tuple[int, str]
"""How early a title stands among those of its column (0 is the proper one), and the column."""

IDLE = frozenset({"序号", "序", "顺序号", "行号", "no", "no.", "编号", "", MARKED})
REMARKS = frozenset({"备注", "备考", "说明"})
IGNORED = ""
"""What a clerk chooses for a column that is not wanted."""


@dataclass(frozen=True, slots=True)
class Match:
    """``columns``: position in the sheet → column code; ``open``: positions nobody could place."""

    columns: dict[int, str]
    open: tuple[int, ...]


def match_titles(
    titles: Sequence[str], names: Names, chosen: Mapping[str, str] | None = None
) -> Match:
    """Place each title: as ``chosen`` before (title → code), by its own words, by its last part.

    A running number and remarks that the ledger does not keep are left aside without asking.
    """
    remembered = {_key(title): (0, code) for title, code in (chosen or {}).items()}
    known, loose = _index(names, _key), _index(names, _bare_key)
    ways: tuple[Callable[[str], Placed | None], ...] = (
        lambda title: remembered.get(_key(title)),
        lambda title: known.get(_key(title)),
        lambda title: loose.get(_bare_key(title)),
        lambda title: known.get(_key(title.rpartition("/")[2])),
        lambda title: loose.get(_bare_key(title.replace("/", ""))),
    )
    columns: dict[int, str] = {}
    for way in ways:
        found = ((way(title), at) for at, title in enumerate(titles) if at not in columns)
        for (_turn, code), at in sorted((place, at) for place, at in found if place is not None):
            if code == IGNORED or code not in columns.values():
                columns[at] = code
    left = (position for position in range(len(titles)) if position not in columns)
    unplaced = tuple(
        position for position in left if _bare_key(titles[position]) not in IDLE | REMARKS
    )
    return Match({at: code for at, code in columns.items() if code != IGNORED}, unplaced)


def squeeze(cell: Cell) -> str:
    """The text of a header cell without blanks: 姓　名 is 姓名."""
    return "".join(cell.translate(INVISIBLE).split()) if isinstance(cell, str) else ""


def _key(title: str) -> str:
    plain = title.translate(FULL_WIDTH).translate(NUMBER_SIGNS)
    return re.sub(r"[*＊:\s]", "", plain).casefold()


def _bare_key(title: str) -> str:
    return re.sub(r"[(【\[].*?[)】\]]", "", _key(title))


def _index(names: Names, key: Callable[[str], str]) -> dict[str, Placed]:
    index: dict[str, Placed] = {}
    for turn in range(max((len(titles) for titles in names.values()), default=0)):
        for code, titles in names.items():
            if turn < len(titles):
                index.setdefault(key(titles[turn]), (turn, code))
    return index
