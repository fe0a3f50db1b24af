"""Writing a section, bringing in fresh numbers, issuing."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from taihua.base import clock
from taihua.base.access import admits
from taihua.base.papers import paper_number
from taihua.kernel import house
from taihua.kernel.documents.actions import DocumentRefused, Overtaken
from taihua.kernel.documents.models import Version
from taihua.kernel.documents.queries import next_number
from taihua.kernel.drafts.views import open_sheet
from taihua.kernel.measures.logic import Figure, Value
from taihua.kernel.measures.queries import everything_known
from taihua.kernel.org.access import is_clerk
from taihua.kernel.org.http import Request
from taihua.rooms.reports import access, actions, forms
from taihua.rooms.reports.logic.claims import claims
from taihua.rooms.reports.logic.figures import bare, codes, filled, read_aloud, retyped
from taihua.rooms.reports.logic.merge import Agreed, settled
from taihua.rooms.reports.logic.outline import Section
from taihua.rooms.reports.queries.figures import numbers
from taihua.rooms.reports.queries.report import (
    Merged,
    Report,
    merged,
    report_of,
    sections_of,
    unsupported,
    version_of,
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A figure that may be placed, with its present number."""

    figure: Figure
    shown: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a merged section: agreed text, or two texts and the field to choose."""

    text: str = ""
    mine: str = ""
    theirs: str = ""
    field: BoundField | None = None


class Asked:
    """A section with conflicts, as its writer is asked about them."""

    def __init__(
        self, merged: Merged, form: forms.RefreshForm, counted: Mapping[str, Value]
    ) -> None:
        shown = {code: str(value) for code, value in counted.items()}

        def read(text: str) -> str:
            return read_aloud(filled(text, shown))

        self.title = merged.section.title
        fields = (form[name] for name in form.questions[merged.section.key])
        self.parts = [
            Stretch(text=read(segment.text))
            if isinstance(segment, Agreed)
            else Stretch(mine=read(segment.mine), theirs=read(segment.theirs), field=next(fields))
            for segment in merged.segments
        ]


@admits(is_clerk)
@require_http_methods(["GET", "POST"])
def section(request: Request, year: int, key: str) -> HttpResponse:
    version = _draft(request, year)
    report = report_of(year, clock.today())
    part = _part(report, key)
    named = {"year": year, "title": part.title}
    sheet = open_sheet(request, _("%(year)d 年总结“%(title)s”") % named)
    start = {"text": part.text, "expected": version.number}
    form = forms.SectionForm(request.POST or None, initial=start | sheet.initial)
    theirs = None
    if form.is_valid():
        try:
            actions.write(
                document=version.document,
                key=key,
                on=clock.today(),
                at=clock.now(),
                by=request.user,
                **form.cleaned_data,
            )
        except Overtaken as late:
            theirs = late.theirs
            form = _again(form, late)
        except (actions.ReportRefused, DocumentRefused) as refusal:
            form.add_error("text", str(refusal))
        else:
            _tell(request, form.cleaned_data["text"], report)
            return redirect(f"/reports/{year}/#{key}")
    placed, others = _offered(report, part)
    context = {
        "form": form,
        "sheet": sheet,
        "report": report,
        "part": part,
        "theirs": theirs and _written(theirs, key),
        "their_version": theirs,
        "claims": claims(part.text, report.shown),
        "placed": placed,
        "others": others,
    }
    return render(request, "reports/section.html", context)


@admits(is_clerk)
@require_http_methods(["GET", "POST"])
def refresh(request: Request, year: int) -> HttpResponse:
    version = _draft(request, year)
    # What the questions were asked on must be what the answers are applied to.
    known = forms.moment_in(request.POST) or everything_known(clock.now())
    brought = merged(version, clock.today(), known)
    counted = numbers(year, clock.today(), known)
    start = {"expected": version.number, "known": known.strftime("%Y-%m-%dT%H:%M:%S.%f%z")}
    form = forms.RefreshForm(request.POST or None, merged=brought, initial=start)
    if form.is_valid():
        try:
            actions.refresh(
                version=version,
                expected=form.cleaned_data["expected"],
                choices=form.choices(),
                known=known,
                on=clock.today(),
                at=clock.now(),
                by=request.user,
            )
        except (actions.ReportRefused, DocumentRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("数字和新的文字已并入，人写的文字都在。"))
            return redirect("reports:year", year)
    context = {
        "form": form,
        "year": year,
        "merged": [Asked(each, form, counted) for each in brought if each.conflicts],
        "renewed": _renewed(version, counted),
        "changed": sum(bare(each.section.text) != settled(each.segments) for each in brought),
    }
    return render(request, "reports/refresh.html", context)


@admits(is_clerk)
@require_http_methods(["GET", "POST"])
def issue(request: Request, year: int) -> HttpResponse:
    version = _draft(request, year)
    report = report_of(year, clock.today())
    sign, this_year = settings.TAIHUA_SIGN, clock.today().year
    number = paper_number(sign, this_year, next_number(sign, this_year))
    form = forms.IssueForm(
        request.POST or None, initial={"number": number, "expected": version.number}
    )
    if form.is_valid():
        try:
            actions.issue(
                version=version,
                expected=form.cleaned_data["expected"],
                number=form.cleaned_data["number"],
                sent_to=form.sent_to,
                on=clock.today(),
                at=clock.now(),
                by=request.user,
            )
        except (actions.ReportRefused, DocumentRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("%(year)d 年总结已印发，文字和数字从此不变。") % {"year": year}
            )
            return redirect("reports:year", year)
    open_claims = [(part, claim) for part, claim in unsupported(report) if not claim.sourced]
    context = {"form": form, "report": report, "claims": open_claims}
    return render(request, "reports/issue.html", context)


def _draft(request: Request, year: int) -> Version:
    version = version_of(year)
    if version is None:
        raise Http404
    if not access.may_write_report(request.user, version):
        raise PermissionDenied
    return version


def _part(report: Report, key: str) -> Section:
    for part in report.sections:
        if part.key == key:
            return part
    raise Http404


def _written(version: Version, key: str) -> str:
    return next((part.text for part in sections_of(version) if part.key == key), "")


def _again(form: forms.SectionForm, late: Overtaken) -> forms.SectionForm:
    """The same words once more, now on top of what somebody else wrote."""
    again = forms.SectionForm({**form.cleaned_data, "expected": late.theirs.number})
    again.is_valid()
    again.add_error(None, str(late))
    return again


def _tell(request: Request, text: str, report: Report) -> None:
    messages.success(request, _("已保存。"))
    if changed := retyped(text, report.shown):
        said = "、".join(f"{placed.shown}→{report.shown[placed.code]}" for placed in changed)
        messages.warning(request, _("数字由记录计算，手改的已还原：%(said)s。") % {"said": said})


def _offered(report: Report, part: Section) -> tuple[list[Offer], dict[str, list[Offer]]]:
    """The figures one may place: those of this section, and all others by room."""
    placed = set(codes(part.text))
    here: list[Offer] = []
    others: dict[str, list[Offer]] = {}
    for room in house.rooms():
        for figure in room.figures:
            offer = Offer(figure, report.shown.get(figure.code, ""))
            shelf = here if figure.code in placed else others.setdefault(str(room.title), [])
            shelf.append(offer)
    return here, others


def _renewed(version: Version, counted: Mapping[str, Value]) -> list[tuple[Figure, str, str]]:
    """The figures in the stored text whose number is another one now: figure, old, new."""
    shown = {code: str(value) for code, value in counted.items()}
    stale = [placed for part in sections_of(version) for placed in retyped(part.text, shown)]
    figures = house.figures()
    return [(figures[each.code], each.shown, shown[each.code]) for each in stale]
