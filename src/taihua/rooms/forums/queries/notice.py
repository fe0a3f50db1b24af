"""The notice of a forum: what was issued, what is being written, what has changed since."""

from dataclasses import dataclass
from datetime import date, time

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.base.papers import Block, Heading, Paper, Paragraph
from taihua.base.templatetags.page import longday
from taihua.kernel.documents.models import Document, Version
from taihua.kernel.documents.queries import newest
from taihua.kernel.org.enums import UnitKind
from taihua.rooms.forums.logic.notice import (
    Arrangement,
    Notice,
    Talk,
    arrangement_of,
    calling_off,
    changed,
    first_notice,
    notice_of,
)
from taihua.rooms.forums.models import Forum
from taihua.rooms.forums.queries.forums import slots_of

KIND = "forums/notice"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is arranged otherwise than the notice says."""

    name: str
    told: str
    now: str


def path_of(forum: Forum) -> str:
    """Where the notices of a forum stand."""
    return f"/forums/{forum.pk}/notice/"


def notices() -> QuerySet[Version]:
    """Every issued notice, the newest first."""
    found = Version.objects.filter(document__kind=KIND, issued_at__isnull=False)
    return found.select_related("document__unit").order_by("-issued_at", "-pk")


def notices_of(forum: Forum) -> QuerySet[Version]:
    """The issued notices of a forum, the one that counts first."""
    return notices().filter(document__path=path_of(forum))


def replacement_of(version: Version) -> Version | None:
    """The notice that counts, where it is not this one: issued later for the same forum."""
    counts = notices().filter(document__path=version.document.path).first()
    return counts if counts != version else None


def draft_of(forum: Forum) -> Version | None:
    """The notice that is being written."""
    begun = Document.objects.filter(kind=KIND, path=path_of(forum), number="")
    document = begun.select_related("unit").first()
    return newest(document) if document else None


def arrangement(forum: Forum) -> Arrangement:
    """How a forum is arranged now."""
    return Arrangement(
        topic=forum.topic,
        day=forum.day,
        opens=forum.opens,
        closes=forum.closes,
        place=forum.place,
        call_closes=forum.call_closes,
        registration_closes=forum.registration_closes,
        is_cancelled=forum.is_cancelled,
    )


def fresh_notice(forum: Forum) -> Notice:
    """What the room knows of a forum, as the first text of a notice of it."""
    earlier = notices_of(forum).first()
    number = earlier.document.number if earlier else ""
    kind, arranged = forum.get_kind_display(), arrangement(forum)
    addressee = "全体教师" if forum.host.kind == UnitKind.SCHOOL else "各科室、各学校"
    if forum.is_cancelled:
        return calling_off(
            arranged,
            kind=kind,
            addressee=addressee,
            reason=forum.cancelled_because,
            earlier=number,
        )
    return first_notice(
        arranged,
        kind=kind,
        about=forum.call,
        addressee=addressee,
        talks=[
            Talk(
                slot.title, [each.person.name for each in slot.speakers.all() if each.confirmed_at]
            )
            for slot in slots_of(forum).order_by("starts", "hall", "pk")
        ],
        seats=forum.seats,
        recorder=forum.recorder.name,
        earlier=number,
    )


def changes_since(version: Version, forum: Forum) -> list[Change]:
    """What is arranged otherwise than when a notice was written; its day in words."""
    told, now = arrangement_of(version.body["told"]), arrangement(forum)
    return [
        Change(_name(field), _shown(getattr(told, field)), _shown(getattr(now, field)))
        for field in changed(told, now)
    ]


def text_of(version: Version) -> Notice:
    return notice_of(version.body)


def issued_paper(version: Version) -> Paper:
    """A notice as a paper; issued, it bears the red head and its number."""
    text, unit = text_of(version), version.document.unit
    issuer = unit.name if unit else ""
    blocks: list[Block] = [Paragraph.of(line) for line in _lines(text.opening)]
    for section in text.sections:
        blocks.append(Heading(section.heading))
        blocks += [Paragraph.of(line) for line in section.paragraphs]
    day = local_day(version.issued_at or version.written_at)
    return Paper(
        title=text.title,
        blocks=tuple(blocks),
        masthead=f"{issuer}文件" if version.is_issued else "",
        number=version.document.number,
        addressee=text.addressee,
        issuer=issuer,
        day=day,
        sealed=version.is_issued,
        printed_by=issuer if version.is_issued else "",
        printed=day if version.is_issued else None,
    )


def _name(field: str) -> str:
    if field == "is_cancelled":
        return _("办不办")
    return str(Forum._meta.get_field(field).verbose_name)  # type: ignore[union-attr]


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return _("取消") if value else _("照办")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return longday(value) if isinstance(value, date) else str(value)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
