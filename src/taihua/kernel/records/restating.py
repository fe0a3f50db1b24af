"""Putting on record what came to be known later of an act that is on record already."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from taihua.kernel.org.models import Account
from taihua.kernel.records.actions import record, void
from taihua.kernel.records.queries import Statement, statements

HUNDRED = Decimal(100)


def restate(
    *,
    uuid: UUID | None,
    reason: str,
    at: datetime,
    by: Account | None = None,
    kind: str = "",
    result: Mapping[str, str],
) -> UUID | None:
    """State an act again with what came of it, and void the first statement with the reason.

    So its row of the ledger tells the answer too, as a clerk's row would; the day stays. Returns
    the number under which the act now stands; an act that was voided meanwhile stays voided.
    """
    old = statements().filter(uuid=uuid).first() if uuid else None
    if old is None:
        return uuid
    void(statement=old, reason=reason, at=at, entered_by=by)
    return _again(old, kind or old.kind.code, {**(old.result or {}), **result}, at, by).uuid


def _again(
    old: Statement, kind: str, result: Mapping[str, str], at: datetime, by: Account | None
) -> Statement:
    return record(
        verb=old.verb.code,
        kind=kind,
        path=old.object_path,
        label=old.object_label,
        at=at,
        person=old.person,
        unit=old.unit,
        occurred_at=old.occurred_at,
        counts_on=old.counts_on,
        quantity=old.hundredths / HUNDRED,
        result=result,
        context=old.context,
        row_key=old.row_key,
        entered_by=by,
    )
