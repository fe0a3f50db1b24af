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
from taihua.rooms.portal.actions.bringing_in import bring_in, brought_by, keep_brought, preview
from taihua.rooms.portal.actions.reading_in import read_upload
from taihua.rooms.portal.forms.bringing_in import BringForm
from taihua.rooms.portal.models import BroughtFile


@admits(may_manage_columns)
@require_http_methods(["GET", "POST"])
def bring(request: Request) -> HttpResponse:
    """Preview an upload and keep it; with the button 带入 it is taken in, all of it or nothing."""
    form = BringForm(request.POST or None, request.FILES or None)
    found = kept = None
    if form.is_valid():
        told, at = form.cleaned_data, clock.now()
        kept = _kept(request, form)
        try:
            if kept is not None:
                old = read_upload(kept.name, bytes(kept.content))
                found = preview(old, told["column"], at)
            if found and kept and "take" in request.POST:
                made = bring_in(found=found, unit=told["unit"], by=request.user, at=at)
                kept.delete()
                messages.success(
                    request,
                    _("带入 %(new)d 篇，原来就有的 %(there)d 篇没有动。")
                    % {"new": len(made), "there": len(found.there)},
                )
                return redirect("portal:desk")
        except ArticleRefused as refusal:
            form.add_error("file", str(refusal))
            if found is None and kept is not None:  # it cannot be read: nothing to come back for
                kept.delete()
                kept = None
    context = {"form": form, "found": found, "kept": kept}
    return render(request, "portal/editing/bring.html", context)


def _kept(request: Request, form: BringForm) -> BroughtFile | None:
    """The file that was chosen now, else the one that was looked at before."""
    sent = form.cleaned_data["file"]
    if sent:
        kept = keep_brought(name=sent.name, content=sent.read(), by=request.user, at=clock.now())
        form.data = {**form.data.dict(), "kept": str(kept.pk)}  # type: ignore[attr-defined]
        return kept
    found = brought_by(request.user, form.cleaned_data["kept"])
    if found is None:
        form.add_error("file", _("先前传的文件已经不在了，请再选一次。"))
    return found
