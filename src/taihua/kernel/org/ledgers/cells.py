"""A cell that names people or units, and its canonical writing by code: both directions."""

from datetime import date
from decimal import Decimal

from taihua.base.ledger import Column, Kind, Row, Value
from taihua.base.pairing import Canonical, Record, canonical
from taihua.kernel.org.ledgers.directory import Directory


def resolved(
    column: Column,
    value: Value,
    directory: Directory,
    hint: str | None = None,
    on: date | None = None,
) -> Canonical:
    """The canonical writing of a cell.

    :raises CellRefused: it names nobody, nothing, or several
    """
    if value is None or value == ():
        return None
    match column.kind:
        case Kind.PERSON:
            return directory.person(str(value), hint, on).code
        case Kind.PEOPLE if isinstance(value, tuple):
            return [directory.person(name, hint, on).code for name in value]
        case Kind.UNIT:
            return directory.unit(str(value)).code
    return canonical(value)


def told(column: Column, cell: Canonical, directory: Directory) -> Value:
    """The cell as a sheet bears it."""
    if cell is None:
        return () if column.kind is Kind.PEOPLE else None
    if isinstance(cell, list):
        return tuple(_person(code, directory) for code in cell)
    match column.kind:
        case Kind.PERSON:
            return _person(cell, directory)
        case Kind.UNIT:
            unit = directory.unit_of_code(cell)
            return directory.show_unit(unit) if unit else cell
        case Kind.DAY:
            return date.fromisoformat(cell)
        case Kind.NUMBER:
            return Decimal(cell)
    return cell


def row_of(columns: tuple[Column, ...], record: Record, directory: Directory) -> Row:
    """The whole row as a sheet bears it."""
    return {column.code: told(column, record[column.code], directory) for column in columns}


def _person(code: str, directory: Directory) -> str:
    person = directory.person_of_code(code)
    return directory.show_person(person) if person else code
