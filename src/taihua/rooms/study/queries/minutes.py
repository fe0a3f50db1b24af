"""The minutes of a session as they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from taihua.base.clock import local_day
from taihua.base.papers import Block, Heading, Paper, Paragraph
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


def issued_paper(version: Version) -> Paper:
    """Issued minutes as they read outside this room: the text, then what each speaker said."""
    blocks: list[Block] = [Paragraph.of(line) for line in _lines(version.body.get("text", ""))]
    speeches = list(version.body.get("speeches", []))
    if speeches:
        blocks.append(Heading("发言摘要"))
    for speech in speeches:
        first, *rest = _lines(speech["text"]) or [""]
        blocks.append(Paragraph.of(f"{speech['name']}：{first}"))
        blocks += [Paragraph.of(line) for line in rest]
    unit = version.document.unit
    return Paper(
        title=version.document.title,
        blocks=tuple(blocks),
        number=version.document.number,
        issuer=unit.name if unit else "",
        day=local_day(version.issued_at or version.written_at),
        sealed=False,
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
