"""Files of the report: asked for, being made, ready."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from taihua.base.access import admits
from taihua.kernel.documents.making import ask_for_file, show_making
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
        address = reverse("reports:file", args=[year, form])
        return ask_for_file(
            version, form, address, partial(tasks.make_file.enqueue, version.pk, form)
        )
    return show_making(request, version, form, "reports/file.html", {"year": year})
