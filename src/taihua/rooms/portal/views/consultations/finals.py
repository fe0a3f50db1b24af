"""From the opinions to the final text: its words, where they come from, what is missing, the look back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.rooms.portal.actions import consultations as actions
from taihua.rooms.portal.forms.consultations import (
    FinalForm,
    LookBackForm,
    SourcesForm,
    SummaryForm,
)
from taihua.rooms.portal.models import Consultation, FinalClause
from taihua.rooms.portal.queries import consultations as queries
from taihua.rooms.portal.views.consultations.handling import handled
from taihua.rooms.portal.views.consultations.trying import tried
from taihua.rooms.portal.views.frame import form_page

A_PAGE = 50  # clauses; a form has no more than a thousand fields


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def final(request: Request, pk: int) -> HttpResponse:
    """Write the final text, beginning from the draft."""
    found = handled(request, pk)
    form = FinalForm(request.POST or None, initial={"text": _text_of(found)})
    if tried(form, lambda: actions.write_final(consultation=found, **_told(request, form))):
        messages.success(request, _("最终文本已存下，请核对每一条来自哪里。"))
        return redirect("portal:sources", pk)
    return form_page(request, "final", _("最终文本"), form, consultation=found)


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def sources(request: Request, pk: int) -> HttpResponse:
    """Say of each clause where it comes from, some at a time; to turn the page is to save it."""
    found = handled(request, pk)
    finals = found.finals.prefetch_related("sources").order_by("position")
    page = Paginator(finals, A_PAGE).get_page(request.GET.get("page"))
    clauses = list(found.clauses.order_by("position"))
    form = SourcesForm(request.POST or None, finals=list(page), clauses=clauses)
    if request.method == "POST" and form.is_outdated:
        messages.error(request, _("最终文本刚刚又改过，条款换了，请对着新的再看一遍。"))
        return redirect("portal:sources", pk)
    if tried(
        form,
        lambda: actions.name_sources(
            consultation=found, sources=form.sources, by=request.user, at=clock.now()
        ),
    ):
        return redirect(_turned(request, found))
    heading = _("核对来自哪一条")
    more = {"consultation": found, "clauses": clauses, "page": page}
    return form_page(request, "sources", heading, form, **more)


def _turned(request: Request, found: Consultation) -> str:
    """The page of clauses that the pressed button names; without one the matrix."""
    wanted = request.POST.get("turn", "")
    if wanted.isdecimal():
        return f"{reverse('portal:sources', args=[found.pk])}?page={wanted}"
    return reverse("portal:matrix", args=[found.pk])


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def matrix(request: Request, pk: int) -> HttpResponse:
    """Opinion ↔ clause ↔ difference, what is missing, and the button that publishes."""
    found = handled(request, pk)
    form = SummaryForm(request.POST or None, initial={"summary": found.summary})
    if tried(form, lambda: actions.publish(consultation=found, **_told(request, form))):
        messages.success(request, _("采纳情况和最终文本已公布。"))
        return redirect("portal:outcome", pk)
    context = {
        "consultation": found,
        "form": form,
        "told": queries.overview(found),
        "phase": found.phase(clock.today()),
    }
    return render(request, "portal/consultations/matrix.html", context)


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def look_back(request: Request, pk: int) -> HttpResponse:
    """A year later: was it of use."""
    found = handled(request, pk)
    form = LookBackForm(request.POST or None)
    if tried(form, lambda: actions.look_back(consultation=found, **_told(request, form))):
        messages.success(request, _("已写下，公开在采纳情况这一页。"))
        return redirect("portal:outcome", pk)
    return form_page(request, "look_back", _("回头看：有没有用"), form, consultation=found)


def _told(request: Request, form: Form) -> dict[str, Any]:
    """What was written, by whom, when."""
    return {**form.cleaned_data, "by": request.user, "at": clock.now()}


def _text_of(consultation: Consultation) -> str:
    """The final text as it was typed so far, else the draft."""
    finals = list(consultation.finals.order_by("position"))
    return "\n".join(map(_typed, finals)) if finals else consultation.draft


def _typed(clause: FinalClause) -> str:
    if clause.number.startswith("第"):
        lines = [clause.heading, f"{clause.number}　{clause.text}"]
    else:
        lines = [f"{clause.number}{clause.heading}", clause.text]
    return "\n".join(line for line in lines if line)
