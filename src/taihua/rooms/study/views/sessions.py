"""有内容: the sessions, one of them, setting it, changing it, its file."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from taihua.base import clock
from taihua.base.access import admits
from taihua.base.papers import to_docx, to_html, to_pdf
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.rooms.study import access
from taihua.rooms.study.actions import sessions as actions
from taihua.rooms.study.forms import sessions as forms
from taihua.rooms.study.models import Plan, Session
from taihua.rooms.study.queries import checks, effects, plans
from taihua.rooms.study.queries import sessions as queries
from taihua.rooms.study.queries.archive import archive_of, change_in_words
from taihua.rooms.study.queries.minutes import minutes_of
from taihua.rooms.study.queries.roster import group_on
from taihua.rooms.study.queries.turns import left_open

ROWS = 25
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = {"docx": (to_docx, WORD), "pdf": (to_pdf, "application/pdf")}


@admits(is_logged_in)
@require_GET
def sessions(request: Request) -> HttpResponse:
    seen = queries.sessions_seen_by(request.user, clock.today())
    page = Paginator(seen, ROWS).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "now": clock.now(),
        "today": clock.today(),
        "may_record": access.may_record(request.user),
    }
    return render(request, "study/sessions.html", context)


@admits(is_logged_in)
@require_GET
def session(request: Request, pk: int) -> HttpResponse:
    now, found = clock.now(), seen_session(request, pk)
    change = checks.change_of(found, clock.today())
    person = request.user.person
    expected = queries.expected_at(found)
    context = {
        "session": found,
        "now": now,
        "today": clock.today(),
        "expected": expected,
        "turnouts": queries.turnouts_of(found) if found.is_held else None,
        "mine": next((each for each in expected if person and each.person == person), None),
        "materials": found.materials.defer("content").order_by("title", "-version"),
        "minutes": minutes_of(found),
        "questions": found.questions.order_by("position"),
        "asked": checks.is_asked(found, person, now) if person else None,
        "change": change_in_words(change) if change else "",
        "effects": effects.effects_of(found),
        "opens_with": left_open(found.unit, found.starts_at)[:5] if not found.is_held else (),
        "history": queries.changes_of(found),
        "is_open": not (found.is_cancelled or (found.plan and found.plan.is_closed)),
        "may_see_plan": _sees_plan(request, found),
        "may_record": access.may_record(request.user),
        "may_give_material": access.may_give_material(request.user, found),
    }
    return render(request, "study/session.html", context)


def _sees_plan(request: Request, session: Session) -> bool:
    """Whether the plan is theirs to open: who came as a guest sees the session alone."""
    seen = plans.plans_seen_by(request.user, clock.today())
    return session.plan_id is not None and seen.filter(pk=session.plan_id).exists()


@admits(access.may_record)
@require_http_methods(["GET", "POST"])
def new_session(request: Request) -> HttpResponse:
    today = clock.today()
    plan, item = _planned(request)
    day = item.day if item else today
    initial: dict[str, Any] = {"first": "09:00", "last": "11:30", "days": "0.5", "day": day}
    if plan and item:
        lead = plans.planned_lead(plan, item.slot)
        initial |= {"topic": item.topic, "lead": lead, "slot": item.slot}
    unit = plan.unit if plan else None
    leads = group_on(unit, day, enlarged=True) if unit else queries.may_lead(today)
    form = forms.NewSessionForm(request.POST or None, on=today, leads=leads, initial=initial)
    if form.is_valid():
        try:
            made = actions.set_session(
                unit=unit or form.cleaned_data["unit"],
                arrangement=actions.Arrangement(**form.arrangement),
                slot=item.slot if item else None,
                beyond_plan=form.cleaned_data.get("beyond_plan", ""),
                at=clock.now(),
                by=request.user,
            )
        except actions.SessionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("《%(topic)s》已排定。") % {"topic": made.topic})
            return redirect("study:session", made.pk)
    return render(request, "study/write_session.html", {"form": form, "plan": plan, "item": item})


def _planned(request: Request) -> tuple[Plan | None, Any]:
    """The plan and its item that the address names, if it names one that is free."""
    if "plan" not in request.GET:
        return None, None
    seen = plans.plans_seen_by(request.user, clock.today())
    wanted = request.GET.get("plan", ""), request.GET.get("slot", "")
    if not all(word.isdecimal() for word in wanted):
        raise Http404
    plan = get_object_or_404(seen, pk=int(wanted[0]))
    item = next((i for i in plans.unscheduled(plan) if i.slot == int(wanted[1])), None)
    if item is None:
        raise Http404
    return plan, item


@admits(access.may_record)
@require_http_methods(["GET", "POST"])
def change_session(request: Request, pk: int) -> HttpResponse:
    found = seen_session(request, pk)
    initial = {
        name: getattr(found, name)
        for name in ("topic", "lead", "day", "days", "place", "enlarged", "agenda")
    }
    begins, ends = (each.astimezone(clock.ZONE) for each in (found.starts_at, found.ends_at))
    initial |= {"first": f"{begins:%H:%M}", "last": f"{ends:%H:%M}"}
    initial |= {"last_day": ends.date() if ends.date() != begins.date() else None}
    leads = group_on(found.unit, found.day, enlarged=True)
    form = forms.ChangeSessionForm(request.POST or None, leads=leads, initial=initial)
    if form.is_valid():
        try:
            actions.change_session(
                session=found,
                arrangement=actions.Arrangement(**form.arrangement),
                reason=form.cleaned_data["reason"],
                at=clock.now(),
                by=request.user,
            )
        except actions.SessionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已改好，原来的安排和原因留在记录里。"))
            return redirect("study:session", pk)
    return render(request, "study/write_session.html", {"form": form, "session": found})


@admits(access.may_record)
@require_http_methods(["GET", "POST"])
def cancel_session(request: Request, pk: int) -> HttpResponse:
    found = seen_session(request, pk)
    form = forms.BecauseForm(request.POST or None)
    if form.is_valid():
        try:
            actions.cancel_session(
                session=found, at=clock.now(), by=request.user, **form.cleaned_data
            )
        except actions.SessionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("《%(topic)s》已取消。") % {"topic": found.topic})
            return redirect("study:session", pk)
    context = {
        "form": form,
        "session": found,
        "title": _("取消这次学习"),
        "lede": _("计划里的这一项会空出来，可以另排。"),
        "act": _("取消学习"),
    }
    return render(request, "study/session_form.html", context)


@admits(is_logged_in)
@require_GET
def archive(request: Request, pk: int) -> HttpResponse:
    """The file of a session on one sheet, in the customary order."""
    found = seen_session(request, pk)
    context = {"session": found, "article": to_html(archive_of(found, clock.today()))}
    return render(request, "study/archive.html", context)


@admits(is_logged_in)
@require_GET
def archive_file(request: Request, pk: int, form: str) -> HttpResponse:
    """The file of a session as Word or PDF."""
    if form not in FORMS:
        raise Http404
    found = seen_session(request, pk)
    write, media_type = FORMS[form]
    name = f"{found.day:%Y%m%d}{found.topic}学习档案.{form}"
    return as_file(write(archive_of(found, clock.today())), media_type, name)


def as_file(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Bytes to download under a name."""
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": disposition}
    )


def seen_session(request: Request, pk: int) -> Session:
    """A session that the visitor may see; any other is not there."""
    return get_object_or_404(queries.sessions_seen_by(request.user, clock.today()), pk=pk)
