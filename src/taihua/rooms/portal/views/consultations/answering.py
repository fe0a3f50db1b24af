"""Officers look through opinions: by clause, joined where alike, set aside, answered."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
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

A_PAGE, FAMILIES = 50, 10
FIRST = 3  # families that stand above the list of all
ALIKE = "alike"
LONGEST_KEY = 18  # digits that a key may have
SHOWN = {
    "": queries.opinions_of,
    "open": queries.unanswered_of,
    "aside": queries.set_aside_of,
}


@admits(is_logged_in)
@require_safe
def opinions(request: Request, pk: int) -> HttpResponse:
    """Opinions by clause, a page at a time, and above them those that say nearly the same."""
    found, show = handled(request, pk), _shown(request)
    families = [] if found.published_on else queries.families_of(found)
    if show == ALIKE:
        page: Page[Any] = Paginator(families, FAMILIES).get_page(request.GET.get("page"))
        rows, first = [], list(page)
    else:
        page = Paginator(SHOWN[show](found), A_PAGE).get_page(request.GET.get("page"))
        rows, first = list(page), [] if show or page.number > 1 else families[:FIRST]
    return render(
        request,
        "portal/consultations/opinions.html",
        {
            "consultation": found,
            "show": show,
            "page_obj": page,
            "opinions": rows,
            "suggestions": queries.alike(first),
            "families": len(families),
            "counted": queries.opinions_of(found).count(),
            "unanswered": queries.unanswered_of(found).count(),
            "aside": queries.set_aside_of(found).count(),
            "phase": found.phase(clock.today()),
        },
    )


def _shown(request: Request) -> str:
    """Which opinions were asked for; all, where that says nothing."""
    show = request.GET.get("show", "")
    return show if show in {*SHOWN, ALIKE} else ""


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
    """Put the ticked opinions together, or those that were suggested."""
    found = handled(request, pk)
    typed = [*request.POST.getlist("opinion"), *request.POST.get("together", "").split()]
    keys = [int(key) for key in typed if key.isdecimal() and len(key) <= LONGEST_KEY]
    chosen = list(queries.opinions_of(found).filter(pk__in=keys))
    ticked = request.POST.getlist("opinion") and chosen
    return _done(
        request,
        _back(chosen[0]) if ticked else reverse("portal:opinions", args=[pk]),
        lambda: actions.join(
            consultation=found,
            opinions=chosen,
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
    return _done(request, _back(found), act, _("已拆开。"))


@admits(is_logged_in)
@require_POST
def restore(request: Request, pk: int) -> HttpResponse:
    """Take back in what was set aside."""
    found = _opinion(request, pk)
    act = lambda: actions.take_back_in(opinion=found, by=request.user)  # noqa: E731
    aside = f"{reverse('portal:opinions', args=[found.consultation_id])}?show=aside"
    return _done(request, aside, act, _("已恢复成意见。"))


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def set_aside(request: Request, pk: int) -> HttpResponse:
    """Say why something is no opinion."""
    found = _opinion(request, pk)
    form, back = ReasonForm(request.POST or None), _back(found, _shown(request))
    if tried(
        form,
        lambda: actions.set_aside(
            opinion=found, reason=form.cleaned_data["reason"], by=request.user
        ),
    ):
        messages.success(request, _("已收起，随时可以恢复。"))
        return redirect(back)
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
        is_read = found.consultation.withdrawn_on is not None
        told = _("已答复，凭回执号看得到。") if is_read else _("已答复。公布以前还可以改。")
        messages.success(request, told)
        return redirect(_back(found, _shown(request)))
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


def _back(opinion: Opinion, show: str = "") -> str:
    """The page on which an opinion stands; with ``show`` the list from which one is working."""
    way = reverse("portal:opinions", args=[opinion.consultation_id])
    if show:
        return f"{way}?show={show}"
    page = queries.place_of(opinion) // A_PAGE + 1
    return f"{way}{f'?page={page}' if page > 1 else ''}#o{opinion.pk}"


def _done(request: Request, back: str, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except ConsultationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(back)
