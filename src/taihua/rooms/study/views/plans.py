"""有计划: the plans, one of them with its story, writing it, deciding on it, closing the year."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.kernel.org.models import Unit
from taihua.rooms.study import access
from taihua.rooms.study.actions import plans as actions
from taihua.rooms.study.enums import Decision
from taihua.rooms.study.forms import plans as forms
from taihua.rooms.study.forms.fields import Offered
from taihua.rooms.study.models import Plan, PlanVersion
from taihua.rooms.study.queries import plans as queries
from taihua.rooms.study.queries.roster import group_on, hosts

ROWS = 25


@admits(is_logged_in)
@require_GET
def plans(request: Request) -> HttpResponse:
    seen = queries.plans_seen_by(request.user, clock.today())
    page = Paginator(seen, ROWS).get_page(request.GET.get("page"))
    context = {"page_obj": page, "may_record": access.may_record(request.user)}
    return render(request, "study/plans.html", context)


@admits(is_logged_in)
@require_GET
def plan(request: Request, pk: int) -> HttpResponse:
    today = clock.today()
    found = _seen(request, pk)
    chapters = queries.chapters_of(found)
    waiting = next((c for c in chapters if c.version.decision == Decision.WAITING), None)
    context = {
        "plan": found,
        "chapters": chapters,
        "waiting": waiting,
        "holding": next((c for c in chapters if c.version.decision == Decision.APPROVED), None),
        "quarters": queries.quarters_of(found, today),
        "rows": queries.rows_of(found),
        "now": clock.now(),
        "may_record": access.may_record(request.user) and not found.is_closed,
        "may_decide": waiting is not None and access.may_decide(request.user, found),
    }
    return render(request, "study/plan.html", context)


@admits(access.may_record)
@require_http_methods(["GET", "POST"])
def new_plan(request: Request) -> HttpResponse:
    today = clock.today()
    head = forms.PlanHeadForm(request.POST or None, on=today, initial={"year": today.year})
    unit = hosts(today).first()
    if unit is None:
        raise Http404
    rows = _rows(request, unit, None, spare=forms.FIRST_ROWS)
    if head.is_valid() and rows.is_valid():
        found = _write(request, head, rows, expected=0, reason="", **head.cleaned_data)
        if found is not None:
            return redirect("study:plan", found.plan_id)
    return render(request, "study/write_plan.html", {"form": head, "rows": rows})


@admits(access.may_record)
@require_http_methods(["GET", "POST"])
def revise_plan(request: Request, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    newest = queries.newest(found)
    form = forms.ReasonForm(request.POST or None, initial={"expected": newest.number})
    rows = _rows(request, found.unit, newest, spare=forms.SPARE_ROWS)
    if form.is_valid() and rows.is_valid():
        what = {"unit": found.unit, "year": found.year, **form.cleaned_data}
        if _write(request, form, rows, **what) is not None:
            return redirect("study:plan", pk)
    context = {"form": form, "rows": rows, "plan": found, "newest": newest}
    return render(request, "study/write_plan.html", context)


def _rows(request: Request, unit: Unit, version: PlanVersion | None, spare: int) -> Any:
    return forms.item_forms(spare)(
        request.POST or None,
        prefix="items",
        initial=forms.rows_of(version),
        form_kwargs={"leads": Offered(group_on(unit, clock.today()))},
    )


def _write(request: Request, form: Any, rows: Any, **what: Any) -> PlanVersion | None:
    items = [row.item for row in rows if row.item]
    try:
        version = actions.write_plan(items=items, at=clock.now(), by=request.user, **what)
    except actions.PlanRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("计划已提交，等待审定。"))
    return version


def _refuse_unseen(version: PlanVersion, seen: int) -> None:
    if version.number != seen:
        raise actions.PlanRefused(_("您查看期间又交来了新的一版。请重新打开这一页，看过再审定。"))


@admits(access.may_approve_some)
@require_http_methods(["GET", "POST"])
def decide(request: Request, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    version = queries.newest(found)
    if not access.may_decide(request.user, found):
        raise Http404
    form = forms.DecisionForm(request.POST or None, initial={"expected": version.number})
    if form.is_valid():
        approve = "approve" in request.POST
        reply = form.cleaned_data["reply"]
        try:
            _refuse_unseen(version, form.cleaned_data["expected"])
            actions.decide(
                version=version, approve=approve, at=clock.now(), by=request.user, reply=reply
            )
        except actions.PlanRefused as refusal:
            form.add_error("reply", str(refusal))
        else:
            messages.success(request, _("计划已审定。") if approve else _("计划已退回。"))
            return redirect("study:plan", pk)
    chapter = queries.chapters_of(found)[0]
    return render(
        request, "study/decide_plan.html", {"form": form, "plan": found, "chapter": chapter}
    )


@admits(access.may_record)
@require_http_methods(["GET", "POST"])
def close_plan(request: Request, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    form = forms.ClosingForm(request.POST or None)
    if form.is_valid():
        try:
            actions.close_plan(plan=found, at=clock.now(), by=request.user, **form.cleaned_data)
        except actions.PlanRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(year)d 年的学习已收尾。") % {"year": found.year})
            return redirect("study:plan", pk)
    context = {"form": form, "plan": found, "quarters": queries.quarters_of(found, clock.today())}
    return render(request, "study/close_plan.html", context)


def _seen(request: Request, pk: int) -> Plan:
    return get_object_or_404(queries.plans_seen_by(request.user, clock.today()), pk=pk)
