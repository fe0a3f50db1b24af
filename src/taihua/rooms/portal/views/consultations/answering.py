"""Officers look through opinions: by clause, joined where alike, set aside, answered."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.rooms.portal.actions import opinions as actions
from taihua.rooms.portal.actions.consultations import ConsultationRefused
from taihua.rooms.portal.forms.consultations import ADDED, AnswerForm, EnterForm, ReasonForm
from taihua.rooms.portal.models import Opinion
from taihua.rooms.portal.queries import consultations as queries
from taihua.rooms.portal.views.consultations.handling import handled
from taihua.rooms.portal.views.consultations.trying import tried
from taihua.rooms.portal.views.frame import form_page


@admits(is_logged_in)
@require_safe
def opinions(request: Request, pk: int) -> HttpResponse:
    """All opinions by clause, those that say nearly the same, and what was set aside."""
    found = handled(request, pk)
    rows = list(queries.opinions_of(found))
    return render(
        request,
        "portal/consultations/opinions.html",
        {
            "consultation": found,
            "opinions": rows,
            "suggestions": [] if found.published_on else queries.suggestions(rows),
            "set_aside": queries.set_aside_of(found),
            "unanswered": sum(queries.response_of(each) is None for each in rows),
            "phase": found.phase(clock.today()),
        },
    )


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def enter(request: Request, pk: int) -> HttpResponse:
    """Type in a letter or a call."""
    found = handled(request, pk)
    form = EnterForm(
        request.POST or None, consultation=found, initial={"received_on": clock.today()}
    )
    made = tried(
        form,
        lambda: actions.enter(
            consultation=found,
            said=actions.Said(**form.said),
            channel=form.cleaned_data["channel"],
            received_on=form.cleaned_data["received_on"],
            by=request.user,
            at=clock.now(),
        ),
    )
    if made:
        told = _("已录入，回执号 %(receipt)s，可以告诉来信来电的人。") % {"receipt": made.receipt}
        messages.success(request, told)
        return redirect("portal:opinions", pk)
    return form_page(request, "enter", _("录入来信来电"), form, consultation=found)


@admits(is_logged_in)
@require_POST
def join(request: Request, pk: int) -> HttpResponse:
    """Put the ticked opinions together."""
    found = handled(request, pk)
    keys = [int(key) for key in request.POST.getlist("opinion") if key.isdigit()]
    ticked = list(queries.opinions_of(found).filter(pk__in=keys))
    return _done(
        request,
        pk,
        lambda: actions.join(
            consultation=found,
            opinions=ticked,
            title=request.POST.get("title", ""),
            by=request.user,
        ),
        _("已合并，答复一次就行；随时可以拆开。"),
    )


@admits(is_logged_in)
@require_POST
def split(request: Request, pk: int) -> HttpResponse:
    found = _opinion(request, pk)
    act = lambda: actions.split(opinion=found, by=request.user)  # noqa: E731
    return _done(request, found.consultation_id, act, _("已拆开。"))


@admits(is_logged_in)
@require_POST
def restore(request: Request, pk: int) -> HttpResponse:
    """Take back in what was set aside."""
    found = _opinion(request, pk)
    act = lambda: actions.take_back_in(opinion=found, by=request.user)  # noqa: E731
    return _done(request, found.consultation_id, act, _("已恢复成意见。"))


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def set_aside(request: Request, pk: int) -> HttpResponse:
    """Say why something is no opinion."""
    found = _opinion(request, pk)
    form = ReasonForm(request.POST or None)
    if tried(
        form,
        lambda: actions.set_aside(
            opinion=found, reason=form.cleaned_data["reason"], by=request.user
        ),
    ):
        messages.success(request, _("已收起，随时可以恢复。"))
        return redirect("portal:opinions", found.consultation_id)
    more = {"opinion": found, "consultation": found.consultation}
    return form_page(request, "set_aside", _("不算意见"), form, **more)


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def answer(request: Request, pk: int) -> HttpResponse:
    """Say what became of an opinion, alone or with its group."""
    found = _opinion(request, pk)
    given = queries.response_of(found)
    form = AnswerForm(
        request.POST or None,
        clauses=found.consultation.clauses.order_by("position"),
        grouped=found.group_id is not None,
        initial={
            "adoption": given.adoption,
            "reason": given.reason,
            "changed": ADDED if given.adds else given.changed_id,
        }
        if given
        else {"changed": found.clause_id},
    )
    if tried(
        form,
        lambda: actions.answer(
            opinion=found,
            answer=actions.Answer(**form.answer),
            by=request.user,
            at=clock.now(),
            whole_group=form.cleaned_data.get("whole_group", False),
        ),
    ):
        messages.success(request, _("已答复。公布以前还可以改。"))
        return redirect(f"{reverse('portal:opinions', args=[found.consultation_id])}#o{pk}")
    more = {
        "opinion": found,
        "consultation": found.consultation,
        "together": found.group.opinions.exclude(pk=pk) if found.group else [],
    }
    return form_page(request, "answer", _("答复意见"), form, **more)


def _opinion(request: Request, pk: int) -> Opinion:
    """The opinion, for those who keep its host's ledgers.

    :raises Http404: there is none, or none for them
    """
    found = get_object_or_404(
        Opinion.objects.select_related("consultation__host", "clause", "group", "response"), pk=pk
    )
    handled(request, found.consultation_id)
    return found


def _done(request: Request, pk: int, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except ConsultationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("portal:opinions", pk)
