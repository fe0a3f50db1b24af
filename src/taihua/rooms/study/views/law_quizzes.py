"""Quizzes: set, see who passed, take a paper, see how it went."""

from secrets import randbelow

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_logged_in, is_member
from taihua.kernel.org.http import Request, person_of
from taihua.rooms.study import access
from taihua.rooms.study.actions import law_quizzes as actions
from taihua.rooms.study.actions.law_quizzes import QuizRefused, Setting
from taihua.rooms.study.forms.law_quizzes import GroupFormSet, PaperForm, QuizForm, WithdrawForm
from taihua.rooms.study.models import LawVersion, Paper, Quiz
from taihua.rooms.study.queries import law_quizzes as queries

USUAL = {"single": 12, "several": 3, "truth": 6, "fill": 4, "pass_percent": 80}
USUAL_DELTA = {"single": 0, "several": 0, "truth": 0, "fill": 0, "pass_percent": 80}
SEEDS = 2**31


@admits(is_logged_in)
@require_GET
def quizzes(request: Request) -> HttpResponse:
    seen = queries.quizzes_seen_by(request.user, clock.today())
    return render(
        request,
        "study/law_quizzes.html",
        {
            "page_obj": Paginator(seen, 25).get_page(request.GET.get("page")),
            "may_keep": access.may_keep_bank(request.user),
            "may_read": access.may_read_bank(request.user),
        },
    )


@admits(access.may_keep_bank)
@require_http_methods(["GET", "POST"])
def set_quiz(request: Request) -> HttpResponse:
    """Set a quiz; with ``?version=`` one that asks only what that version changed."""
    today, version = clock.today(), _version(request)
    usual = (
        USUAL_DELTA | {"title": _("《%(law)s》修改条文测验") % {"law": version.law}}
        if version
        else USUAL
    )
    form = QuizForm(
        request.POST or None,
        on=today,
        laws=[version.law] if version else [],
        initial={
            **usual,
            "set_date": today,
            "laws": [version.law_id] if version else request.GET.getlist("law"),
        },
    )
    groups = GroupFormSet(request.POST or None, prefix="groups", form_kwargs={"on": today})
    if form.is_valid() and groups.is_valid():
        setting = Setting(
            groups=[each.group for each in groups if each.group],
            version=version,
            **form.setting,
        )
        try:
            made = actions.set_quiz(setting=setting, at=clock.now())
        except QuizRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(quiz)s”已布置。") % {"quiz": made.title})
            return redirect("study:law-quiz", made.pk)
    return render(
        request, "study/set_law_quiz.html", {"form": form, "groups": groups, "version": version}
    )


def _version(request: Request) -> LawVersion | None:
    wanted = request.GET.get("version", "")
    if not wanted:
        return None
    known = LawVersion.objects.select_related("law")
    return get_object_or_404(known, pk=int(wanted) if wanted.isdecimal() else 0)


@admits(is_logged_in)
@require_GET
def quiz(request: Request, pk: int) -> HttpResponse:
    """A quiz: my papers of it; for those who oversee, who of their units passed."""
    found, today, person = _seen(request, pk), clock.today(), request.user.person
    context = {
        "quiz": found,
        "laws": found.laws.order_by("kind", "pk"),
        "groups": found.groups.select_related("unit").order_by("pk"),
        "count": sum(part.count for part in found.parts.all()),
        "task": queries.task_of(person, found, today) if person else None,
        "papers": queries.papers_of(person).filter(quiz=found).order_by("-number")
        if person
        else [],
        "may_keep": access.may_keep_bank(request.user),
    }
    if access.may_see_quizzes(request.user):
        context["results"] = rows = queries.results_by_unit(found, request.user, today)
        wanted = request.GET.get("unit")
        context["opened"] = next((row for row in rows if str(row.unit.pk) == wanted), None)
    return render(request, "study/law_quiz.html", context)


@admits(is_member)
@require_POST
def open_paper(request: Request, pk: int) -> HttpResponse:
    """Draw a paper, or come back to the one begun; who is asked to take a quiz also sees it."""
    found = get_object_or_404(Quiz, pk=pk)
    try:
        paper = actions.open_paper(
            taker=person_of(request), quiz=found, seed=randbelow(SEEDS), at=clock.now()
        )
    except QuizRefused as refusal:
        _seen(request, pk)  # nobody else is told that there is one
        messages.error(request, str(refusal))
        return redirect("study:law-quiz", pk)
    return redirect("study:law-paper", paper.pk)


@admits(access.may_keep_bank)
@require_http_methods(["GET", "POST"])
def withdraw(request: Request, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            actions.withdraw_quiz(quiz=found, reason=form.cleaned_data["reason"], at=clock.now())
        except QuizRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(quiz)s”已撤回。") % {"quiz": found.title})
            return redirect("study:law-quiz", pk)
    return render(request, "study/withdraw_law_quiz.html", {"form": form, "quiz": found})


@admits(is_member)
@require_http_methods(["GET", "POST"])
def paper(request: Request, pk: int) -> HttpResponse:
    """Take a paper; once it is handed in, what was right and which article says so."""
    found = get_object_or_404(queries.papers_of(person_of(request)), pk=pk)
    if not found.is_open:
        context = {"paper": found, "answers": list(queries.marks_of(found)), "quiz": found.quiz}
        return render(request, "study/law_paper_marked.html", context)
    answers = list(queries.answers_of(found))
    form = PaperForm(request.POST or None, paper=found, answers=answers)
    if form.is_valid():
        return _answered(request, found, form)
    return _asked(request, found, form)


def _answered(request: Request, paper: Paper, form: PaperForm) -> HttpResponse:
    try:
        if form.keep:
            actions.save_draft(paper=paper, replies=form.replies)
            messages.success(request, _("草稿已存下。"))
        else:
            actions.hand_in(paper=paper, replies=form.replies, at=clock.now())
    except QuizRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("study:law-paper", paper.pk)


def _asked(request: Request, paper: Paper, form: PaperForm) -> HttpResponse:
    context = {"paper": paper, "quiz": paper.quiz, "form": form, "sections": form.sections}
    return render(request, "study/law_paper.html", context)


def _seen(request: Request, pk: int) -> Quiz:
    return get_object_or_404(queries.quizzes_seen_by(request.user, clock.today()), pk=pk)
