"""文集: call for texts, put them in order, issue the volume, note what was printed wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from taihua.base.clock import local_day
from taihua.base.papers import BoundVolume
from taihua.kernel.documents.actions import DocumentRefused, draft, issue, keep_file
from taihua.kernel.documents.models import DocumentFile, Version
from taihua.kernel.org.models import Account, Person, Unit
from taihua.kernel.records.actions import record
from taihua.rooms.reading.actions.books import BookRefused, catalogue_book, take_in
from taihua.rooms.reading.actions.contributions import replace_readers
from taihua.rooms.reading.enums import Choice
from taihua.rooms.reading.logic.archive import EpubRefused
from taihua.rooms.reading.logic.volume import bind_volume
from taihua.rooms.reading.models import Contribution, Erratum, Section, Volume
from taihua.rooms.reading.queries.anthology import EPUB, KIND, gaps_of, manuscript_of


class VolumeRefused(Exception):
    """Nothing was changed; the message is written for whoever keeps the anthology."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a call for texts says."""

    number: int
    title: str
    publisher: Unit
    call: str
    opens: date
    closes: date
    editors: Sequence[Person]
    readers: Sequence[Person]
    preface: str = ""
    imprint: str = ""


@transaction.atomic
def call_for_texts(*, call: Call) -> Volume:
    """Open the next volume.

    :raises VolumeRefused: there is a volume of this number, it closes before it opens, it has no
        editor, or fewer than two can read for it
    """
    volume = Volume(number=call.number)
    if Volume.objects.filter(number=call.number).exists():
        raise VolumeRefused(_("已经有第 %(number)d 辑。") % {"number": call.number})
    return _say(volume, call)


@transaction.atomic
def change_call(*, volume: Volume, call: Call, at: datetime) -> Volume:
    """Say the call, the preface or the imprint anew; the number stays.

    Whoever no longer reads for the volume is released, and others are asked instead.

    :raises VolumeRefused: the volume is issued, or as for a new call
    :raises ContributionRefused: too few are left who could read
    """
    volume = _say(_open(volume), call)
    replace_readers(volume=volume, at=at)
    return volume


def _say(volume: Volume, call: Call) -> Volume:
    if call.closes < call.opens:
        raise VolumeRefused(_("截稿不能早于开始征稿。"))
    if not call.editors:
        raise VolumeRefused(_("请至少写一位编者。"))
    if len(set(call.readers)) < 2:  # noqa: PLR2004  # each text is read by two
        raise VolumeRefused(_("每篇由两人评读，请至少写两位评读人。"))
    if set(call.readers) & set(call.editors):
        raise VolumeRefused(_("编者看得到作者是谁，不能同时做评读人。"))
    volume.title, volume.publisher, volume.call = call.title, call.publisher, call.call
    volume.opens, volume.closes = call.opens, call.closes
    volume.preface, volume.imprint = call.preface, call.imprint
    volume.save()
    volume.editors.set(call.editors)
    volume.readers.set(call.readers)
    return volume


@transaction.atomic
def set_sections(*, volume: Volume, titles: Iterable[str]) -> list[Section]:
    """Give the volume these sections in this order; texts of a section that goes lose their place.

    :raises VolumeRefused: the volume is issued, or two sections have one name
    """
    volume = _open(volume)
    wanted = [title.strip() for title in titles if title.strip()]
    if len(set(wanted)) < len(wanted):
        raise VolumeRefused(_("这一辑已经有同名的栏目。"))
    volume.sections.exclude(title__in=wanted).delete()
    for place, title in enumerate(wanted, start=1):
        Section.objects.update_or_create(volume=volume, title=title, defaults={"place": place})
    return list(volume.sections.order_by("place"))


@transaction.atomic
def arrange(*, volume: Volume, places: Mapping[int, tuple[int, int]]) -> None:
    """Put selected texts (by id) into sections (by id) at places.

    :raises VolumeRefused: the volume is issued, or a text or section is of another volume
    """
    volume = _open(volume)
    pieces = volume.contributions.filter(choice=Choice.SELECTED, withdrawn_at__isnull=True)
    known = pieces.in_bulk(places)
    sections = set(volume.sections.values_list("pk", flat=True))
    if len(known) < len(places) or not {section for section, _place in places.values()} <= sections:
        raise VolumeRefused(_("有的文章或栏目不在这一辑里，请刷新后再排。"))
    for pk, (section, place) in places.items():
        known[pk].section_id, known[pk].place = section, place
    Contribution.objects.bulk_update(known.values(), ["section", "place"])


def issue_volume(*, volume: Volume, by: Account, at: datetime) -> Volume:
    """Issue a volume: its words are fixed for good, its EPUB goes on the shelf.

    Reading the EPUB in takes a while and stands in one transaction with the rest: it is ours and
    small, and a volume that is issued but not on the shelf would be half a thing.

    :raises VolumeRefused: something is still missing, in words; or the shelf or the documents have
        a book of this name already
    """
    try:
        return _issued(volume, by, at)
    except (BookRefused, DocumentRefused, EpubRefused) as refusal:
        raise VolumeRefused(str(refusal)) from refusal


@transaction.atomic
def _issued(volume: Volume, by: Account, at: datetime) -> Volume:
    volume = _open(volume)
    # Looked at only now that nobody can edit, withdraw or give any more.
    if gaps := gaps_of(volume):
        raise VolumeRefused(gaps[0])
    bound = manuscript_of(volume, local_day(at))
    version = _as_document(volume, bound, by, at)
    epub = bind_volume(bound)
    keep_volume_file(version=version, form=EPUB, content=epub, at=at)
    volume.book = catalogue_book(title=f"{volume.title} {bound.subtitle}", author=bound.publisher)
    take_in(book=volume.book, data=epub, at=at, by=by)
    volume.issued_version, volume.issued_date = version.pk, local_day(at)
    volume.save()
    record(
        unit=volume.publisher,
        verb="published-volume",
        kind=KIND,
        path=volume.path,
        label=f"《{volume.title}》{bound.subtitle}",
        at=at,
        entered_by=by,
    )
    return volume


def _as_document(volume: Volume, bound: BoundVolume, by: Account, at: datetime) -> Version:
    name = f"{volume.title} {bound.subtitle}"
    written = draft(
        kind=KIND,
        title=name,
        year=bound.day.year,
        body=bound.as_json(),
        at=at,
        by=by,
        unit=volume.publisher,
        path=f"/reading/volumes/{volume.number}/",
    )
    return issue(
        version=written,
        number=name,
        by=by,
        at=at,
        known=at,
        provenance={"pieces": [piece.title for piece in bound.pieces]},
    )


def keep_volume_file(*, version: Version, form: str, content: bytes, at: datetime) -> DocumentFile:
    """Keep a file of an issued volume; the first one made stands."""
    media = {"epub": "application/epub+zip", "pdf": "application/pdf"}[form]
    name = f"{version.document.title}.{form}"
    return keep_file(
        version=version, form=form, name=name, media_type=media, content=content, at=at
    )


@transaction.atomic
def note_erratum(
    *, volume: Volume, place: str, printed: str, correct: str, noted_by: Person, at: datetime
) -> Erratum:
    """Say on the page of an issued volume what was printed wrong; the files stay as they are.

    :raises VolumeRefused: the volume is not issued yet, or both wordings are the same
    """
    if not volume.is_issued:
        raise VolumeRefused(_("这一辑还没有印发，直接改文章就好。"))
    if printed.strip() == correct.strip():
        raise VolumeRefused(_("“印作”和“应为”是一样的。"))
    return Erratum.objects.create(
        volume=volume,
        place=place.strip(),
        printed=printed.strip(),
        correct=correct.strip(),
        noted_by=noted_by,
        noted_at=at,
    )


def _open(volume: Volume) -> Volume:
    """The volume, held for this transaction.

    :raises VolumeRefused: it is issued
    """
    row = Volume.objects.select_for_update(of=("self",)).get(pk=volume.pk)
    if row.is_issued:
        raise VolumeRefused(_("第 %(number)d 辑已经印发，不能再改。") % {"number": row.number})
    return row
