"""The minutes of a session as they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from taihua.kernel.documents.models import Document, Version
from taihua.kernel.documents.queries import newest
from taihua.rooms.study.models import Session


@dataclass(frozen=True, slots=True)
class Minutes:
    """The version that counts, what it says, and the texts that came too late beside it."""

    document: Document
    version: Version
    beside: Sequence[Version]

    @property
    def text(self) -> str:
        return str(self.version.body.get("text", ""))

    @property
    def speeches(self) -> list[dict[str, str]]:
        return list(self.version.body.get("speeches", []))


def minutes_of(session: Session) -> Minutes | None:
    """The minutes of ``session``, if they were begun."""
    if session.minutes is None:
        return None
    document = Document.objects.select_related("unit").get(pk=session.minutes)
    version = newest(document)
    overtaken = Version.objects.filter(document=document, beside__isnull=False)
    late = overtaken.select_related("written_by__person").order_by("pk")
    return Minutes(document, version, list(late) if not version.is_issued else [])
