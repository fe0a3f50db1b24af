"""What has been drafted and issued."""

import re

from django.db.models import QuerySet

from taihua.kernel.documents.models import Document, DocumentFile, Version


def issued(kind: str = "", year: int | None = None) -> QuerySet[Version]:
    """The issued versions, newest first."""
    versions = Version.objects.filter(issued_at__isnull=False).select_related("document")
    if kind:
        versions = versions.filter(document__kind=kind)
    if year is not None:
        versions = versions.filter(document__year=year)
    return versions.order_by("-issued_at", "-pk")


def document_of(kind: str, year: int) -> Document | None:
    """The document of a kind for a year: the issued one, else the newest draft."""
    found = Document.objects.filter(kind=kind, year=year).order_by("-pk")
    done = found.filter(versions__issued_at__isnull=False).first()
    return done or found.first()


def versions_of(document: Document) -> QuerySet[Version]:
    """The versions that count, newest first."""
    return (
        document.versions.filter(beside__isnull=True)
        .select_related("written_by__person", "issued_by__person")
        .order_by("-number")
    )


def newest(document: Document) -> Version:
    """The version that is issued, or else the last one written."""
    return versions_of(document).get(
        number=versions_of(document).values_list("number", flat=True)[:1]
    )


def beside(version: Version) -> QuerySet[Version]:
    """The texts that were written at the same time and came later than ``version``."""
    return version.overtaken.select_related("written_by__person").order_by("pk")


def files_of(version: Version) -> QuerySet[DocumentFile]:
    """What can be downloaded, without the bytes."""
    return version.files.defer("content").order_by("form")


def next_number(sign: str, year: int) -> int:
    """The next free running number of a sign in a year: 苔教〔2013〕1号 comes first."""
    start = f"{sign}〔{year}〕"
    numbers = Document.objects.filter(number__startswith=start).values_list("number", flat=True)
    used = (re.search(r"〕(\d+)号$", number) for number in numbers)
    return max((int(match[1]) for match in used if match), default=0) + 1
