"""Draft and final text for machines (机读文本): as Akoma Ntoso, on the web and as plain files alike."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from taihua.base import akn, clock
from taihua.base.access import admits, anyone
from taihua.kernel.org.http import Request
from taihua.rooms.portal.access import consultations as access
from taihua.rooms.portal.enums import Phase
from taihua.rooms.portal.models import Clause, Consultation, FinalClause
from taihua.rooms.portal.views.consultations.public import seen
from taihua.rooms.portal.views.feeds import NO_PAGE


@admits(anyone)
@require_safe
@NO_PAGE
def draft(request: Request, pk: int) -> HttpResponse:
    """The draft as it was sent out, for whoever may read it."""
    found = seen(request, pk)
    phase = found.phase(clock.today())
    hidden = phase == Phase.WITHDRAWN and not access.may_handle(request.user, found)
    if hidden or phase == Phase.DRAFT:
        raise Http404
    return _file(found, draft_of, "draft")


@admits(anyone)
@require_safe
@NO_PAGE
def final(request: Request, pk: int) -> HttpResponse:
    """The final text, once it is published."""
    found = seen(request, pk)
    if found.published_on is None:
        raise Http404
    return _file(found, final_of, "final")


def draft_of(found: Consultation) -> bytes:
    clauses = found.clauses.order_by("position")
    return akn.to_akn(_text(found, "bill", found.opens, clauses))


def final_of(found: Consultation) -> bytes:
    clauses = found.finals.order_by("position")
    return akn.to_akn(_text(found, "act", found.published_on or found.closes, clauses))


def _text(
    found: Consultation,
    kind: Literal["bill", "act"],
    day: date,
    clauses: Iterable[Clause] | Iterable[FinalClause],
) -> akn.Text:
    return akn.Text(
        kind=kind,
        title=found.title,
        number=f"consultation-{found.pk}",
        author=(found.host.name, found.host.code),
        known_since=found.opens,
        worded_on=day,
        clauses=[akn.Clause(each.number, each.heading, each.text) for each in clauses],
    )


def _file(
    found: Consultation, written: Callable[[Consultation], bytes], ending: str
) -> HttpResponse:
    given = HttpResponse(written(found), content_type=akn.MEDIA_TYPE)
    name = f"{found.title}-{ending}.xml"
    given.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=name
    )
    return given
