"""Let a person's day be on record as its notes say together."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from taihua.base.clock import ZONE
from taihua.kernel.org.models import Account, Person
from taihua.kernel.records.actions import record, void
from taihua.kernel.records.queries import Statement
from taihua.rooms.outreach.enums import Counting
from taihua.rooms.outreach.logic.counting import Written, counted
from taihua.rooms.outreach.models import FieldVisit, Proposal
from taihua.rooms.outreach.queries.visits import KIND, halves_in_ledger, on_record

NOON = time(12)
REWRITTEN = "调研记录更正"  # kept on record, in the language of the records


@transaction.atomic
def settle_day(*, visitor: Person, day: date, at: datetime, by: Account | None = None) -> None:
    """Record the visits of a day that count and take back those that no longer do.

    Called again it changes nothing. A row that an imported ledger holds for the same place counts
    already, and the note is only kept.
    """
    Person.objects.select_for_update().get(pk=visitor.pk)  # two at once would record a day twice
    notes = FieldVisit.objects.filter(visitor=visitor, day=day).select_related("place")
    by_number = {str(note.uuid): note for note in notes}
    standing = counted(
        [Written(n.written, str(n.uuid), n.place.code, n.halves) for n in by_number.values()],
        halves_in_ledger(visitor, day),
    )
    recorded = {
        statement.object_path: statement
        for statement in on_record(visitor, day).filter(row_key__isnull=True)
    }
    for number, note in by_number.items():
        _settle(note, standing[number], recorded.get(note.path), at, by)
    _forget_moved(visitor, day, at, by)


def _settle(
    note: FieldVisit, counting: Counting, there: Statement | None, at: datetime, by: Account | None
) -> None:
    wanted = _content(note) if counting == Counting.COUNTED else None
    if there and (wanted is None or not _says(there, wanted)):
        void(statement=there, reason=REWRITTEN, at=at, entered_by=by)
        there = None
    if wanted and there is None:
        there = record(
            person=note.visitor, verb="visited", kind=KIND, path=note.path, at=at,
            occurred_at=datetime.combine(note.day, NOON, ZONE), entered_by=by, **wanted,
        )  # fmt: skip
    note.counting, note.statement = counting, there.uuid if wanted and there else None
    note.save(update_fields=["counting", "statement"])


def _content(note: FieldVisit) -> dict[str, Any]:
    """What the record says, under the very keys of the ledger of visits."""
    said = [each.text for each in Proposal.objects.filter(visit=note).order_by("uuid")]
    return {
        "label": note.topic,
        "counts_on": note.makes_up,
        "quantity": note.days,
        "context": {"place": note.place.code},
        "result": {"seen": note.seen, **({"proposal": "\n".join(said)} if said else {})},
    }


def _says(statement: Statement, wanted: dict[str, Any]) -> bool:
    said = {
        "label": statement.object_label,
        "counts_on": statement.counts_on,
        "quantity": statement.quantity,
        "context": statement.context,
        "result": statement.result,
    }
    return said == wanted | {"counts_on": wanted["counts_on"] or statement.day}


def _forget_moved(visitor: Person, day: date, at: datetime, by: Account | None) -> None:
    """Take back what a note recorded on ``day`` before it was rewritten to another day."""
    paths = {
        statement.object_path: statement
        for statement in on_record(visitor, day).filter(row_key__isnull=True)
    }
    for note in FieldVisit.objects.filter(visitor=visitor).exclude(day=day):
        if note.path in paths:
            void(statement=paths[note.path], reason=REWRITTEN, at=at, entered_by=by)
