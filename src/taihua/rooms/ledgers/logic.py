"""A table of cells as bytes, so that a sheet can wait between upload and confirmation."""

import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from taihua.base.sheets.reading import Cell, Unreadable
from taihua.base.sheets.table import Line, Table


def packed(table: Table) -> bytes:
    """The table as compact bytes."""
    told = {
        "titles": table.titles,
        "notices": table.notices,
        "lines": [
            [line.sheet, line.number, [_told(cell) for cell in line.cells]] for line in table.lines
        ],
    }
    return zlib.compress(json.dumps(told, ensure_ascii=False).encode())


def unpacked(body: bytes) -> Table:
    """The table again, cell by cell as it was."""
    told = json.loads(zlib.decompress(body))
    return Table(
        tuple(told["titles"]),
        tuple(
            Line(sheet, number, tuple(_cell(cell) for cell in cells))
            for sheet, number, cells in told["lines"]
        ),
        tuple(told["notices"]),
    )


def concealed(
    table: Table, columns: Mapping[int, str], tokens: Sequence[Mapping[str, Cell]]
) -> Table:
    """The table with only the columns that were placed, and with tokens in the place of names."""
    kept = sorted(columns)
    return Table(
        tuple(table.titles[position] for position in kept),
        tuple(
            Line(
                line.sheet,
                line.number,
                tuple(token.get(columns[at], line.cells[at]) for at in kept),
            )
            for line, token in zip(table.lines, tokens, strict=True)
        ),
        table.notices,
    )


def _told(cell: Cell) -> object:
    match cell:
        case Unreadable():
            return {"unreadable": cell.reason}
        case datetime():
            return {"moment": cell.isoformat()}
        case date():
            return {"day": cell.isoformat()}
        case time() | timedelta():
            return str(cell)
    return cell


def _cell(told: object) -> Cell:
    if isinstance(told, dict):
        if "day" in told:
            return date.fromisoformat(told["day"])
        if "moment" in told:
            return datetime.fromisoformat(told["moment"])
        return Unreadable(told["unreadable"])
    return told if isinstance(told, str | int | float | bool) else None
