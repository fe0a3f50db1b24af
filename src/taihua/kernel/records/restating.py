"""Putting on record what came to be known later of an act that is on record already."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, TypedDict, Unpack
from uuid import UUID

from taihua.kernel.org.models import Account
from taihua.kernel.records.actions import record, void
from taihua.kernel.records.queries import Statement, statements

HUNDRED = Decimal(100)


class Later(TypedDict, total=False):
    """What may be said otherwise than before; of ``result`` only what is named, the rest stays."""

    kind: str
    label: str
    context: Mapping[str, Any]
    result: Mapping[str, str]


def restate(
    *,
    uuid: UUID | None,
    reason: str,
    at: datetime,
    by: Account | None = None,
    **later: Unpack[Later],
) -> UUID | None:
    """State an act again with what is known now, and void the first statement with the reason.

    So its row of the ledger tells the answer too, as a clerk's row would; the day on which it
    happened and counts stays; a plan counts on the day that it names now. Returns the number under which the act now stands; an act that was
    voided meanwhile stays voided.
    """
    old = _standing(uuid)
    if old is None:
        return uuid
    void(statement=old, reason=reason, at=at, entered_by=by)
    return _again(old, later, at, by).uuid


def take_back(*, uuid: UUID | None, reason: str, at: datetime, by: Account | None = None) -> None:
    """Void what stands under ``uuid``, if anything does."""
    old = _standing(uuid)
    if old is not None:
        void(statement=old, reason=reason, at=at, entered_by=by)


def _standing(uuid: UUID | None) -> Statement | None:
    return statements().filter(uuid=uuid).first() if uuid else None


def _again(old: Statement, later: Later, at: datetime, by: Account | None) -> Statement:
    result = {**(old.result or {}), **later.get("result", {})}
    return record(
        verb=old.verb.code,
        kind=later.get("kind", old.kind.code),
        path=old.object_path,
        label=later.get("label", old.object_label),
        at=at,
        person=old.person,
        unit=old.unit,
        occurred_at=old.occurred_at,
        counts_on=None if old.verb.plans else old.counts_on,
        quantity=old.hundredths / HUNDRED,
        result=result or None,
        context=later.get("context", old.context),
        # Under another name it is no longer the row that a sheet brought in.
        row_key=None if "label" in later else old.row_key,
        entered_by=by,
    )
