"""The minutes of a session and what its speakers said (纪要和发言摘要), as a document of the house."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from taihua.base.papers import paper_number
from taihua.kernel.documents import actions as documents
from taihua.kernel.documents.models import Document, Version
from taihua.kernel.documents.queries import newest, next_number
from taihua.kernel.drafts.actions import use_up
from taihua.kernel.org.models import Account, Person
from taihua.kernel.records.actions import record
from taihua.rooms.study.actions.promises import keep
from taihua.rooms.study.models import Session

KIND = "study/minutes"
SIGN = "中心组学纪"


class MinutesRefused(Exception):
    """The minutes were not written or issued; the message says why."""


@dataclass(frozen=True, slots=True)
class Speech:
    """What one speaker said, in short (发言摘要)."""

    person: Person
    text: str


def save_minutes(
    *,
    session: Session,
    expected: int,
    text: str,
    speeches: Sequence[Speech],
    at: datetime,
    by: Account | None,
    once: UUID | None = None,
) -> Version:
    """Write the next version of the minutes; the draft kept under ``once`` has done its work.

    :param expected: the number of the version from which it was written, 0 for none
    :raises MinutesRefused: the session was not held
    :raises Overtaken: somebody else saved meanwhile; both texts are kept, and both are told
    :raises DocumentRefused: the minutes are issued
    """
    if not session.is_held:
        raise MinutesRefused(
            _("《%(topic)s》还没有登记出席，先登记再写纪要。") % {"topic": session.topic}
        )
    body = _body(text, speeches)
    if by is not None:
        use_up(line=once, owner=by)  # whatever becomes of the text, it is kept
    if (begun := _begin(session, body, at, by)) is not None:
        return begun
    there = Session.objects.filter(pk=session.pk).values("minutes")
    document = Document.objects.get(pk__in=there)
    return documents.revise(document=document, expected=expected, body=body, at=at, by=by)


@transaction.atomic
def _begin(
    session: Session, body: Mapping[str, Any], at: datetime, by: Account | None
) -> Version | None:
    """The first version; nothing where somebody began already."""
    row = Session.objects.select_for_update().select_related("unit").get(pk=session.pk)
    if row.minutes is not None:
        return None
    version = documents.draft(
        kind=KIND,
        title=f"{row.unit.name}理论学习中心组学习纪要：{row.topic}",
        year=row.day.year,
        body=body,
        at=at,
        by=by,
        unit=row.unit,
        path=f"/study/sessions/{row.pk}/minutes/read/",
    )
    row.minutes = version.document_id
    row.save(update_fields=["minutes"])
    return version


@transaction.atomic
def issue_minutes(*, session: Session, expected: int, at: datetime, by: Account) -> Version:
    """Issue the minutes under their number; from then on they are read, not written.

    :raises MinutesRefused: there are none, they say nothing, or were changed since they were read
    :raises DocumentRefused: they are issued already
    """
    if session.minutes is None:
        raise MinutesRefused(_("还没有写纪要。"))
    document = Document.objects.get(pk=session.minutes)
    version = newest(document)
    if version.number != expected and not version.is_issued:
        raise MinutesRefused(_("纪要刚刚又改过，请再看一遍后印发。"))
    if not str(version.body.get("text", "")).strip():
        raise MinutesRefused(_("纪要的正文还是空的。"))
    number = paper_number(SIGN, document.year, next_number(SIGN, document.year))
    issued = documents.issue(version=version, number=number, by=by, at=at, known=at, provenance={})
    statement = record(
        unit=session.unit,
        verb="issued-minutes",
        kind=KIND,
        path=f"{KIND}/{document.pk}",
        label=document.title,
        at=at,
        context={"session": session.path, "number": number},
        entered_by=by,
    )
    keep(f"{session.path}/minutes", statement, at)
    return issued


def _body(text: str, speeches: Sequence[Speech]) -> dict[str, Any]:
    return {
        "text": text.strip(),
        "speeches": [
            {"person": each.person.code, "name": each.person.name, "text": each.text.strip()}
            for each in speeches
            if each.text.strip()
        ],
    }
