"""Putting a statement right: it is taken back with the reason and stated anew, with what changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from taihua.kernel.org.models import Account
from taihua.kernel.records.actions import record, void
from taihua.kernel.records.queries import Statement, by_uuids


def restate(
    uuid: UUID, *, reason: str, at: datetime, by: Account | None, **changed: Any
) -> Statement:
    """State again what was stated under ``uuid``, but for what ``changed``; both stay readable.

    It keeps the day on which it happened and counts.
    """
    old = stated(uuid)
    void(statement=old, reason=reason, at=at, entered_by=by)
    told: Mapping[str, Any] = {
        "person": old.person,
        "unit": old.unit,
        "label": old.object_label,
        "quantity": old.quantity,
        "occurred_at": old.occurred_at,
        "counts_on": old.counts_on,
        "context": old.context,
        "result": old.result,
        **changed,
    }
    return record(
        verb=old.verb.code,
        kind=old.kind.code,
        path=old.object_path,
        at=at,
        entered_by=by,
        **told,
    )


def take_back(uuid: UUID | None, *, reason: str, at: datetime, by: Account | None) -> None:
    """Void what was stated under ``uuid``, if anything was."""
    if uuid is not None:
        void(statement=stated(uuid), reason=reason, at=at, entered_by=by)


def stated(uuid: UUID) -> Statement:
    """The statement of that number."""
    return by_uuids([uuid]).select_related("person", "unit").get()
