"""The proceedings of a forum: their text, and the paper made of it."""

from django.db.models import Prefetch

from taihua.base.clock import local_day
from taihua.base.papers import Block, Heading, Paper, Paragraph
from taihua.kernel.documents.models import Document, Version
from taihua.kernel.documents.queries import newest
from taihua.rooms.forums.enums import Moderation
from taihua.rooms.forums.logic.proceedings import Asked, Section, Spoken, of_body, sections_from
from taihua.rooms.forums.models import Forum, Speaker

KIND = "forums/proceedings"


def document_of(forum: Forum) -> Document | None:
    """The proceedings, drafted or issued."""
    if forum.proceedings is None:
        return None
    return Document.objects.select_related("unit").filter(pk=forum.proceedings).first()


def version_of(forum: Forum) -> Version | None:
    """The text that counts now: the issued one, or the last one written."""
    document = document_of(forum)
    return newest(document) if document else None


def sections_of(version: Version) -> list[Section]:
    return of_body(version.body)


def fresh_sections(forum: Forum) -> list[Section]:
    """What the room knows of a forum, as the first text of its proceedings."""
    heard = Speaker.objects.filter(spoke=True).select_related("person").order_by("asked_at", "pk")
    slots = forum.slots.prefetch_related(Prefetch("speakers", heard)).select_related("offer")
    questions = forum.questions.filter(moderation=Moderation.SHOWN).select_related(
        "asker", "answered_by"
    )
    return sections_from(
        about=forum.call,
        spoken=[
            Spoken(
                slot.title,
                [each.person.name for each in slot.speakers.all()],
                slot.summary or (slot.offer.summary if slot.offer else ""),
            )
            for slot in slots.order_by("starts", "hall", "pk")
        ],
        asked=[
            Asked(
                each.text,
                "" if each.anonymous else each.asker.name,
                each.answer,
                each.answered_by.name if each.answered_by else "",
            )
            for each in questions.order_by("asked_at", "pk")
        ],
        present=forum.present.count(),
    )


def paper_of(forum: Forum, version: Version) -> Paper:
    """The proceedings as a paper, for Word and print."""
    return _paper(version, forum.host.name)


def issued_paper(version: Version) -> Paper:
    """Issued proceedings as they read outside this room."""
    unit = version.document.unit
    return _paper(version, unit.name if unit else "")


def _paper(version: Version, issuer: str) -> Paper:
    blocks: list[Block] = []
    for section in sections_of(version):
        blocks.append(Heading(section.heading))
        blocks += [Paragraph.of(text) for text in section.paragraphs]
    return Paper(
        title=version.document.title,
        blocks=tuple(blocks),
        number=version.document.number,
        issuer=issuer,
        day=local_day(version.issued_at or version.written_at),
        sealed=False,
    )
