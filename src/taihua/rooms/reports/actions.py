"""Beginning, writing, refreshing and issuing the year's report."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from taihua.kernel import house
from taihua.kernel.documents import actions as documents
from taihua.kernel.documents.models import Document, DocumentFile, Version
from taihua.kernel.documents.queries import newest
from taihua.kernel.drafts.actions import use_up
from taihua.kernel.measures.queries import everything_known
from taihua.kernel.org.models import Account
from taihua.kernel.records.actions import record
from taihua.rooms.reports.logic.figures import bare, codes, filled
from taihua.rooms.reports.logic.merge import Choice, settled
from taihua.rooms.reports.logic.outline import Section
from taihua.rooms.reports.logic.paper import NOBODY_NAMED, SentTo, report_title
from taihua.rooms.reports.queries.figures import numbers
from taihua.rooms.reports.queries.report import (
    KIND,
    as_body,
    body_name,
    bureau,
    fresh_sections,
    merged,
    sections_of,
    taken,
    version_of,
    with_numbers,
)

ISSUED = "issued-document"


class ReportRefused(Exception):
    """Nothing was changed; the message says why and what to do."""


@transaction.atomic
def begin(*, year: int, on: date, at: datetime, by: Account) -> Version:
    """Write the first version of a year's report from the records; an existing one is returned."""
    if (there := version_of(year)) is not None:
        return there
    counted = numbers(year, on)
    shown = {code: str(value) for code, value in counted.items()}
    sections = [with_numbers(section, shown) for section in fresh_sections(year, counted)]
    body = body_name()
    return documents.draft(
        kind=KIND,
        title=report_title(body, year),
        year=year,
        body=as_body(sections),
        at=at,
        by=by,
        unit=bureau(),
        path=f"/reports/{year}/",
    )


def write(  # a section, and what its writer had before him
    *,
    document: Document,
    key: str,
    text: str,
    expected: int,
    on: date,
    at: datetime,
    by: Account,
    once: UUID | None = None,
) -> Version:
    """Save one section as its writer left it; the numbers in it are counted, not taken over.

    Somebody else's change to another section meanwhile is no conflict: both are kept.

    :raises Overtaken: somebody else changed the same section meanwhile; both texts are kept
    :raises ReportRefused: no such section, or it names a figure that nobody declares
    :raises DocumentRefused: the report is issued
    """
    if unknown := sorted(set(codes(text)) - house.figures().keys()):
        raise ReportRefused(
            _("没有名为 %(codes)s 的统计数，请从右边的清单里选。") % {"codes": "、".join(unknown)}
        )
    current = newest(document)
    before = document.versions.filter(number=expected, beside__isnull=True).first()
    if before is None:
        raise ReportRefused(_("您改的那一稿找不到了。请另开一页看看正文，再把这段文字保存一次。"))
    if _section(before, key) == _section(current, key):
        before, expected = current, current.number
    shown = {code: str(value) for code, value in numbers(document.year, on).items()}
    changed = replace(_section(before, key), text=filled(_tidy(text), shown))
    sections = [changed if each.key == key else each for each in sections_of(before)]
    written = documents.revise(
        document=document, expected=expected, body=as_body(sections), at=at, by=by
    )
    use_up(line=once, owner=by)
    return written


def refresh(
    *,
    version: Version,
    expected: int,
    choices: Mapping[str, Sequence[Choice]],
    known: datetime,
    on: date,
    at: datetime,
    by: Account,
) -> Version:
    """Bring the text together with what the records say as known then, and save it.

    :param choices: for each section, what to take of each of its conflicts, in order
    :raises ReportRefused: the text was changed since these choices were shown
    :raises DocumentRefused: the report is issued
    """
    _same(version, expected)
    shown = {code: str(value) for code, value in numbers(version.document.year, on, known).items()}
    sections = [
        replace(
            each.section,
            text=filled(settled(each.segments, choices.get(each.section.key, ())), shown),
            base=bare(each.fresh),
        )
        for each in merged(version, on, known)
    ]
    return documents.revise(
        document=version.document, expected=version.number, body=as_body(sections), at=at, by=by
    )


@transaction.atomic
def issue(  # what is issued, under which number, for whom
    *,
    version: Version,
    expected: int,
    number: str,
    on: date,
    at: datetime,
    by: Account,
    sent_to: SentTo = NOBODY_NAMED,
    known: datetime | None = None,
) -> Version:
    """Issue the report and close its year: text, numbers and their provenance stay as they are.

    What is corrected later changes no issued text; the page says which figures came to differ.

    :param known: count only what was on record at that moment; without it everything counts
    :raises ReportRefused: no number is given, or the text was changed since it was read
    :raises DocumentRefused: it is issued already, or the number is taken
    """
    _same(version, expected)
    if not number.strip():
        raise ReportRefused(_("请填写发文字号，例如 苔教〔2013〕12号。"))
    document, known = version.document, known or everything_known(at)
    counted = numbers(document.year, on, known)
    shown = {code: str(value) for code, value in counted.items()}
    sections = [with_numbers(section, shown) for section in sections_of(version)]
    body = as_body(sections) | asdict(sent_to)
    last = documents.revise(document=document, expected=version.number, body=body, at=at, by=by)
    issued = documents.issue(
        version=last,
        number=number.strip(),
        by=by,
        at=at,
        known=known,
        provenance=taken(counted),
    )
    record(
        verb=ISSUED,
        kind=KIND,
        path=f"reports/yearly/{document.year}",
        label=f"{issued.document.title} {issued.document.number}",
        at=at,
        unit=document.unit,
        entered_by=by,
    )
    return issued


def keep(
    *, version: Version, form: str, media_type: str, content: bytes, at: datetime
) -> DocumentFile:
    """Keep a finished file of the report for download."""
    suffix = "" if version.is_issued else _("（草稿第 %(number)d 版）") % {"number": version.number}
    return documents.keep_file(
        version=version,
        form=form,
        name=f"{version.document.title}{suffix}.{form}",
        media_type=media_type,
        content=content,
        at=at,
    )


def _same(version: Version, expected: int) -> None:
    if version.number != expected:
        raise ReportRefused(_("您查看期间，正文又有人改过，请重新核对。"))


def _section(version: Version, key: str) -> Section:
    for section in sections_of(version):
        if section.key == key:
            return section
    raise ReportRefused(_("总结里没有这一部分。"))


def _tidy(text: str) -> str:
    return "\n".join(line.strip() for line in text.replace("\r\n", "\n").split("\n")).strip()
