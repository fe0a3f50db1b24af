"""Sheets are tried out, and what is understood and said of them is told in short."""

from taihua.kernel import house
from taihua.rooms.ledgers.actions import Sent, import_file
from tests.factories import NINE
from tests.rooms.ledgers.messy import NOVEMBER


def tried(content, ledger="visits", year=None, *, dry_run=True):
    """What importing a file would do, or has done."""
    sent = Sent(name="台账.xlsx", content=content, year=year)
    return import_file(house.ledgers()[ledger], sent, at=NINE, dry_run=dry_run)


def taken(preview):
    """The rows as understood, in short: who, when, where, how long, what."""
    return [
        tuple(row[code] for code in ("person", "day", "place", "days", "topic"))
        for row in preview.plan.rows
    ]


def errors(preview):
    """What is said of each cell in error: (line, column) → reason and mend."""
    return {
        (preview.intake.lines[index].number, one.column): one.reason + one.mend
        for index, found in preview.errors.items()
        for one in found
    }


def column_of(preview, code):
    return [row[code] for row in preview.plan.rows]


def visit(**changes):
    """A row of the ledger of visits with some cells changed."""
    row = dict(zip(("person", "day", "place", "days", "topic"), NOVEMBER, strict=True))
    return tuple((row | changes).values())
