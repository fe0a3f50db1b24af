"""What is to be read beforehand: a document of the house, a title with its source, a file."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from taihua.kernel.org.models import Account
from taihua.kernel.records.actions import record
from taihua.rooms.study.actions.promises import keep
from taihua.rooms.study.models import Material, Session, Turn

MOST_BYTES = 20 * 1024 * 1024
# What a file begins with, by the ending of its name; what has macros is none of them.
BEGINNINGS = {
    "pdf": (b"%PDF-", "application/pdf"),
    "docx": (
        b"PK\x03\x04",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "pptx": (
        b"PK\x03\x04",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    "xlsx": (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "txt": (b"", "text/plain; charset=utf-8"),
}


class MaterialRefused(Exception):
    """The material was not taken; the message says why and how to mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Something to read: a document of the house by its id, or title, source and a file."""

    title: str
    source: str = ""
    document: int | None = None
    file_name: str = ""
    content: bytes = b""


@transaction.atomic
def add_material(*, of: Session | Turn, text: Text, at: datetime, by: Account | None) -> Material:
    """Add something to read; under a title that is there already it is the next version.

    A lecturer's material closes what he owed before the day.

    :raises MaterialRefused: it has no title, the file is too large or not what its name says, or
        the very same file stands already
    """
    title = text.title.strip().strip("《》")
    if not title:
        raise MaterialRefused(_("请写材料的标题。"))
    media_type = _media_type(text)
    digest = sha256(text.content).hexdigest() if text.content else ""
    before = _same_title(of, title)
    if before is not None and before.digest == digest and before.source == text.source.strip():
        raise MaterialRefused(_("《%(title)s》的这一版已经有了。") % {"title": title})
    material = Material.objects.create(
        session=of if isinstance(of, Session) else None,
        turn=of if isinstance(of, Turn) else None,
        title=title,
        version=before.version + 1 if before else 1,
        source=text.source.strip(),
        document=text.document,
        file_name=text.file_name if text.content else "",
        media_type=media_type,
        content=text.content or None,
        digest=digest,
        added_at=at,
        added_by=by,
    )
    if isinstance(of, Turn) and of.lecturer is not None:
        statement = record(
            person=of.lecturer,
            verb="gave-lecture-material",
            kind="study/lecture",
            path=of.path,
            label=title,
            at=at,
            entered_by=by,
        )
        keep(f"{of.path}/material", statement, at)
    return material


def _same_title(of: Session | Turn, title: str) -> Material | None:
    return of.materials.filter(title=title).order_by("-version").first()


def _media_type(text: Text) -> str:
    if not text.content:
        return ""
    ending = text.file_name.rpartition(".")[2].lower()
    begins, media_type = BEGINNINGS.get(ending, (None, ""))
    if begins is None:
        raise MaterialRefused(_("只收 PDF、Word、PowerPoint、Excel（不带宏）和纯文本文件。"))
    if len(text.content) > MOST_BYTES:
        raise MaterialRefused(_("文件超过 20 MB，请压缩图片后再传。"))
    if not text.content.startswith(begins):
        raise MaterialRefused(
            _("“%(name)s”的内容和扩展名不一致，请用原软件另存后再传。") % {"name": text.file_name}
        )
    if b"vbaProject.bin" in text.content:
        raise MaterialRefused(
            _("“%(name)s”带有宏，没有接收。请另存为不带宏的文件。") % {"name": text.file_name}
        )
    return media_type
