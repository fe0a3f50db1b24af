"""What editors look after: faults told by readers, links that lead nowhere, pages nobody touched."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.http import Request
from taihua.rooms.portal.access.articles import may_draft
from taihua.rooms.portal.actions import upkeep as actions
from taihua.rooms.portal.actions.articles import ArticleRefused
from taihua.rooms.portal.forms.upkeep import AnswerFaultForm
from taihua.rooms.portal.queries import upkeep as queries
from taihua.rooms.portal.views.editing.articles import opened

ROWS, ANSWERED, BROKEN = 25, 10, 100


@admits(may_draft)
@require_safe
def upkeep(request: Request) -> HttpResponse:
    at, who = clock.now(), request.user
    faults = queries.faults_for(who)
    broken = queries.broken_for(who, at)
    context = {
        "waiting": faults.filter(answered_at__isnull=True)[:BROKEN],
        "answered": faults.filter(answered_at__isnull=False)[:ANSWERED],
        "broken": broken[:BROKEN],
        "broken_count": broken.count(),
        "round": queries.last_round(),
        "page": Paginator(queries.stale_for(who, at), ROWS).get_page(request.GET.get("page")),
    }
    return render(request, "portal/editing/upkeep.html", context)


@admits(may_draft)
@require_http_methods(["GET", "POST"])
def answer_fault(request: Request, pk: int) -> HttpResponse:
    """Say what became of what a reader told."""
    fault = get_object_or_404(queries.faults_for(request.user), pk=pk)
    form = AnswerFaultForm(request.POST or None, initial={"answer": fault.answer})
    if form.is_valid():
        try:
            actions.answer_fault(
                fault=fault, answer=form.cleaned_data["answer"], by=request.user, at=clock.now()
            )
        except actions.FaultRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已答复。"))
            return redirect("portal:upkeep")
    return render(request, "portal/editing/answer_fault.html", {"fault": fault, "form": form})


@admits(may_draft)
@require_POST
def still_right(request: Request, pk: int) -> HttpResponse:
    """Looked at, and still right: it counts as touched today."""
    article = opened(request, pk)
    try:
        actions.still_right(article=article, by=request.user, at=clock.now())
    except ArticleRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已记下：看过，还对。"))
    return redirect("portal:upkeep")
