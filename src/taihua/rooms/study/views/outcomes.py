"""The minutes of a session, and what came of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel import house
from taihua.kernel.documents.access import may_read
from taihua.kernel.documents.actions import DocumentRefused, Overtaken
from taihua.kernel.documents.forms import after
from taihua.kernel.documents.models import Document
from taihua.kernel.drafts.views import open_sheet
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.kernel.org.queries import holders_on
from taihua.rooms.study import access
from taihua.rooms.study.actions import effects as actions
from taihua.rooms.study.actions import minutes as minute_actions
from taihua.rooms.study.enums import Turnout
from taihua.rooms.study.forms import sessions as forms
from taihua.rooms.study.models import Effect, Session
from taihua.rooms.study.queries import effects as queries
from taihua.rooms.study.queries.minutes import minutes_of
from taihua.rooms.study.queries.sessions import expected_at, sessions_seen_by
from taihua.rooms.study.views.sessions import seen_session


@admits(access.may_record)
@require_http_methods(["GET", "POST"])
def minutes(request: Request, pk: int) -> HttpResponse:
    """Write the minutes; where somebody else saved meanwhile, both texts are shown and kept."""
    found = seen_session(request, pk)
    written = minutes_of(found)
    if written and written.version.is_issued:
        return redirect("study:read-minutes", pk)
    speakers = [e.person for e in expected_at(found) if e.noted and e.turnout == Turnout.PRESENT]
    said = {each["person"]: each["text"] for each in written.speeches} if written else {}
    initial = {
        "expected": written.version.number if written else 0,
        "text": written.text if written else "",
    }
    sheet = open_sheet(request, _("《%(topic)s》的纪要") % {"topic": found.topic})
    form = forms.MinutesForm(
        request.POST or None, speakers=speakers, said=said, initial=initial | sheet.initial
    )
    theirs = None
    if form.is_valid():
        speeches = [minute_actions.Speech(person, text) for person, text in form.speeches]
        try:
            minute_actions.save_minutes(
                session=found,
                expected=form.cleaned_data["expected"],
                text=form.cleaned_data["text"],
                speeches=speeches,
                at=clock.now(),
                by=request.user,
                once=form.cleaned_data["once"],
            )
        except Overtaken as refusal:
            theirs = after(refusal, form)
        except (DocumentRefused, minute_actions.MinutesRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("纪要已存下。"))
            return redirect("study:read-minutes", pk)
    context = {"form": form, "session": found, "theirs": theirs, "minutes": written, "sheet": sheet}
    return render(request, "study/write_minutes.html", context)


@admits(is_logged_in)
@require_GET
def read_minutes(request: Request, pk: int) -> HttpResponse:
    """What is issued everybody reads, as any document of the house; a draft its writers."""
    found = get_object_or_404(Session.objects.select_related("unit"), pk=pk)
    written = minutes_of(found)
    may_record = access.may_record(request.user)
    if written is None or not may_read(request.user, written.version):
        raise Http404
    seen = sessions_seen_by(request.user, clock.today()).filter(pk=pk).exists()
    context = {
        "session": found,
        "minutes": written,
        "may_record": may_record,
        "seen": seen,
        "publishing": house.publishing_of(request.user, written.version, clock.now()),
    }
    return render(request, "study/minutes.html", context)


@admits(access.may_record)
@require_POST
def issue_minutes(request: Request, pk: int) -> HttpResponse:
    found = seen_session(request, pk)
    expected = request.POST.get("expected", "")
    try:
        version = minute_actions.issue_minutes(
            session=found,
            expected=int(expected) if expected.isdecimal() else 0,
            at=clock.now(),
            by=request.user,
        )
    except (minute_actions.MinutesRefused, DocumentRefused) as refusal:
        messages.error(request, str(refusal))
        return redirect("study:minutes", pk)
    messages.success(request, _("纪要已印发：%(number)s") % {"number": version.document.number})
    return redirect("study:read-minutes", pk)


@admits(access.may_record)
@require_http_methods(["GET", "POST"])
def new_effect(request: Request, pk: int) -> HttpResponse:
    found, today = seen_session(request, pk), clock.today()
    people = holders_on(today, tiers=["leadership", "middle"])
    form = forms.EffectForm(request.POST or None, people=people, on=today)
    if form.is_valid():
        try:
            made = actions.open_effect(
                session=found,
                resolve=actions.Resolve(**form.cleaned_data),
                at=clock.now(),
                by=request.user,
            )
        except actions.EffectRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已记下，承办人的工作台上会看到。"))
            return redirect("study:effect", made.pk)
    context = {
        "form": form,
        "session": found,
        "title": _("这次学习学出了什么"),
        "lede": _("写明一个决定或建议、由谁承办、到哪天。结果记下来，这次学习才算有效果。"),
        "act": _("交给承办"),
    }
    return render(request, "study/session_form.html", context)


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def effect(request: Request, pk: int) -> HttpResponse:
    """A decision or proposal; whoever may settle it or look back on it does so here."""
    found = _seen(request, pk)
    may_record = access.may_record(request.user)
    may_settle = found.is_open and access.may_settle(request.user, found)
    form = forms.OutcomeForm(request.POST or None) if may_settle else None
    if form is None and found.is_done and may_record:
        return _look_back(request, found)
    if form is not None and form.is_valid():
        try:
            actions.settle_effect(
                effect=found, at=clock.now(), by=request.user, **form.cleaned_data
            )
        except actions.EffectRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("结果已记下。半年后和一年后会请您回看。"))
            return redirect("study:effect", pk)
    return _show(request, found, {"form": form, "act": _("写下结果")})


def _look_back(request: Request, found: Effect) -> HttpResponse:
    form = forms.LookBackForm(request.POST or None)
    if form.is_valid():
        try:
            actions.look_back(effect=found, at=clock.now(), by=request.user, **form.cleaned_data)
        except actions.EffectRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("回看已记下。"))
            return redirect("study:effect", found.pk)
    return _show(request, found, {"form": form, "act": _("记下回看")})


def _show(request: Request, found: Effect, context: dict[str, object]) -> HttpResponse:
    document = None
    if found.outcome_document is not None:
        document = Document.objects.filter(pk=found.outcome_document).first()
    told = {
        "effect": found,
        "session": found.session,
        "document": document,
        "today": clock.today(),
        "may_record": access.may_record(request.user),
        **context,
    }
    return render(request, "study/effect.html", told)


@admits(access.may_record)
@require_http_methods(["GET", "POST"])
def let_effect_go(request: Request, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    form = forms.BecauseForm(request.POST or None)
    if form.is_valid():
        try:
            actions.let_effect_go(effect=found, at=clock.now(), **form.cleaned_data)
        except actions.EffectRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已记下：不再落实。"))
            return redirect("study:effect", pk)
    context = {
        "form": form,
        "session": found.session,
        "title": _("不再落实"),
        "lede": found.text,
        "act": _("不再落实"),
    }
    return render(request, "study/session_form.html", context)


@admits(is_logged_in)
@require_GET
def effects(request: Request) -> HttpResponse:
    seen = queries.effects_seen_by(request.user, clock.today())
    return render(request, "study/effects.html", {"effects": seen[:200], "today": clock.today()})


def _seen(request: Request, pk: int) -> Effect:
    return get_object_or_404(queries.effects_seen_by(request.user, clock.today()), pk=pk)
