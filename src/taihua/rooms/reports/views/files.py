"""Files of the report: asked for, being made, ready."""

from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.documents.models import DocumentFile, Version
from taihua.kernel.documents.queries import files_of
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.rooms.reports import access, tasks
from taihua.rooms.reports.queries.files import Form
from taihua.rooms.reports.queries.report import version_of


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def make(request: Request, year: int, form: str) -> HttpResponse:
    """Ask for a file (POST), or see whether it is ready (GET)."""
    version = version_of(year)
    if version is None or form not in set(Form):
        raise Http404
    if not access.may_read_report(request.user, version):
        raise PermissionDenied
    if request.method == "POST":
        return _ask(version, form)
    asked = request.GET.get("asked", "")
    context = {
        "year": year,
        "form": form,
        "asked": asked,
        "file": _ready(version, form, asked),
        "title": version.document.title,
    }
    template = (
        "reports/file.html#progress" if request.headers.get("HX-Request") else "reports/file.html"
    )
    status = HTTPStatus.OK if context["file"] else HTTPStatus.ACCEPTED
    return render(request, template, context, status=status)


def _ask(version: Version, form: str) -> HttpResponse:
    asked = clock.now().isoformat()
    if not (version.is_issued and files_of(version).filter(form=form).exists()):
        tasks.make_file.enqueue(version.pk, form, asked)
    address = reverse("reports:file", args=[version.document.year, form])
    return redirect(f"{address}?{urlencode({'asked': asked})}")


def _ready(version: Version, form: str, asked: str) -> DocumentFile | None:
    """The file; of a draft only one made since it was asked for."""
    found = files_of(version).filter(form=form)
    if not version.is_issued and asked:
        try:
            found = found.filter(made_at__gte=datetime.fromisoformat(asked))
        except ValueError:
            raise Http404 from None
    return found.first()
