"""Bringing old articles in: looked at first, then taken whole."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.http import Request
from taihua.rooms.portal.access.articles import may_manage_columns
from taihua.rooms.portal.actions.articles import ArticleRefused
from taihua.rooms.portal.actions.bringing_in import bring_in, preview
from taihua.rooms.portal.actions.reading_in import read_upload
from taihua.rooms.portal.forms.bringing_in import BringForm


@admits(may_manage_columns)
@require_http_methods(["GET", "POST"])
def bring(request: Request) -> HttpResponse:
    """Preview an upload; with the button 带入 the same file is taken in, all of it or nothing."""
    form = BringForm(request.POST or None, request.FILES or None)
    found = None
    if form.is_valid():
        told, at = form.cleaned_data, clock.now()
        try:
            found = preview(read_upload(told["file"].name, told["file"].read()), told["column"], at)
            if "take" in request.POST:
                made = bring_in(found=found, unit=told["unit"], by=request.user, at=at)
                messages.success(
                    request,
                    _("带入 %(new)d 篇，原来就有的 %(there)d 篇没有动。")
                    % {"new": len(made), "there": len(found.there)},
                )
                return redirect("portal:desk")
        except ArticleRefused as refusal:
            form.add_error("file", str(refusal))
    return render(request, "portal/editing/bring.html", {"form": form, "found": found})
