"""The house's documents: what is issued, one of them, its files."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from taihua.base.access import admits
from taihua.kernel.documents import access, queries
from taihua.kernel.documents.models import Document, DocumentFile
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request

ROWS = 25


@admits(is_logged_in)
@require_safe
def issued(request: Request) -> HttpResponse:
    page = Paginator(queries.issued(), ROWS).get_page(request.GET.get("page"))
    return render(request, "documents/issued.html", {"page": page})


@admits(is_logged_in)
@require_safe
def document(request: Request, pk: int) -> HttpResponse:
    thing = get_object_or_404(Document.objects.select_related("unit"), pk=pk)
    version = queries.newest(thing)
    if not access.may_read(request.user, version):
        raise PermissionDenied
    return render(
        request,
        "documents/document.html",
        {
            "document": thing,
            "version": version,
            "versions": queries.versions_of(thing).defer("body", "provenance"),
            "files": queries.files_of(version),
        },
    )


@admits(is_logged_in)
@require_safe
def file(request: Request, pk: int) -> HttpResponse:
    thing = get_object_or_404(DocumentFile.objects.select_related("version"), pk=pk)
    if not access.may_read(request.user, thing.version):
        raise PermissionDenied
    return HttpResponse(
        bytes(thing.content),
        content_type=thing.media_type,
        headers={
            "Content-Disposition": content_disposition_header(
                as_attachment=True, filename=thing.name
            ),
            "ETag": f'"{thing.digest}"',
        },
    )
