"""Rows told as a story: what a demonstration district would have written into its ledgers."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import UUID

from taihua.base.ledger import Ledger, Row
from taihua.kernel.org.ledgers.directory import Directory
from taihua.kernel.records.actions import Draft
from taihua.kernel.records.ledgers.store import StatementStore

WRITTEN_AFTER = timedelta(hours=20)


def told(ledger: Ledger, rows: Iterable[Row], rng: Random) -> Iterator[Draft]:
    """The statements of these rows, each written into the ledger on the day after.

    People and units may stand in a row by their codes. The same ``rng`` gives the same numbers.

    :raises ValueError: a row names nobody
    :raises TypeError: the ledger does not hold statements
    """
    if not isinstance(ledger.store, StatementStore):
        raise TypeError(f"{ledger.code} does not hold statements")
    form, directory = ledger.store.form, Directory.everybody()
    for row in rows:
        record, errors, _notices = form.read(row, 0, directory)
        if errors or not form.is_complete(record):
            raise ValueError(f"{ledger.code}: {row} {errors}")
        row_key = f"{ledger.code}:{_number(rng).hex}"
        for draft in form.drafts(record, row_key, directory):
            happened = draft.occurred_at
            written = happened + WRITTEN_AFTER if happened else None
            yield replace(draft, stored_at=written, uuid=_number(rng))


def _number(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)
