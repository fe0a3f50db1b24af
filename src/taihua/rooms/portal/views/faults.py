"""Readers tell what is wrong on a public page, and look up what became of it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from taihua.base import clock
from taihua.base.access import admits, anyone
from taihua.kernel.org.http import Request
from taihua.rooms.portal.actions import upkeep as actions
from taihua.rooms.portal.actions.opinions import Sender
from taihua.rooms.portal.forms.upkeep import FaultForm
from taihua.rooms.portal.models import Article, PageFault
from taihua.rooms.portal.queries.public import article_to_read
from taihua.rooms.portal.views.consultations.public import address_of
from taihua.rooms.portal.views.frame import site_values


@admits(anyone)
@never_cache
@require_http_methods(["GET", "POST"])
def tell(request: Request) -> HttpResponse:
    """Say what is wrong on the page from which one came."""
    path = request.GET.get("page", "")
    article = _article_at(path)
    form = FaultForm(request.POST or None, now=clock.by_the_wall())
    if form.is_valid():
        told = form.cleaned_data
        try:
            fault = actions.tell_fault(
                wrong=actions.Wrong(
                    path=path, text=told["text"], contact=told["contact"], article=article
                ),
                sender=Sender(address=address_of(request), once=told["once"]),
                at=clock.now(),
            )
        except actions.FaultRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("portal:fault", fault.receipt)
    values = {**site_values(), "form": form, "page_path": path, "article": article}
    return render(request, "portal/public/tell_fault.html", values)


@admits(anyone)
@never_cache
@require_safe
def fault(request: Request, receipt: str) -> HttpResponse:
    """What the reader keeps; the answer stands here as soon as there is one."""
    found = get_object_or_404(PageFault.objects.select_related("article__live"), receipt=receipt)
    return render(request, "portal/public/fault.html", {**site_values(), "fault": found})


def _article_at(path: str) -> Article | None:
    """The public article behind the path of a page; none where another page of the site is.

    :raises Http404: it is no page of the public site
    """
    try:
        match = resolve(path)
    except Resolver404:
        raise Http404 from None
    if match.namespace != "portal":
        raise Http404
    if match.url_name != "article":
        return None
    article = article_to_read(match.kwargs["pk"], clock.now())
    if article is None:
        raise Http404
    return article
