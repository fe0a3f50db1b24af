"""Drafting, revising and issuing documents."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taihua.kernel.documents.models import Document, DocumentFile, Version
from taihua.kernel.documents.queries import newest
from taihua.kernel.org.models import Account, Unit


class DocumentRefused(Exception):
    """Nothing was written or issued; the message says why."""


class Overtaken(DocumentRefused):
    """Somebody else was faster; both texts are kept.

    ``theirs`` is the version that counts now, ``mine`` the text that came too late.
    """

    def __init__(self, theirs: Version, mine: Version) -> None:
        super().__init__(_("您编辑期间，别人已先保存了一版。您的文字已另存，没有丢失。"))
        self.theirs, self.mine = theirs, mine


@transaction.atomic
def draft(
    *,
    kind: str,
    title: str,
    year: int,
    body: Mapping[str, Any],
    at: datetime,
    by: Account | None = None,
    unit: Unit | None = None,
    path: str = "",
) -> Version:
    """Begin a document; its text is version 1."""
    document = Document.objects.create(kind=kind, title=title, year=year, unit=unit, path=path)
    return Version.objects.create(
        document=document, number=1, body=dict(body), written_at=at, written_by=by
    )


def revise(
    *,
    document: Document,
    expected: int,
    body: Mapping[str, Any],
    at: datetime,
    by: Account | None = None,
) -> Version:
    """Write the next version after number ``expected``.

    Not atomic as a whole on purpose: what came too late is kept even though it is refused.

    :raises Overtaken: the newest version is no longer ``expected``; the text is kept beside it
    :raises DocumentRefused: the document is issued
    """
    text = Version(document=document, body=dict(body), written_at=at, written_by=by)
    current = newest(document)
    if current.is_issued:
        raise DocumentRefused(_("%(title)s已印发，不能再改。") % {"title": document})
    if current.number == expected and _saved_as(expected + 1, text):
        return text
    if newest(document).is_issued:
        raise DocumentRefused(_("%(title)s已印发，不能再改。") % {"title": document})
    text.number, text.beside = expected + 1, newest(document)
    text.save(force_insert=True)
    raise Overtaken(text.beside, text)


@transaction.atomic
def issue(
    *,
    version: Version,
    number: str,
    by: Account,
    at: datetime,
    known: datetime,
    provenance: Mapping[str, Any],
) -> Version:
    """Issue a version under its number, with what its figures were as known then.

    From then on neither the text nor its snapshot can change: the database refuses it. That it
    was issued is put on record by the room that issues it.

    :raises DocumentRefused: it is not the newest version, is issued, has no unit, or the number
        is taken
    """
    document = _locked(version.document)
    version = Version.objects.select_for_update().get(pk=version.pk)
    version.document = document
    if document.unit is None:
        raise DocumentRefused(_("%(title)s没有发文单位，不能印发。") % {"title": document})
    current = newest(document)
    if current.is_issued or current.pk != version.pk:
        raise DocumentRefused(_("%(title)s已印发，或有更新的版本。") % {"title": document})
    document.number = number
    try:
        with transaction.atomic():
            document.save(update_fields=["number"])
    except IntegrityError:
        raise DocumentRefused(_("发文字号 %(number)s 已经用过。") % {"number": number}) from None
    version.issued_at, version.known_at = at, known
    version.issued_by = by
    version.provenance = dict(provenance)
    version.save(update_fields=["known_at", "issued_at", "issued_by", "provenance"])
    return version


def keep_file(
    *, version: Version, form: str, name: str, media_type: str, content: bytes, at: datetime
) -> DocumentFile:
    """Keep a file made from a version; of an issued version, the first one made stands."""
    made = {
        "name": name,
        "media_type": media_type,
        "content": content,
        "digest": sha256(content).hexdigest(),
        "made_at": at,
    }
    if version.is_issued:
        return DocumentFile.objects.get_or_create(version=version, form=form, defaults=made)[0]
    return DocumentFile.objects.update_or_create(version=version, form=form, defaults=made)[0]


def _locked(document: Document) -> Document:
    """The document, while nobody else may revise or issue it."""
    return Document.objects.select_for_update().get(pk=document.pk)


def _saved_as(number: int, text: Version) -> bool:
    """Save as this version, unless somebody saved or issued one in this very moment."""
    text.number = number
    try:
        with transaction.atomic():
            if newest(_locked(text.document)).is_issued:
                return False
            text.save(force_insert=True)
    except IntegrityError:
        text.pk = None
        return False
    return True
