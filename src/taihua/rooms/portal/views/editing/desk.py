"""The desk of the portal."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.rooms.portal.access import articles as access
from taihua.rooms.portal.queries import editing as queries
from taihua.rooms.portal.queries.upkeep import faults_for

ROWS = 25


@admits(is_logged_in)
@require_safe
def desk(request: Request) -> HttpResponse:
    at = clock.now()
    published = Paginator(queries.published_for(request.user, at), ROWS)
    context = {
        "desk": queries.desk_of(request.user, at),
        "page": published.get_page(request.GET.get("page")),
        "faults": faults_for(request.user).filter(answered_at__isnull=True).count(),
        "may_draft": access.may_draft(request.user),
        "may_manage": access.may_manage_columns(request.user),
    }
    return render(request, "portal/editing/desk.html", context)
