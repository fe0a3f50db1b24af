"""Notes: written for oneself, every version kept, shown by choice, taken back at will."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from taihua.base.once import made_once
from taihua.kernel.drafts.actions import use_up
from taihua.kernel.org.models import Person
from taihua.kernel.records.actions import record
from taihua.rooms.reading.enums import NoteKind
from taihua.rooms.reading.logic.merge import merge
from taihua.rooms.reading.models import Book, Comment, Note, NoteVersion, Share
from taihua.rooms.reading.queries.notes import Audience

WROTE = {NoteKind.NOTE: "wrote-note", NoteKind.REFLECTION: "wrote-reflection"}


class NoteRefused(Exception):
    """Nothing was changed; the message is written for the writer."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a text that was saved: never lost, at worst kept aside."""

    version: NoteVersion
    head: NoteVersion
    joined: bool = False

    @property
    def kept_aside(self) -> bool:
        return self.version.pk != self.head.pk


@transaction.atomic
def write_note(  # a note is these
    *,
    writer: Person,
    kind: str,
    title: str,
    text: str,
    at: datetime,
    book: Book | None = None,
    once: UUID | None = None,
) -> Note:
    """Write a note or a reflection; nobody else sees it.

    The record says that it was written, on which book; no word of it. Handed in a second time
    under the same key it stays one note: other words than the first time are saved as a change.
    """

    def write() -> Note:
        note = Note.objects.create(writer=writer, kind=kind, book=book, created_at=at, once=once)
        note.head = NoteVersion.objects.create(
            note=note, number=1, grown_from=0, title=title, text=text, written_at=at
        )
        note.save(update_fields=["head"])
        _record(note, WROTE[NoteKind(kind)], writer, at)
        return note

    note, is_first = made_once(Note.objects.filter(writer=writer), once, write)
    use_up(line=once, owner=writer)
    if is_first:
        return note
    return revise_note(note=note, grown_from=1, title=title, text=text, at=at).head.note


@transaction.atomic
def revise_note(
    *,
    note: Note,
    grown_from: int,
    title: str,
    text: str,
    at: datetime,
    once: UUID | None = None,
) -> Saved:
    """Save a note that was opened at version ``grown_from``.

    Where somebody saved in between, both changes are joined; where they meet in the same lines
    the text is kept aside in the history and the note stays as it was. Nothing is thrown away.

    :raises NoteRefused: there is no such version
    """
    note = _locked(note)
    head = head_of(note)
    base = NoteVersion.objects.filter(note=note, number=grown_from).first()
    if base is None:
        raise NoteRefused(_("这篇笔记没有第 %(number)d 版。") % {"number": grown_from})
    use_up(line=once, owner=note.writer)
    if (title, text) in {(head.title, head.text), (base.title, base.text)}:
        return Saved(head, head)
    if base == head:
        version = _add(note, head.number, title, text, at)
        return Saved(version, version)
    joined = merge(
        _script(base.title, base.text), _script(title, text), _script(head.title, head.text)
    )
    if joined is None:
        return Saved(_add(note, grown_from, title, text, at, aside=True), head)
    title, _newline, text = joined.partition("\n")
    version = _add(note, head.number, title, text, at)
    return Saved(version, version, joined=True)


@transaction.atomic
def restore_version(*, note: Note, number: int, at: datetime) -> NoteVersion:
    """Let an earlier text stand again, as a new version; what stood between stays readable.

    Where it stands already, nothing changes.

    :raises NoteRefused: there is no such version
    """
    note = _locked(note)
    old = NoteVersion.objects.filter(note=note, number=number).first()
    if old is None:
        raise NoteRefused(_("这篇笔记没有第 %(number)d 版。") % {"number": number})
    head = head_of(note)
    if (old.title, old.text) == (head.title, head.text):
        return head
    return _add(note, head.number, old.title, old.text, at)


def _script(title: str, text: str) -> str:
    return f"{title}\n{text}"


def _locked(note: Note) -> Note:
    return Note.objects.select_for_update(of=("self",)).select_related("head").get(pk=note.pk)


def head_of(note: Note) -> NoteVersion:
    """The words of a note as they stand.

    :raises NoteRefused: it has none yet
    """
    if note.head is None:
        raise NoteRefused(_("这篇笔记还没有写好。"))
    return note.head


def _add(  # a version is these
    note: Note, grown_from: int, title: str, text: str, at: datetime, *, aside: bool = False
) -> NoteVersion:
    last = note.versions.aggregate(last=Max("number"))["last"]
    version = NoteVersion.objects.create(
        note=note, number=last + 1, grown_from=grown_from, title=title, text=text, written_at=at
    )
    if not aside:
        note.head = version
        note.save(update_fields=["head"])
    return version


@transaction.atomic
def share_note(*, note: Note, audience: Audience, at: datetime) -> Share:
    """Show a note to an audience; to the same one again changes nothing."""
    share, shown = Share.objects.get_or_create(
        note=note,
        unit=audience.unit,
        tier=audience.tier,
        circle=audience.circle,
        withdrawn_at=None,
        defaults={"shared_at": at},
    )
    if shown:
        _record(note, "shared-note", note.writer, at)
    return share


@transaction.atomic
def withdraw_share(*, share: Share, at: datetime) -> Share:
    """Show a note to this audience no more; that it was shown stays on record."""
    Share.objects.filter(pk=share.pk, withdrawn_at__isnull=True).update(withdrawn_at=at)
    share.refresh_from_db()
    return share


@transaction.atomic
def comment_on(
    *, note: Note, writer: Person, text: str, at: datetime, once: UUID | None = None
) -> Comment:
    """Say something to a note that one may see; said under the same key again, it is said once."""

    def say() -> Comment:
        comment = Comment.objects.create(
            note=note, writer=writer, text=text, written_at=at, once=once
        )
        _record(note, "commented", writer, at)
        return comment

    return made_once(Comment.objects.filter(writer=writer), once, say)[0]


@transaction.atomic
def take_back_comment(*, comment: Comment, at: datetime) -> Comment:
    """Show a comment no more."""
    Comment.objects.filter(pk=comment.pk, withdrawn_at__isnull=True).update(withdrawn_at=at)
    comment.refresh_from_db()
    return comment


def _record(note: Note, verb: str, person: Person, at: datetime) -> None:
    kind = NoteKind(note.kind).label
    label = f"《{note.book.title}》{kind}" if note.book else str(kind)
    record(person=person, verb=verb, kind="reading/note", path=note.path, label=label, at=at)
