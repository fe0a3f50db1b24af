"""有检查: leave, attendance kept by the recorder, make-up study, the catch-up list, check questions."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_logged_in, is_member
from taihua.kernel.org.http import Request, person_of
from taihua.rooms.study import access
from taihua.rooms.study.actions import attendance as actions
from taihua.rooms.study.actions import checks as check_actions
from taihua.rooms.study.forms import sessions as forms
from taihua.rooms.study.models import Attendance, Session
from taihua.rooms.study.queries import checks
from taihua.rooms.study.queries import sessions as queries
from taihua.rooms.study.views.sessions import seen_session

ROWS = 25


@admits(is_member)
@require_http_methods(["GET", "POST"])
def ask_leave(request: Request, pk: int) -> HttpResponse:
    found = seen_session(request, pk)
    form = forms.BecauseForm(request.POST or None)
    if form.is_valid():
        try:
            actions.ask_leave(
                session=found, person=person_of(request), at=clock.now(), **form.cleaned_data
            )
        except actions.AttendanceRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("请假已告诉记录人；学过以后请补学。"))
            return redirect("study:session", pk)
    context = {
        "form": form,
        "session": found,
        "title": _("请假"),
        "lede": _("学习由记录人登记，请假的原因写在登记表上，事后要补学。"),
        "act": _("请假"),
    }
    return render(request, "study/session_form.html", context)


@admits(access.may_record)
@require_http_methods(["GET", "POST"])
def attendance(request: Request, pk: int) -> HttpResponse:
    """Note who came; where it was noted before, put it right with the reason."""
    found = seen_session(request, pk)
    rows = [
        forms.TurnoutForm(request.POST or None, expected=each)
        for each in queries.expected_at(found)
    ]
    form = forms.CorrectionForm(request.POST or None) if found.is_held else None
    errors: list[str] = []
    if request.method == "POST" and all(row.is_valid() for row in rows):
        try:
            if _note(request, found, rows, form):
                messages.success(request, _("《%(topic)s》的出席已登记。") % {"topic": found.topic})
                return redirect("study:session", pk)
        except actions.AttendanceRefused as refusal:
            errors.append(str(refusal))
    context = {"session": found, "rows": rows, "form": form, "errors": errors}
    return render(request, "study/attendance.html", context)


def _note(
    request: Request,
    found: Session,
    rows: list[forms.TurnoutForm],
    form: forms.CorrectionForm | None,
) -> bool:
    """Note it the first time, or put it right where a reason is given."""
    what: dict[str, Any] = {
        "session": found,
        "noted": {row.expected.person: row.noted for row in rows},
        "at": clock.now(),
        "by": request.user,
    }
    if form is None:
        actions.note_attendance(**what)
    elif form.is_valid():
        actions.correct_attendance(**what, **form.cleaned_data)
    else:
        return False
    return True


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def make_up(request: Request, pk: int) -> HttpResponse:
    rows = Attendance.objects.select_related("session", "person")
    found = get_object_or_404(rows, pk=pk)
    if not access.may_make_up(request.user, found.person):
        raise Http404
    form = forms.MakeUpForm(request.POST or None, initial={"day": clock.today()})
    if form.is_valid():
        try:
            actions.make_up(attendance=found, at=clock.now(), by=request.user, **form.cleaned_data)
        except actions.AttendanceRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("补学已记下，计入《%(topic)s》。") % {"topic": found.session.topic}
            )
            return redirect("study:session", found.session_id)
    context = {
        "form": form,
        "session": found.session,
        "title": _("%(name)s补学") % {"name": found.person.name},
        "lede": _("补学计入没有到会的那一次。"),
        "act": _("记下补学"),
    }
    return render(request, "study/session_form.html", context)


@admits(is_logged_in)
@require_GET
def catch_up(request: Request) -> HttpResponse:
    owed = queries.catch_up(request.user, clock.today())
    page = Paginator(owed, ROWS).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "today": clock.today(),
        "may_record": access.may_record(request.user),
    }
    return render(request, "study/catch_up.html", context)


@admits(access.may_record)
@require_http_methods(["GET", "POST"])
def questions(request: Request, pk: int) -> HttpResponse:
    found = seen_session(request, pk)
    initial = [forms.starred(each) for each in found.questions.order_by("position")]
    rows = forms.QuestionFormSet(request.POST or None, initial=initial, prefix="questions")
    errors: list[str] = []
    if rows.is_valid():
        wanted = [
            check_actions.Question(row.cleaned_data["text"], row.bare, row.right)
            for row in rows
            if row.cleaned_data.get("text")
        ]
        try:
            check_actions.set_questions(session=found, questions=wanted, at=clock.now())
        except check_actions.CheckRefused as refusal:
            errors.append(str(refusal))
        else:
            messages.success(request, _("检查题已存下，学前学后各答一次。"))
            return redirect("study:session", pk)
    return render(
        request, "study/questions.html", {"session": found, "rows": rows, "errors": errors}
    )


@admits(is_member)
@require_http_methods(["GET", "POST"])
def check(request: Request, pk: int) -> HttpResponse:
    found, person = seen_session(request, pk), person_of(request)
    phase = checks.is_asked(found, person, clock.now())
    if phase is None or not queries.is_expected(person, found):
        return redirect("study:session", pk)
    form = forms.CheckForm(request.POST or None, session=found)
    if form.is_valid():
        try:
            check_actions.answer_check(
                session=found, person=person, answers=form.answers, at=clock.now()
            )
        except check_actions.CheckRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已收下。只看全组的变化，不看个人。"))
            return redirect("study:session", pk)
    context = {
        "form": form,
        "session": found,
        "title": _("%(phase)s检查题") % {"phase": phase.label},
        "lede": _("只用来看全组学前学后的变化，不记是谁答的；不满五人不显示。"),
        "act": _("交卷"),
    }
    return render(request, "study/session_form.html", context)
