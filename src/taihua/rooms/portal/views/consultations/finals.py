"""From the opinions to the final text: its words, where they come from, what is missing, the look back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
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


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def final(request: Request, pk: int) -> HttpResponse:
    """Write the final text, beginning from the draft."""
    found = handled(request, pk)
    form = FinalForm(request.POST or None, initial={"text": _text_of(found)})
    if form.is_valid():
        try:
            actions.write_final(
                consultation=found,
                text=form.cleaned_data["text"],
                by=request.user,
                at=clock.now(),
            )
        except actions.ConsultationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("最终文本已存下，请核对每一条来自哪里。"))
            return redirect("portal:sources", pk)
    return render(request, "portal/consultations/final.html", {"consultation": found, "form": form})


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def sources(request: Request, pk: int) -> HttpResponse:
    """Say of each clause where it comes from."""
    found = handled(request, pk)
    finals = list(found.finals.prefetch_related("sources").order_by("position"))
    clauses = list(found.clauses.order_by("position"))
    form = SourcesForm(request.POST or None, finals=finals, clauses=clauses)
    if form.is_valid():
        try:
            actions.name_sources(
                consultation=found, sources=form.sources, by=request.user, at=clock.now()
            )
        except actions.ConsultationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("portal:matrix", pk)
    context = {"consultation": found, "form": form, "clauses": clauses}
    return render(request, "portal/consultations/sources.html", context)


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def matrix(request: Request, pk: int) -> HttpResponse:
    """Opinion ↔ clause ↔ difference, what is missing, and the button that publishes."""
    found = handled(request, pk)
    form = SummaryForm(request.POST or None, initial={"summary": found.summary})
    if form.is_valid():
        try:
            actions.publish(
                consultation=found,
                summary=form.cleaned_data["summary"],
                by=request.user,
                at=clock.now(),
            )
        except actions.ConsultationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
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
    if form.is_valid():
        try:
            actions.look_back(
                consultation=found,
                text=form.cleaned_data["text"],
                by=request.user,
                at=clock.now(),
            )
        except actions.ConsultationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已写下，公开在采纳情况这一页。"))
            return redirect("portal:outcome", pk)
    return render(
        request, "portal/consultations/look_back.html", {"consultation": found, "form": form}
    )


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
