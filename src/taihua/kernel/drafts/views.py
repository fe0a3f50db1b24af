"""Keeping a draft, with a script or by its button; one's own drafts; throwing one away."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.drafts import actions, queries
from taihua.kernel.drafts.forms import LONGEST_LABEL, handed_back, typed_in
from taihua.kernel.drafts.queries import Sheet
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request


def open_sheet(request: Request, label: str, *, anew: bool = False) -> Sheet:
    """The form at this address with its draft: for the view of any form that keeps drafts.

    Give the form ``sheet.initial`` to begin with and the template ``sheet``; see ``page/keep.html``.
    ``anew`` says that the address asks for something else than the last draft.
    """
    label = label[:LONGEST_LABEL]  # a long title in it must not cost the draft
    if request.method == "POST":
        return Sheet(place=request.path, label=label, **handed_back(request.POST))
    asked = request.GET.get("draft", "")
    return queries.opened(request.user, request.path, label, asked, anew=anew)


def keep_typed(request: Request) -> bool:
    """Keep what was typed into a form that could not be taken, as its own button would; whether it is.

    For where a page alone would hold it: somebody else was faster, and there is much to read first.
    """
    typed = typed_in(request.POST)
    if typed is None:
        return False
    try:
        actions.keep(owner=request.user, typed=typed, at=clock.now())
    except actions.DraftRefused as refusal:
        messages.error(request, str(refusal))
        return False
    return True


@admits(is_logged_in)
@require_POST
def keep(request: Request) -> HttpResponse:
    """Keep what is typed; a script is answered in short, a button with the form again."""
    typed = typed_in(request.POST)
    if typed is None:
        return HttpResponse(status=400)
    try:
        kept = actions.keep(owner=request.user, typed=typed, at=clock.now())
    except actions.DraftRefused as refusal:
        return _refused(request, typed.place, str(refusal))
    if request.headers.get("X-Draft"):
        answer = {
            "line": kept.draft.line,
            "number": kept.draft.number,
            "said": _said(kept),
        }
        return JsonResponse(answer, status=409 if kept.aside else 200)
    (messages.warning if kept.aside else messages.success)(request, _said(kept))
    return redirect(f"{typed.place}?draft={kept.draft.line}")


def _refused(request: Request, place: str, why: str) -> HttpResponse:
    if request.headers.get("X-Draft"):
        return JsonResponse({"said": why}, status=422)
    messages.error(request, why)
    return redirect(place)


def _said(kept: actions.Kept) -> str:
    at = f"{kept.draft.saved_at.astimezone(clock.ZONE):%H:%M}"
    if kept.aside:
        return _("这份草稿刚在别处存过。您这里写的另存成一份（%(at)s），两份都在。") % {"at": at}
    return _("草稿存于 %(at)s，只有您自己看得到。") % {"at": at}


@admits(is_logged_in)
@require_GET
def drafts(request: Request) -> HttpResponse:
    """What one has not handed in, wherever it was written."""
    return render(request, "drafts/drafts.html", {"drafts": queries.drafts_of(request.user)})


@admits(is_logged_in)
@require_POST
def throw_away(request: Request, pk: int) -> HttpResponse:
    draft = get_object_or_404(queries.drafts_of(request.user), pk=pk)
    actions.throw_away(draft=draft)
    messages.success(request, _("这份草稿已经丢开。"))
    return redirect(draft.place if "back" in request.POST else "drafts:drafts")
