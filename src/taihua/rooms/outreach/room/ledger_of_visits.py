"""The ledger of visits, with the answers that came after a visit was recorded in this room.

A record is never changed, so what an answer says stands in a record of its own; the row of the
visit shows it as a sheet has it, in the same cells, and comes back from a sheet as the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from taihua.base.pairing import Record
from taihua.kernel.org.ledgers.directory import Directory
from taihua.kernel.records.ledgers import StatementStore
from taihua.kernel.records.ledgers.form import Form
from taihua.kernel.records.queries import Statement
from taihua.rooms.outreach.queries.visits import Answered, answers_by_visit


class Since:
    """What came after, read once for a whole table and only if a row asks."""

    @cached_property
    def answers(self) -> Mapping[str, Answered]:
        return answers_by_visit()


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitForm(Form):
    """A row of the ledger; one that was written in this room is completed from its steps."""

    since: Since = field(default_factory=Since, compare=False)

    def record_of(self, statement: Statement, directory: Directory) -> Record:
        record = Form.record_of(self, statement, directory)
        if statement.row_key is None and (told := self.since.answers.get(statement.object_path)):
            record |= {
                "answer": told.answer or None,
                "answered_by": told.answered_by or None,
                "carried": told.carried or None,
            }
        return record


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitStore(StatementStore):
    """The store of the ledger of visits."""

    @property
    def form(self) -> VisitForm:
        told: dict[str, Any] = {name: getattr(self, name) for name in Form.__dataclass_fields__}
        return VisitForm(**told)
