"""All figures; one figure with its basis, query and records; one record."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel import house
from taihua.kernel.measures.behind import Behind
from taihua.kernel.measures.logic import Standing, ran, span
from taihua.kernel.measures.queries import values
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.kernel.records.queries import history_of
from taihua.rooms.reports.queries import figures as queries
from taihua.rooms.reports.queries.report import version_of
from taihua.rooms.reports.views.asked import asked_moment, asked_year, offered_years

ROWS = 25


@admits(is_logged_in)
@require_safe
def index(request: Request) -> HttpResponse:
    year = asked_year(request, clock.today())
    counted = queries.numbers(year, clock.today())
    rows = [(figure, counted[code]) for code, figure in house.figures().items()]
    return render(
        request,
        "reports/figures.html",
        {"rows": rows, "year": year, "years": offered_years(clock.today())},
    )


@admits(is_logged_in)
@require_safe
def figure(request: Request, code: str) -> HttpResponse:
    thing = queries.figure_of(code)
    if thing is None:
        raise Http404
    year, known = asked_year(request, clock.today()), asked_moment(request)
    unit = queries.unit_asked(request.user, request.GET.get("unit", ""))
    asked = queries.year_asked(year, clock.today(), known, unit)
    number = values([thing], asked)[code]
    behind = Behind(
        thing, asked, lambda rows: queries.visible_to(request.user, rows, clock.today())
    )
    issued = version_of(year)
    context = {
        "figure": thing,
        "rule": thing.expression.rule if isinstance(thing.expression, Standing) else "",
        "value": number,
        "query": ran(number.provenance.sql, number.provenance.params),
        "span": span(thing.expression, asked.first, asked.last),
        "page": Paginator(behind, ROWS).get_page(request.GET.get("page")),
        "hidden": number.provenance.statements > 0 and not behind,
        "year": year,
        "years": offered_years(clock.today()),
        "known": known,
        "unit": unit,
        "issued": issued if issued and issued.is_issued else None,
        "snapshot": issued.provenance.get(code) if issued and issued.is_issued else None,
    }
    return render(request, "reports/figure.html", context)


@admits(is_logged_in)
@require_safe
def record(request: Request, uuid: UUID) -> HttpResponse:
    thing = queries.record_of(request.user, uuid, clock.today())
    if thing is None:
        raise Http404
    return render(request, "reports/record.html", {"record": thing, "story": history_of(thing)})
