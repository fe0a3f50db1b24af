"""The years, and one year's report as it stands."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taihua.base import clock
from taihua.base.access import admits
from taihua.base.papers import Paragraph
from taihua.base.papers.values import Heading, numbered
from taihua.kernel import house
from taihua.kernel.documents.queries import files_of, versions_of
from taihua.kernel.org.access import is_clerk, is_logged_in, sees_all
from taihua.kernel.org.http import Request
from taihua.rooms.reports import access, actions
from taihua.rooms.reports.logic.outline import Section
from taihua.rooms.reports.logic.paper import paragraphs
from taihua.rooms.reports.queries.files import Form
from taihua.rooms.reports.queries.report import (
    Report,
    backings,
    changed_since_issue,
    report_of,
    unsupported,
    version_of,
    years,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A section on screen: its number, and its paragraphs with their figures."""

    section: Section
    number: str
    paragraphs: list[Paragraph]


@admits(is_logged_in)
@require_safe
def index(request: Request) -> HttpResponse:
    context = {"years": years(clock.today()), "may_read_drafts": sees_all(request.user)}
    return render(request, "reports/index.html", context)


@admits(is_logged_in)
@require_safe
def year(request: Request, year: int) -> HttpResponse:
    version = version_of(year)
    if not access.may_read_report(request.user, version):
        raise PermissionDenied
    report = report_of(year, clock.today())
    context = {
        "report": report,
        "sections": shown(report),
        "claims": [(section, claim) for section, claim in unsupported(report) if not claim.sourced],
        "changes": changed_since_issue(report),
        "files": files_of(version) if version else [],
        "versions": versions_of(version.document).defer("body", "provenance") if version else [],
        "downloads": [(Form.DOCX, _("生成 Word")), (Form.PDF, _("生成 PDF"))],
        "may_write": access.may_write_report(request.user, version),
        "publishing": version and house.publishing_of(request.user, version, clock.now()),
    }
    return render(request, "reports/year.html", context)


@admits(is_clerk)
@require_POST
def begin(request: Request, year: int) -> HttpResponse:
    actions.begin(year=year, on=clock.today(), at=clock.now(), by=request.user)
    return redirect("reports:year", year)


def shown(report: Report) -> list[Shown]:
    """The sections with their numbers and their figures as links."""
    backed = backings(report)
    headings = tuple(
        Heading(section.title, section.level) for section in report.sections if section.level
    )
    numbers = iter([number for number, block in numbered(headings)])
    return [
        Shown(
            section,
            next(numbers) if section.level else "",
            list(paragraphs(section.text, backed)),
        )
        for section in report.sections
    ]
