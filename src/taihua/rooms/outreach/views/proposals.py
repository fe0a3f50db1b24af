"""Proposals: the list, one with its line from the visit to the outcome, and each next step."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.rooms.outreach import forms
from taihua.rooms.outreach.actions import proposals as actions
from taihua.rooms.outreach.enums import StepKind
from taihua.rooms.outreach.queries import proposals as queries

PAGE = 25


@dataclass(frozen=True, slots=True)
class Page:
    """The page on which a step is taken: its words, its form, and the action behind its button."""

    title: str | Promise
    button: str | Promise
    form: type[Form]
    act: Callable[..., Any]


PAGES = {
    StepKind.ANSWERED: Page(
        gettext_lazy("答复建议"), gettext_lazy("提交答复"), forms.AnswerForm, actions.answer
    ),
    StepKind.CARRIED: Page(
        gettext_lazy("落实情况"), gettext_lazy("记下落实情况"), forms.WordsForm, actions.carry_out
    ),
    StepKind.FELT: Page(
        gettext_lazy("答复有没有帮助"),
        gettext_lazy("说给他们听"),
        forms.EffectForm,
        actions.say_how_it_felt,
    ),
    StepKind.LOOKED_BACK: Page(
        gettext_lazy("回头看"), gettext_lazy("记下回头看"), forms.EffectForm, actions.look_back
    ),
    StepKind.HANDED_ON: Page(
        gettext_lazy("转给别的单位"), gettext_lazy("转办"), forms.HandOnForm, actions.hand_on
    ),
}


@admits(is_logged_in)
@require_GET
def proposals(request: Request) -> HttpResponse:
    asked = forms.ProposalsFilter(request.GET)
    wanted = asked.cleaned_data if asked.is_valid() else {}
    found = queries.at_stage(queries.proposals_seen_by(request.user), wanted.get("stage", ""))
    if wanted.get("whose") == "ours":
        found = queries.owned_by(found, request.user)
    elif wanted.get("whose") == "mine":
        found = found.filter(visit__visitor=request.user.person_id)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [queries.standing_of(each) for each in page]
    return render(
        request,
        "outreach/proposals.html",
        {"filter": asked, "page_obj": page, "rows": rows, "on": clock.today()},
    )


@admits(is_logged_in)
@require_GET
def proposal(request: Request, pk: int) -> HttpResponse:
    standing = _standing(request, pk)
    steps = queries.next_steps(request.user, standing)
    return render(
        request,
        "outreach/proposal.html",
        {
            "standing": standing,
            "proposal": standing.proposal,
            "next_steps": [(kind, PAGES[kind]) for kind in steps],
            "on": clock.today(),
        },
    )


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def take_step(request: Request, pk: int, kind: str) -> HttpResponse:
    """One step: only who may take it now finds the page."""
    standing = _standing(request, pk)
    step = next((each for each in queries.next_steps(request.user, standing) if each == kind), None)
    if step is None:
        raise Http404
    page = PAGES[step]
    form = _form(page, request)
    if form.is_valid():
        try:
            page.act(
                proposal=standing.proposal, at=clock.now(), by=request.user, **form.cleaned_data
            )
        except actions.StepRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(step)s”已记下。") % {"step": step.label})
            return redirect("outreach:proposal", pk)
    return render(
        request,
        "outreach/take_step.html",
        {"form": form, "page": page, "standing": standing, "proposal": standing.proposal},
    )


def _form(page: Page, request: Request) -> Form:
    if page.form is forms.HandOnForm:
        return forms.HandOnForm(request.POST or None, on=clock.today())
    return page.form(request.POST or None)


def _standing(request: Request, pk: int) -> queries.Standing:
    found = get_object_or_404(queries.proposals_seen_by(request.user), pk=pk)
    return queries.standing_of(found)
