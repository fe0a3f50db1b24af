"""The yearly report as it stands: its text, its claims, what changed since it was issued."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from taihua.base.clock import local_day
from taihua.base.onepage import read_once
from taihua.base.papers import Paper
from taihua.kernel import house
from taihua.kernel.documents.models import Document, Version
from taihua.kernel.documents.queries import document_of, newest
from taihua.kernel.measures.logic import Value
from taihua.kernel.org.enums import UnitKind
from taihua.kernel.org.models import Unit
from taihua.rooms.reports.logic.claims import Claim, claims
from taihua.rooms.reports.logic.figures import bare, codes, filled, read_aloud
from taihua.rooms.reports.logic.merge import Segment, conflicts, merge
from taihua.rooms.reports.logic.outline import Section, generate
from taihua.rooms.reports.logic.paper import Backing, SentTo, as_paper
from taihua.rooms.reports.queries.figures import numbers

KIND = "reports/yearly"


@dataclass(frozen=True, slots=True)
class Report:
    """A year's report: the stored version, or, where none is begun, what would be written."""

    year: int
    body: str
    version: Version | None
    sections: tuple[Section, ...]
    numbers: Mapping[str, Value]

    @property
    def is_issued(self) -> bool:
        return self.version is not None and self.version.is_issued

    @property
    def shown(self) -> dict[str, str]:
        """The present number of each figure, as people read it."""
        return {code: str(value) for code, value in self.numbers.items()}


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that no longer comes to what the issued report says."""

    code: str
    sentence: str
    issued: str
    now: str


@dataclass(frozen=True, slots=True)
class Merged:
    """One section brought together with what would be generated now."""

    section: Section
    fresh: str
    segments: list[Segment]

    @property
    def conflicts(self) -> int:
        return len(conflicts(self.segments))


def bureau() -> Unit | None:
    """The unit in whose name the report is issued: the topmost bureau."""
    topmost = F("parent_id").asc(nulls_first=True)  # databases disagree where nothing stands
    return Unit.objects.filter(kind=UnitKind.BUREAU).order_by(topmost, "code").first()


def body_name() -> str:
    unit = bureau()
    return unit.name if unit else str(settings.TAIHUA_BODY)


@read_once
def version_of(year: int) -> Version | None:
    """The issued version of a year's report, else the newest draft, if any."""
    document = document_of(KIND, year)
    return newest(document) if document else None


def report_of(year: int, on: date, known: datetime | None = None) -> Report:
    """The report as it stands: a draft shows today's numbers, an issued one its own."""
    version = version_of(year)
    counted = numbers(year, on, known)
    written = sections_of(version) if version else tuple(fresh_sections(year, counted))
    if version is None or not version.is_issued:
        shown = {code: str(value) for code, value in counted.items()}
        written = tuple(with_numbers(section, shown) for section in written)
    return Report(year, body_name(), version, written, counted)


def fresh_sections(year: int, counted: Mapping[str, Value]) -> list[Section]:
    """What the records say of the year by themselves."""
    present = {code for code, value in counted.items() if value.number}
    return generate(year, body_name(), present)


def sections_of(version: Version) -> tuple[Section, ...]:
    return tuple(Section(**section) for section in version.body["sections"])


def as_body(sections: Iterable[Section]) -> dict[str, Any]:
    return {"sections": [asdict(section) for section in sections]}


def sent_to(version: Version | None) -> SentTo:
    """Whom a version is for, as was said when it was issued."""
    said = version.body if version else {}
    return SentTo(said.get("addressee", ""), tuple(said.get("copies", ())))


def with_numbers(section: Section, shown: Mapping[str, str]) -> Section:
    return Section(
        section.key, section.level, section.title, filled(section.text, shown), section.base
    )


def unsupported(report: Report) -> list[tuple[Section, Claim]]:
    """The quantities typed in the text, section by section, with what may back them."""
    shown = report.shown
    return [
        (section, claim) for section in report.sections for claim in claims(section.text, shown)
    ]


def changed_since_issue(report: Report) -> list[Change]:
    """The figures of an issued report that would come to something else today."""
    if report.version is None or not report.version.is_issued:
        return []
    figures, shown = house.figures(), report.shown
    order = {code: place for place, code in enumerate(figures)}  # PostgreSQL keeps none in JSON
    issued = report.version.provenance.items()
    return [
        Change(
            code,
            str(figures[code].sentence) if code in figures else code,
            snapshot["number"],
            shown.get(code, "—"),
        )
        for code, snapshot in sorted(issued, key=lambda item: order.get(item[0], len(order)))
        if shown.get(code, "—") != snapshot["number"]
    ]


def merged(version: Version, on: date, known: datetime) -> list[Merged]:
    """Each section of a draft brought together with what is generated as known then."""
    counted = numbers(version.document.year, on, known)
    fresh = {section.key: section for section in fresh_sections(version.document.year, counted)}
    mine = {section.key: section for section in sections_of(version)}
    return [_merge(mine.get(key, section), section.base) for key, section in fresh.items()] + [
        _merge(section, section.base) for key, section in mine.items() if key not in fresh
    ]


def paper_of(report: Report, on: date) -> Paper:
    """The report as an official paper; a draft bears today's date and no number."""
    version = report.version
    issued_on = local_day(version.issued_at) if version and version.issued_at else on
    return as_paper(
        report.sections,
        year=report.year,
        body=report.body,
        number=version.document.number if version else "",
        day=issued_on,
        backings=backings(report),
        sent_to=sent_to(version),
    )


def issued_paper(version: Version) -> Paper:
    """An issued report as it reads outside this room: its text and numbers as they were issued."""
    report = Report(version.document.year, body_name(), version, sections_of(version), {})
    return paper_of(report, local_day(version.issued_at or version.written_at))


def backings(report: Report) -> dict[str, Backing]:
    """The basis of each figure placed in the report, and where it opens."""
    figures = house.figures()
    placed = {code for section in report.sections for code in codes(section.text)}
    return {
        code: Backing(
            str(figures[code].basis), f"{reverse('reports:figure', args=[code])}?year={report.year}"
        )
        for code in placed
        if code in figures
    }


def as_json(report: Report) -> dict[str, Any]:
    """The report for other programs: text, figures with their provenance, open claims."""
    figures = house.figures()
    version = report.version
    return {
        "year": report.year,
        "body": report.body,
        "number": version.document.number if version else "",
        "version": version.number if version else 0,
        "issued_at": version.issued_at.isoformat() if version and version.issued_at else None,
        "sections": [
            {
                "key": section.key,
                "level": section.level,
                "title": section.title,
                "text": read_aloud(section.text),
                "figures": codes(section.text),
            }
            for section in report.sections
        ],
        "figures": snapshot(report),
        "claims_without_evidence": [
            {"section": section.key, "words": claim.words, "sentence": claim.sentence}
            for section, claim in unsupported(report)
            if not claim.sourced
        ],
        "changed_since_issue": [asdict(change) for change in changed_since_issue(report)],
        "undeclared": [
            code
            for section in report.sections
            for code in codes(section.text)
            if code not in figures
        ],
    }


def snapshot(report: Report) -> dict[str, Any]:
    """Every figure's number and provenance: as issued where the report is, else as of now."""
    if report.version is not None and report.version.is_issued:
        return dict(report.version.provenance)
    return taken(report.numbers)


def taken(counted: Mapping[str, Value]) -> dict[str, Any]:
    """Figures as they are kept with an issued report."""
    figures = house.figures()
    return {
        code: {
            "number": str(value),
            "exact": str(value.number),
            "sentence": str(figures[code].sentence),
            "basis": str(figures[code].basis),
            "unit": str(figures[code].unit),
            "provenance": value.provenance.as_json(),
        }
        for code, value in counted.items()
    }


def _merge(section: Section, fresh: str) -> Merged:
    segments = merge(section.base, bare(section.text), fresh)
    return Merged(section, fresh, segments)


def years(on: date) -> list[tuple[int, Document | None]]:
    """The years one may ask for, newest first, with their document."""
    known = {
        document.year: document for document in Document.objects.filter(kind=KIND).order_by("pk")
    }
    wanted = {on.year, on.year - 1, on.year - 2} | known.keys()
    return [(year, known.get(year)) for year in sorted(wanted, reverse=True)]
