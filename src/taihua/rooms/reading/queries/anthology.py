"""The anthology, as far as somebody may see it, and what a volume still lacks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from taihua.base.papers import (
    Block,
    BoundVolume,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Part,
    Piece,
    Run,
    to_book,
)
from taihua.base.papers.layout import PRINT_FONTS
from taihua.base.papers.numerals import chinese
from taihua.kernel.documents.models import Version
from taihua.kernel.org.models import Account, Person
from taihua.kernel.org.queries import units_of
from taihua.rooms.reading.access import may_edit_volume
from taihua.rooms.reading.enums import Choice
from taihua.rooms.reading.logic.readers import Reader
from taihua.rooms.reading.models import Contribution, EditedText, Erratum, Opinion, Volume

KIND = "reading/volume"
EPUB, PDF = "epub", "pdf"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a contribution as they stand: the writer's own (number 0) or an edited text."""

    number: int
    title: str
    text: str
    agreed: bool


def volumes() -> QuerySet[Volume]:
    """All volumes, the newest first."""
    return Volume.objects.select_related("publisher", "book").order_by("-number")


def open_calls(on: date) -> QuerySet[Volume]:
    """The volumes that take texts on ``on``."""
    return volumes().filter(opens__lte=on, closes__gte=on, issued_version__isnull=True)


def contributions_of(writer: Person) -> QuerySet[Contribution]:
    """What ``writer`` gave, the latest first."""
    return _contributions().filter(writer=writer).order_by("-submitted_at", "-pk")


def contributions_to(volume: Volume) -> QuerySet[Contribution]:
    """What came in for a volume and was not taken back: with how many ``read`` it and were asked."""
    return (
        _contributions()
        .filter(volume=volume, withdrawn_at__isnull=True)
        .annotate(
            asked=Count("opinions"), read=Count("opinions", Q(opinions__given_at__isnull=False))
        )
        .order_by("section__place", "place", "submitted_at", "pk")
    )


def contributions_seen_by(account: Account) -> QuerySet[Contribution]:
    """One's own; those of the volumes that one edits."""
    whole = _contributions()
    kept = [volume.pk for volume in volumes() if may_edit_volume(account, volume)]
    return whole.filter(Q(writer=account.person) | Q(volume__in=kept))


def is_blind_to(contribution: Contribution, person: Person | None) -> bool:
    """Whether ``person`` must not see who wrote it and who read it: the writer, and a reader who waits."""
    if person is None:
        return False
    waiting = (each for each in contribution.opinions.all() if each.given_at is None)
    return contribution.writer_id == person.pk or any(
        opinion.reader_id == person.pk for opinion in waiting
    )


def opinions_asked_of(reader: Person) -> QuerySet[Opinion]:
    """What ``reader`` was asked to read, what waits first."""
    return (
        Opinion.objects.filter(reader=reader, contribution__withdrawn_at__isnull=True)
        .select_related("contribution__volume", "contribution__version")
        .order_by("given_at", "asked_at", "pk")
    )


def text_of(contribution: Contribution) -> Words:
    """The newest words of a contribution; where nobody edited them the writer's own, as number 0."""
    texts = sorted(contribution.texts.all(), key=lambda each: -each.number)
    return _words(contribution, texts[0] if texts else None)


def _words(contribution: Contribution, newest: EditedText | None) -> Words:
    if newest is None:
        return Words(0, contribution.version.title, contribution.version.text, agreed=True)
    return Words(newest.number, newest.title, newest.text, newest.agreed_at is not None)


def pool_of(volume: Volume, on: date) -> list[Reader]:
    """Who reads for a volume, how much waits for each, and where they work on ``on``."""
    people = list(volume.readers.order_by("pk"))
    loads = dict(
        Opinion.objects.filter(
            reader__in=people, given_at__isnull=True, contribution__withdrawn_at__isnull=True
        )
        .values_list("reader")
        .annotate(papers=Count("pk"))
        .order_by("reader")
    )
    units = units_of(people, on)
    return [
        Reader(
            loads.get(person.pk, 0), person.pk, units[person.pk].pk if person.pk in units else None
        )
        for person in people
    ]


def gaps_of(volume: Volume) -> list[str]:
    """What a volume still lacks before it can be issued, in words, the gravest first."""
    pieces = list(_selected(volume))
    waiting = volume.contributions.filter(choice=Choice.WAITING, withdrawn_at__isnull=True).count()
    gaps = []
    if not pieces:
        gaps.append(_("还没有选入一篇。"))
    if waiting:
        gaps.append(_("还有 %(count)d 篇来稿没有定取舍。") % {"count": waiting})
    return [*gaps, *_gaps_in(pieces)]


def _gaps_in(pieces: list[Contribution]) -> Iterator[str]:
    for piece in pieces:
        words = text_of(piece)
        if not words.agreed:
            yield _("《%(title)s》改过的文字，作者还没有同意。") % {"title": words.title}
        if piece.section is None:
            yield _("《%(title)s》还没有放进栏目。") % {"title": words.title}


def manuscript_of(volume: Volume, day: date) -> BoundVolume:
    """Everything between the covers as it stands, with ``day`` as the day of issue."""
    by_section: dict[int, list[Piece]] = {}
    for each in _selected(volume):
        words = text_of(each)
        paragraphs = tuple(line.strip() for line in words.text.splitlines() if line.strip())
        piece = Piece(words.title, each.byline, each.unit, paragraphs)
        by_section.setdefault(each.section_id or 0, []).append(piece)
    sections = [each for each in volume.sections.order_by("place") if each.pk in by_section]
    editors = "、".join(volume.editors.order_by("name", "pk").values_list("name", flat=True))
    subtitle = subtitle_of(volume.number)
    return BoundVolume(
        title=volume.title,
        subtitle=subtitle,
        publisher=volume.publisher.name,
        day=day,
        preface=tuple(line.strip() for line in volume.preface.splitlines() if line.strip()),
        parts=tuple(Part(each.title, tuple(by_section[each.pk])) for each in sections),
        colophon=(
            ("书名", f"{volume.title} {subtitle}"),
            ("编印", volume.publisher.name),
            ("编者", editors),
            ("日期", f"{day.year} 年 {day.month} 月 {day.day} 日"),
            *(("附记", line.strip()) for line in volume.imprint.splitlines() if line.strip()),
        ),
    )


def subtitle_of(number: int) -> str:
    """The number of a volume as it stands on the cover: 第三辑."""
    return f"第{chinese(number)}辑"


def issued_of(volume: Volume) -> Version:
    """The issued words of a volume.

    :raises Version.DoesNotExist: it is not issued
    """
    return Version.objects.select_related("document").get(pk=volume.issued_version or 0)


def bound_of(version: Version) -> BoundVolume:
    """Everything between the covers of an issued volume."""
    return BoundVolume.from_json(version.body)


def issued_paper(version: Version) -> Paper:
    """An issued volume as it reads outside this room: preface, contents and colophon, no texts."""
    bound = bound_of(version)
    blocks: list[Block] = [Paragraph.of(line) for line in bound.preface]
    for part in bound.parts:
        items = tuple((Run(f"{each.title}（{each.byline}，{each.unit}）"),) for each in part.pieces)
        blocks += [Heading(part.title), Listing(items)]
    blocks.append(Heading("版权页"))
    blocks += [Paragraph.of(f"{name}：{value}") for name, value in bound.colophon]
    return Paper(
        title=f"{bound.title} {bound.subtitle}",
        blocks=tuple(blocks),
        number=version.document.number,
        issuer=bound.publisher,
        day=bound.day,
        sealed=False,
    )


def enclosed_texts(version: Version) -> list[tuple[str, str]]:
    """The texts of an issued volume, each with its title: its PDF and its EPUB hold them whole."""
    pieces = bound_of(version).pieces
    return [(each.title, "\n".join(each.paragraphs)) for each in pieces]


def pdf_of(version: Version) -> bytes:
    """The issued words set for a printer, in the faces that this house prints with."""
    return to_book(
        bound_of(version),
        PRINT_FONTS.changed(settings.TAIHUA_PRINT_FONTS),
        tuple(settings.TAIHUA_FONT_FOLDERS),
    )


def errata_of(volume: Volume) -> QuerySet[Erratum]:
    """What was printed wrong, in the order in which it was noticed."""
    return volume.errata.select_related("noted_by").order_by("noted_at", "pk")


def _selected(volume: Volume) -> QuerySet[Contribution]:
    return (
        _contributions()
        .filter(volume=volume, choice=Choice.SELECTED, withdrawn_at__isnull=True)
        .order_by("section__place", "place", "submitted_at", "pk")
    )


def _contributions() -> QuerySet[Contribution]:
    texts = EditedText.objects.select_related("editor").order_by("-number")
    return Contribution.objects.select_related(
        "volume", "writer", "version", "section"
    ).prefetch_related(Prefetch("texts", texts), "opinions")
