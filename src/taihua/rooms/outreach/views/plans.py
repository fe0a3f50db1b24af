"""Where to go next: suggestions with their reasons, and the plan."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_logged_in, is_member
from taihua.kernel.org.http import Request, person_of
from taihua.rooms.outreach import access, forms
from taihua.rooms.outreach.actions import plans as actions
from taihua.rooms.outreach.queries import coverage, visits


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def plan(request: Request) -> HttpResponse:
    """The places that want a visit, who could go together, and what is planned."""
    on, person = clock.today(), request.user.person
    form = forms.PlanForm(
        request.POST or None,
        on=on,
        initial={"place": request.GET.get("place"), "day": request.GET.get("day")},
    )
    if request.method == "POST" and person is None:
        raise Http404
    if person is not None and form.is_valid():
        try:
            made = actions.plan_visit(
                visitor=person, at=clock.now(), by=request.user, **form.cleaned_data
            )
        except actions.PlanRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已列入计划：%(place)s。") % {"place": made.place.name})
            return redirect("outreach:plan")
    ground = coverage.ground_on(on)
    context: dict[str, Any] = {
        "form": form if person else None,
        "ground": ground,
        "coming": visits.plans_seen_by(request.user, on),
        "suggestions": coverage.best_for(person, ground) if person else [],
        "me": person,
        "on": on,
    }
    if access.may_see_coverage(request.user):
        people = coverage.who_has_not_been_out(on)
        context |= {"together": coverage.sent_together(people, ground), "people": people}
    return render(request, "outreach/plan.html", context)


@admits(is_member)
@require_http_methods(["GET", "POST"])
def cancel(request: Request, pk: int) -> HttpResponse:
    planned = get_object_or_404(visits.plans_of(person_of(request)), pk=pk)
    form = forms.ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            actions.cancel_visit(
                planned=planned, at=clock.now(), by=request.user, **form.cleaned_data
            )
        except actions.PlanRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("已取消去%(place)s的计划。") % {"place": planned.place.name}
            )
            return redirect("outreach:plan")
    return render(request, "outreach/cancel_plan.html", {"form": form, "planned": planned})
