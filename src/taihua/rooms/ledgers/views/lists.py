"""The list of ledgers, one ledger, and its way out."""

from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from taihua.base import clock
from taihua.base.access import admits
from taihua.base.ledger import Ledger
from taihua.base.sheets.writing import Written, to_csv, to_xlsx
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.kernel.org.models import Account, Unit
from taihua.kernel.org.queries import units_seen_by
from taihua.rooms.ledgers.access import may_enter, may_import
from taihua.rooms.ledgers.forms import FilterForm
from taihua.rooms.ledgers.queries import rows
from taihua.rooms.ledgers.queries.imports import waiting

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST_YEAR = 2010


def the_ledger(code: str) -> Ledger:
    """The ledger of that code, or 404."""
    ledger = rows.ledger_of(code)
    if ledger is None:
        raise Http404
    return ledger


@admits(is_logged_in)
@require_safe
def index(request: Request) -> HttpResponse:
    """Every ledger there is, by what it is about."""
    return render(request, "ledgers/index.html", {"groups": rows.groups()})


@admits(is_logged_in)
@require_safe
def ledger(request: Request, code: str) -> HttpResponse:
    """The rows of a ledger that one may see, newest first."""
    asked = the_ledger(code)
    form = _filter_form(request, asked)
    printing = "print" in request.GET
    found = rows.entries(asked, request.user, _filter(form))
    size = rows.PRINTED if printing else rows.PAGE
    page = rows.page_of(asked, found, request.GET.get("page"), size)
    return render(
        request,
        "ledgers/ledger.html",
        {
            "ledger": asked,
            "form": form,
            "page": page,
            "printing": printing,
            "may_import": may_import(request.user, asked),
            "may_enter": may_enter(request.user, asked),
            "waiting": waiting(asked, request.user),
            "on": clock.today(),
        },
    )


@admits(is_logged_in)
@require_safe
def export(request: Request, code: str) -> HttpResponse:
    """The rows asked for as a file, in the very columns that an import takes."""
    asked = the_ledger(code)
    found = rows.entries(asked, request.user, _filter(_filter_form(request, asked)))
    entries = reversed(found.page(0, found.count()))
    cells = rows.exported(asked, [entry.row for entry in entries])
    return as_file(asked, cells, csv=request.GET.get("form") == "csv", on=clock.today())


@admits(is_logged_in)
@require_safe
def blank(request: Request, code: str) -> HttpResponse:
    """An empty sheet with the ledger's columns, to be filled in."""
    return as_file(the_ledger(code), [], csv=False, on=clock.today())


def as_file(ledger: Ledger, cells: list[list[Written]], *, csv: bool, on: date) -> HttpResponse:
    """Rows as a download; its titles are Chinese whatever language the page speaks."""
    with translation.override("zh-hans"):
        titles = [str(column.title) for column in ledger.columns]
        name = f"{ledger.title}-{on.isoformat()}"
        content = to_csv(titles, cells) if csv else to_xlsx(str(ledger.title), titles, cells)
    return download(content, f"{name}.csv" if csv else f"{name}.xlsx")


def download(content: bytes, name: str) -> HttpResponse:
    """A file to keep, under a Chinese name."""
    kind = "text/csv; charset=utf-8" if name.endswith(".csv") else XLSX
    response = HttpResponse(content, content_type=kind)
    told = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = told or "attachment"
    return response


def _filter_form(request: Request, ledger: Ledger) -> FilterForm:
    on = clock.today()
    data = request.GET.copy()
    if "year" not in data and not ledger.roster:
        data["year"] = str(on.year)
    years = range(on.year, FIRST_YEAR - 1, -1)
    return FilterForm(data, units=_units(request.user), years=years)


def _units(account: Account) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=units_seen_by(account)).order_by("kind", "name", "pk")


def _filter(form: FilterForm) -> rows.Filter:
    if not form.is_valid():
        raise Http404
    said = form.cleaned_data
    return rows.Filter(said["year"], said["unit"], said["name"].strip())
