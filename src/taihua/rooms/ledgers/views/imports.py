"""The way in: a sheet is brought, its columns placed, its rows looked at, then confirmed."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taihua.base import clock
from taihua.base.access import admits
from taihua.base.ledger import Ledger, LedgerRefused
from taihua.base.sheets.refusals import SheetRefused
from taihua.base.sheets.writing import to_xlsx
from taihua.kernel.org.http import Request
from taihua.rooms.ledgers import actions
from taihua.rooms.ledgers.access import imports_anything, may_import, writing_scope
from taihua.rooms.ledgers.actions import ImportChanged, Sent, TitlesUnclear
from taihua.rooms.ledgers.forms import MatchForm, SheetForm, YearForm
from taihua.rooms.ledgers.models import Upload
from taihua.rooms.ledgers.queries import imports
from taihua.rooms.ledgers.queries.rows import PAGE, known_titles
from taihua.rooms.ledgers.views.lists import download, the_ledger

SHOWN = ("errors", "notices", "new", "changed", "same")


def _ledger(request: Request, code: str) -> Ledger:
    ledger = the_ledger(code)
    if not may_import(request.user, ledger):
        raise Http404
    return ledger


def _upload(request: Request, code: str, pk: int) -> tuple[Ledger, Upload]:
    """A waiting sheet of one's own; 404 for any other."""
    ledger = _ledger(request, code)
    upload = imports.open_upload(ledger, pk, request.user)
    if upload is None:
        raise Http404
    return ledger, upload


@admits(imports_anything)
@require_http_methods(["GET", "POST"])
def bring(request: Request, code: str) -> HttpResponse | HttpResponseRedirect:
    """Hand in a sheet."""
    ledger = _ledger(request, code)
    form = SheetForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        return _take(request, ledger, form)
    return _sheet_page(request, ledger, form)


def _take(request: Request, ledger: Ledger, form: SheetForm) -> HttpResponse | HttpResponseRedirect:
    sheet = form.cleaned_data["sheet"]
    sent = Sent(name=sheet.name, content=sheet.read(), year=form.cleaned_data["year"])
    try:
        upload = actions.bring(ledger, sent, by=request.user, at=clock.now())
    except SheetRefused as refusal:
        form.add_error("sheet", str(refusal))
    except TitlesUnclear as unclear:
        return _titles_page(request, ledger, _title_form(ledger, unclear))
    else:
        table_is_clear = not imports.match_of(ledger, imports.titles_of(upload)).open
        return redirect(
            "ledgers:preview" if ledger.secret or table_is_clear else "ledgers:match",
            ledger.code,
            upload.pk,
        )
    return _sheet_page(request, ledger, form)


def _sheet_page(request: Request, ledger: Ledger, form: SheetForm) -> HttpResponse:
    context = {
        "ledger": ledger,
        "known": known_titles(ledger),
        "form": form,
        "waiting": imports.waiting(ledger, request.user),
        "done": imports.imports(ledger)[:10],
    }
    return render(request, "ledgers/import.html", context)


@admits(imports_anything)
@require_POST
def titles(request: Request, code: str) -> HttpResponse | HttpResponseRedirect:
    """Answers about the columns of a sheet that could not wait, with the sheet once more."""
    ledger = _ledger(request, code)
    asked = request.POST.getlist("title")
    form = MatchForm(
        request.POST, ledger=ledger, titles=dict(enumerate(asked)), samples={}, given={}
    )
    sheet = SheetForm(request.POST, request.FILES)
    if not (form.is_valid() and sheet.is_valid()):
        return _titles_page(request, ledger, form, sheet)
    chosen = {asked[at]: column for at, column in form.placed.items()}
    try:
        actions.remember_titles(ledger, chosen, by=request.user, at=clock.now())
    except SheetRefused as refusal:
        form.add_error(None, str(refusal))
        return _titles_page(request, ledger, form, sheet)
    return _take(request, ledger, sheet)


def _title_form(ledger: Ledger, unclear: TitlesUnclear) -> MatchForm:
    asked = {at: unclear.titles[position] for at, position in enumerate(unclear.unclear)}
    return MatchForm(None, ledger=ledger, titles=asked, samples={}, given={})


def _titles_page(
    request: Request, ledger: Ledger, form: MatchForm, sheet: SheetForm | None = None
) -> HttpResponse:
    context = {"ledger": ledger, "form": form, "sheet": sheet or SheetForm()}
    return render(request, "ledgers/titles.html", context)


@admits(imports_anything)
@require_http_methods(["GET", "POST"])
def match(request: Request, code: str, pk: int) -> HttpResponse | HttpResponseRedirect:
    """Say which column is which."""
    ledger, upload = _upload(request, code, pk)
    if upload.done_at is not None:
        return redirect("ledgers:preview", code, pk)
    table = imports.table_of(upload)
    form = MatchForm(
        request.POST or None,
        ledger=ledger,
        titles=imports.askable(table),
        samples=imports.samples(table),
        given=upload.columns,
    )
    if form.is_valid():
        try:
            actions.place(upload, ledger, form.placed)
            chosen = {table.titles[at]: column for at, column in form.placed.items()}
            actions.remember_titles(ledger, chosen, by=request.user, at=clock.now())
        except SheetRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("ledgers:preview", code, pk)
    return render(request, "ledgers/match.html", {"ledger": ledger, "upload": upload, "form": form})


@admits(imports_anything)
@require_safe
def preview(request: Request, code: str, pk: int) -> HttpResponse | HttpResponseRedirect:
    """What the import would do, row by row."""
    ledger, upload = _upload(request, code, pk)
    if upload.done_at is not None:
        context = {"ledger": ledger, "upload": upload}
        return render(request, "ledgers/imported.html", context)
    if imports.missing(ledger, upload.columns.values()):
        return redirect("ledgers:match", code, pk)
    found = _preview(request, ledger, upload)
    return render(request, "ledgers/preview.html", _preview_context(request, upload, found))


def _preview(request: Request, ledger: Ledger, upload: Upload) -> imports.Preview:
    scope = writing_scope(request.user, ledger)
    return imports.preview_of(upload, ledger, scope, clock.today())


def _preview_context(request: Request, upload: Upload, found: imports.Preview) -> dict[str, Any]:
    show = request.GET.get("show") or ("errors" if found.errors else "")
    show = show if show in SHOWN else ""
    page = Paginator(found.indexes(show), PAGE).get_page(request.GET.get("page"))
    return {
        "ledger": found.ledger,
        "upload": upload,
        "preview": found,
        "show": show,
        "page": page,
        "rows": [found.row(index) for index in page],
        "left_out": imports.left_out(found),
        "before": imports.imported_before(upload),
        "year_form": YearForm() if found.lacks_years else None,
    }


@admits(imports_anything)
@require_POST
def year(request: Request, code: str, pk: int) -> HttpResponseRedirect:
    """Say which year is meant where dates name none."""
    _ledger_of, upload = _upload(request, code, pk)
    form = YearForm(request.POST)
    if form.is_valid() and upload.done_at is None:
        actions.name_year(upload, form.cleaned_data["year"])
    else:
        messages.error(request, _("年份要写四位数字，如 2013。"))
    return redirect("ledgers:preview", code, pk)


@admits(imports_anything)
@require_POST
def confirm(request: Request, code: str, pk: int) -> HttpResponseRedirect:
    """Import what was previewed, all of it or nothing."""
    ledger, upload = _upload(request, code, pk)
    try:
        actions.confirm(
            upload,
            ledger,
            seen=request.POST.get("seen", ""),
            scope=writing_scope(request.user, ledger),
            by=request.user,
            at=clock.now(),
        )
    except (ImportChanged, LedgerRefused) as refusal:
        messages.warning(request, str(refusal))
    return redirect("ledgers:preview", code, pk)


@admits(imports_anything)
@require_POST
def drop(request: Request, code: str, pk: int) -> HttpResponseRedirect:
    """Throw a waiting sheet away."""
    _ledger_of, upload = _upload(request, code, pk)
    actions.drop(upload)
    messages.success(request, _("这份表没有导入，已经丢掉。"))
    return redirect("ledgers:import", code)


@admits(imports_anything)
@require_safe
def marked(request: Request, code: str, pk: int) -> HttpResponse:
    """The sheet again, with what is wrong coloured, commented and in a column of its own."""
    ledger, upload = _upload(request, code, pk)
    if upload.done_at is not None:
        raise Http404
    copy = imports.marked_copy(_preview(request, ledger, upload))
    with translation.override("zh-hans"):
        content = to_xlsx(str(ledger.title), copy.titles, copy.rows, copy.flaws)
    return download(content, f"{ledger.title}-已标注.xlsx")
