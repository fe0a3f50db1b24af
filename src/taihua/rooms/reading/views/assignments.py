"""定书、限时: set a book, see plan against done, hand in, ask for another book."""

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
from taihua.rooms.reading import access, forms
from taihua.rooms.reading.actions import assignments as actions
from taihua.rooms.reading.actions import checks
from taihua.rooms.reading.enums import CheckKind
from taihua.rooms.reading.models import Assignment
from taihua.rooms.reading.queries import duties, readers, reviews
from taihua.rooms.reading.queries.duties import Duty
from taihua.rooms.reading.queries.notes import notes_of


@admits(is_logged_in)
@require_GET
def assignments(request: Request) -> HttpResponse:
    today = clock.today()
    seen = reviews.with_counts(readers.assignments_seen_by(request.user, today))
    page = Paginator(seen, 25).get_page(request.GET.get("page"))
    return render(
        request,
        "reading/assignments.html",
        {
            "page_obj": page,
            "may_set_books": access.may_set_books(request.user),
            "may_see_progress": access.may_see_progress(request.user),
        },
    )


@admits(access.may_set_books)
@require_http_methods(["GET", "POST"])
def set_book(request: Request) -> HttpResponse:
    today = clock.today()
    form = forms.AssignmentForm(
        request.POST or None,
        on=today,
        initial={
            "set_date": today,
            "check_kind": CheckKind.ANSWERS,
            "book": request.GET.get("book"),
        },
    )
    groups = forms.GroupFormSet(request.POST or None, prefix="groups", form_kwargs={"on": today})
    if form.is_valid() and groups.is_valid():
        setting = actions.Setting(
            groups=[each.group for each in groups if each.group], **form.cleaned_data
        )
        try:
            made = actions.set_book(setting=setting, at=clock.now(), by=request.user)
        except actions.AssignmentRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("《%(title)s》已布置。") % {"title": made.book.title})
            return redirect("reading:assignment", made.pk)
    return render(request, "reading/set_book.html", {"form": form, "groups": groups})


@admits(is_logged_in)
@require_GET
def assignment(request: Request, pk: int) -> HttpResponse:
    today, reader = clock.today(), request.user.person
    found = _seen(request, pk)
    context = {
        "assignment": found,
        "groups": found.groups.select_related("unit").order_by("-binding", "pk"),
        "questions": found.questions.order_by("position"),
        "reviewers": found.reviewers.order_by("name", "pk"),
        "today": today,
    }
    if reader is not None:
        context["duty"] = duties.duty_of(reader, found, today)
        context["attempts"] = duties.handed_in(found, reader)
    if access.may_see_progress(request.user):
        context["progress"] = progress = duties.progress_by_unit(found, request.user, today)
        wanted = request.GET.get("unit")
        context["opened"] = next((row for row in progress if str(row.unit.pk) == wanted), None)
    return render(request, "reading/assignment.html", context)


@admits(is_member)
@require_http_methods(["GET", "POST"])
def check(request: Request, pk: int) -> HttpResponse:
    """Hand in what shows that the book was understood; a draft is kept by its own button."""
    found = _seen(request, pk)
    duty = duties.duty_of(person_of(request), found, clock.today())
    if duty is None:
        raise Http404
    if not duty.standing.is_readers_turn:
        return redirect("reading:assignment", pk)
    if found.check_kind == CheckKind.NOTE:
        return _check_by_note(request, duty)
    return _check_by_answers(request, duty)


def _check_by_answers(request: Request, duty: Duty) -> HttpResponse:
    draft = next((attempt for attempt in duty.attempts if attempt.is_draft), None)
    form = forms.AnswersForm(request.POST or None, assignment=duty.assignment, draft=draft)
    if form.is_valid():
        act = checks.save_draft if form.keep else checks.hand_in_answers
        try:
            act(
                reader=duty.person,
                assignment=duty.assignment,
                answers=form.answers,
                at=clock.now(),
            )
        except checks.CheckRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("草稿已存下。") if form.keep else _("已提交，等待审阅。"))
            return redirect(
                "reading:check" if form.keep else "reading:assignment", duty.assignment.pk
            )
    return render(request, "reading/check.html", {"form": form, "duty": duty})


def _check_by_note(request: Request, duty: Duty) -> HttpResponse:
    form = forms.NoteChoiceForm(request.POST or None, writer=duty.person)
    if form.is_valid():
        try:
            checks.hand_in_note(
                reader=duty.person,
                assignment=duty.assignment,
                note=form.cleaned_data["note"],
                at=clock.now(),
            )
        except checks.CheckRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已提交，等待审阅。"))
            return redirect("reading:assignment", duty.assignment.pk)
    return render(
        request,
        "reading/check_by_note.html",
        {"form": form, "duty": duty, "has_notes": notes_of(duty.person).exists()},
    )


@admits(is_member)
@require_http_methods(["GET", "POST"])
def ask_substitute(request: Request, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    form = forms.SubstituteForm(request.POST or None)
    if form.is_valid():
        try:
            actions.ask_substitute(
                reader=person_of(request), assignment=found, at=clock.now(), **form.cleaned_data
            )
        except actions.ReadingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("申请已交给党办。"))
            return redirect("reading:assignment", pk)
    return render(request, "reading/ask_substitute.html", {"form": form, "assignment": found})


@admits(is_logged_in)
@require_GET
def substitutes(request: Request) -> HttpResponse:
    page = Paginator(reviews.substitutes_seen_by(request.user), 25).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "reading/substitutes.html",
        {"page_obj": page, "may_decide": access.may_set_books(request.user)},
    )


@admits(access.may_set_books)
@require_http_methods(["GET", "POST"])
def decide_substitute(request: Request, pk: int) -> HttpResponse:
    asked = get_object_or_404(reviews.substitutes_seen_by(request.user), pk=pk)
    form = forms.DecisionForm(request.POST or None)
    if form.is_valid():
        try:
            actions.decide_substitute(
                substitute=asked,
                approve="approve" in request.POST,
                reply=form.cleaned_data["reply"],
                at=clock.now(),
                by=request.user,
            )
        except actions.ReadingRefused as refusal:
            form.add_error("reply", str(refusal))
        else:
            messages.success(request, _("已答复%(name)s。") % {"name": asked.reader.name})
            return redirect("reading:substitutes")
    return render(request, "reading/decide_substitute.html", {"form": form, "asked": asked})


def _seen(request: Request, pk: int) -> Assignment:
    return get_object_or_404(readers.assignments_seen_by(request.user, clock.today()), pk=pk)
