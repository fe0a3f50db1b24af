"""The steps of review, taking down and putting back, moving to another column."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.rooms.portal.actions import review as actions
from taihua.rooms.portal.actions.articles import ArticleRefused, move
from taihua.rooms.portal.forms.articles import MoveForm, StepForm
from taihua.rooms.portal.views.editing.articles import opened, shown


@admits(is_logged_in)
@require_POST
def hand_in(request: Request, pk: int) -> HttpResponse:
    return _step(request, pk, actions.hand_in, _("已送审，审核人的工作台上会看到。"))


@admits(is_logged_in)
@require_POST
def pass_on(request: Request, pk: int) -> HttpResponse:
    return _step(request, pk, actions.pass_on, _("已通过，交签发人。"))


@admits(is_logged_in)
@require_POST
def give_back(request: Request, pk: int) -> HttpResponse:
    return _step(request, pk, actions.give_back, _("已退回，拟稿人会看到原因。"), with_reason=True)


@admits(is_logged_in)
@require_POST
def issue(request: Request, pk: int) -> HttpResponse:
    return _step(request, pk, actions.issue, _("已签发。"), with_reason=True)


def _step(
    request: Request, pk: int, act: Callable[..., Any], said: str, *, with_reason: bool = False
) -> HttpResponse:
    article = opened(request, pk)
    form = StepForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data if with_reason else {"expected": form.cleaned_data["expected"]}
        try:
            act(article=article, by=request.user, at=clock.now(), **told)
        except ArticleRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect("portal:draft", pk)
    return shown(request, article, step_form=form, form=form)


@admits(is_logged_in)
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    article = opened(request, pk)
    reason = request.POST.get("reason", "")
    try:
        actions.withdraw(article=article, reason=reason, by=request.user, at=clock.now())
    except ArticleRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已撤下，别人看不到了；可以恢复。"))
    return redirect("portal:draft", pk)


@admits(is_logged_in)
@require_POST
def restore(request: Request, pk: int) -> HttpResponse:
    article = opened(request, pk)
    try:
        actions.restore(article=article, by=request.user, at=clock.now())
    except ArticleRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已恢复公开。"))
    return redirect("portal:draft", pk)


@admits(is_logged_in)
@require_POST
def change_place(request: Request, pk: int) -> HttpResponse:
    article = opened(request, pk)
    form = MoveForm(request.POST, prefix="move")
    if form.is_valid():
        try:
            move(article=article, by=request.user, **form.cleaned_data)
        except ArticleRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已换好。"))
            return redirect("portal:draft", pk)
    return shown(request, article, move_form=form, form=form)
