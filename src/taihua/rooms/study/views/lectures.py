"""A lecture is recorded, answered, commented on and gathered; two lecturers change days."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.drafts.views import open_sheet
from taihua.kernel.org.access import is_logged_in, is_member
from taihua.kernel.org.http import Request, person_of
from taihua.rooms.study import access
from taihua.rooms.study.actions import lectures as actions
from taihua.rooms.study.actions import swaps as swap_actions
from taihua.rooms.study.actions.rotas import RotaRefused
from taihua.rooms.study.forms import turns as forms
from taihua.rooms.study.models import Swap
from taihua.rooms.study.queries import turns as queries
from taihua.rooms.study.views.turns import seen_turn


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def hold_turn(request: Request, pk: int) -> HttpResponse:
    found = seen_turn(request, pk)
    if not access.may_lecture(request.user, found):
        raise Http404
    form = forms.HoldForm(request.POST or None)
    if form.is_valid():
        try:
            actions.hold_turn(turn=found, at=clock.now(), by=request.user, **form.cleaned_data)
        except (actions.LectureRefused, RotaRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("《%(topic)s》已登记。") % {"topic": found.topic})
            return redirect("study:turn", pk)
    context = {
        "form": form,
        "turn": found,
        "title": _("登记授课，留下思考题"),
        "lede": _("听课的人在这里作答，主讲人读后批注。没有人答的题，下一次开头一起讨论。"),
        "act": _("登记授课"),
    }
    return render(request, "study/turn_form.html", context)


@admits(is_member)
@require_http_methods(["GET", "POST"])
def answer(request: Request, pk: int) -> HttpResponse:
    found, person = seen_turn(request, pk), person_of(request)
    before = queries.answers_of(found).filter(person=person)
    sheet = open_sheet(request, _("答《%(topic)s》的思考题") % {"topic": found.topic})
    form = forms.AnswersForm(
        request.POST or None,
        homework=queries.homework_of(found),
        before=before,
        initial=sheet.initial,
    )
    if form.is_valid():
        try:
            actions.answer_homework(
                turn=found,
                person=person,
                answers=form.answers,
                at=clock.now(),
                once=form.cleaned_data["once"],
            )
        except actions.LectureRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已交给%(name)s。") % {"name": found.lecturer})
            return redirect("study:turn", pk)
    context = {
        "form": form,
        "turn": found,
        "title": _("答思考题"),
        "lede": _("收齐以前可以再改；批注过的不能改。"),
        "act": _("交答卷"),
        "sheet": sheet,
    }
    return render(request, "study/answer.html", context)


@admits(is_member)
@require_http_methods(["GET", "POST"])
def answers(request: Request, pk: int) -> HttpResponse:
    """The lecturer reads what was answered, comments on each, and gathers them."""
    found = seen_turn(request, pk)
    if not access.may_comment(request.user, found):
        raise Http404
    said = list(queries.answers_of(found))
    opened = [
        (each, forms.CommentForm(prefix=f"a{each.pk}", initial={"comment": each.comment}))
        for each in said
    ]
    error = ""
    if request.method == "POST":
        try:
            return _read(request, found.pk, said)
        except actions.LectureRefused as refusal:
            error = str(refusal)
            opened = [
                (each, forms.CommentForm(request.POST, prefix=f"a{each.pk}")) for each in said
            ]
    context = {
        "turn": found,
        "opened": opened,
        "homework": queries.homework_of(found),
        "error": error,
    }
    return render(request, "study/answers.html", context)


def _read(request: Request, pk: int, said: list) -> HttpResponse:  # type: ignore[type-arg]
    """Keep every comment that was written; gather where that is asked."""
    for each in said:
        text = request.POST.get(f"a{each.pk}-comment", "").strip()
        if text and text != each.comment:
            actions.comment_on(answer=each, text=text, at=clock.now())
    if "gather" in request.POST:
        actions.gather_answers(turn=seen_turn(request, pk), at=clock.now(), by=request.user)
        messages.success(request, _("答卷已收齐。没有人答的题，下一次开头会列出来。"))
        return redirect("study:turn", pk)
    messages.success(request, _("批注已存下。"))
    return redirect("study:answers", pk)


@admits(is_member)
@require_http_methods(["GET", "POST"])
def ask_swap(request: Request, pk: int) -> HttpResponse:
    found, person = seen_turn(request, pk), person_of(request)
    if found.lecturer_id != person.pk:
        raise Http404
    others = queries.turns_to_swap_with(found, person)
    if not others.exists():
        messages.info(request, _("眼下没有别人要讲的可以换。讲不了的，请党办另请一位来讲。"))
        return redirect("study:turn", pk)
    form = forms.SwapForm(request.POST or None, turns=others)
    if form.is_valid():
        try:
            swap_actions.ask_swap(mine=found, person=person, at=clock.now(), **form.cleaned_data)
        except (swap_actions.SwapRefused, RotaRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已请对方答复，对方同意才换。"))
            return redirect("study:turn", pk)
    context = {
        "form": form,
        "turn": found,
        "title": _("和别人换日期"),
        "lede": _("换的是日期，各讲各的题目；对方同意才算。"),
        "act": _("请对方答复"),
    }
    return render(request, "study/turn_form.html", context)


@admits(is_member)
@require_http_methods(["GET", "POST"])
def answer_swap(request: Request, pk: int) -> HttpResponse:
    person = person_of(request)
    asked = Swap.objects.select_related("mine__lecturer", "theirs__rota", "asker")
    found = get_object_or_404(asked, pk=pk, asked=person)
    form = forms.ReplyForm(request.POST or None)
    if form.is_valid():
        try:
            swap_actions.answer_swap(
                swap=found,
                person=person,
                agree="agree" in request.POST,
                reply=form.cleaned_data["reply"],
                at=clock.now(),
                by=request.user,
            )
        except (swap_actions.SwapRefused, RotaRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已答复%(name)s。") % {"name": found.asker.name})
            return redirect("study:turn", found.theirs_id)
    return render(request, "study/answer_swap.html", {"form": form, "swap": found})
