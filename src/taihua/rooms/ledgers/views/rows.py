"""One row: its page, its making, its correction and its end."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from taihua.base import clock
from taihua.base.access import admits
from taihua.base.ledger import Entry, Ledger, LedgerRefused
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.kernel.records.ledgers import StatementStore
from taihua.rooms.ledgers import actions
from taihua.rooms.ledgers.access import may_enter, may_import, reading_scope, writing_scope
from taihua.rooms.ledgers.forms import CorrectionForm, ReasonForm, RowForm
from taihua.rooms.ledgers.queries.rows import cells, may_write_row, row_page, unit_names
from taihua.rooms.ledgers.views.lists import the_ledger


@admits(is_logged_in)
@require_safe
def row(request: Request, code: str, ref: str) -> HttpResponse:
    """What a row says, who entered it, what befell it, and which rules count it."""
    ledger = the_ledger(code)
    page = row_page(ledger, ref, request.user)
    if page is None:
        raise Http404
    may_write = page.stands and may_write_row(ledger, ref, request.user)
    return render(
        request,
        "ledgers/row.html",
        {"ledger": ledger, "page": page, "entry": page.entry, "may_write": may_write},
    )


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def add(request: Request, code: str) -> HttpResponse | HttpResponseRedirect:
    """Write one row."""
    ledger = the_ledger(code)
    if not may_enter(request.user, ledger):
        raise Http404
    form = RowForm(request.POST or None, ledger=ledger, fixed=_own(request, ledger))
    if form.is_valid():
        try:
            actions.enter(
                ledger,
                form.cells,
                scope=writing_scope(request.user, ledger),
                by=request.user,
                at=clock.now(),
            )
        except LedgerRefused as refusal:
            form.refuse(str(refusal), refusal.errors)
        else:
            messages.success(request, _("已记入《%(ledger)s》。") % {"ledger": ledger.title})
            return redirect("ledgers:ledger", code)
    context = {"ledger": ledger, "form": form, "units": unit_names(clock.today())}
    return render(request, "ledgers/add.html", context)


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def correct(request: Request, code: str, ref: str) -> HttpResponse | HttpResponseRedirect:
    """Put a row right, with the reason."""
    ledger, entry = _own_row(request, code, ref)
    form = CorrectionForm(
        request.POST or None, ledger=ledger, row=entry.row, fixed=_own(request, ledger)
    )
    if form.is_valid():
        try:
            actions.correct(
                ledger,
                ref,
                form.cells,
                reason=form.cleaned_data["reason"],
                scope=writing_scope(request.user, ledger),
                by=request.user,
                at=clock.now(),
            )
        except LedgerRefused as refusal:
            form.refuse(str(refusal), refusal.errors)
        else:
            messages.success(request, _("已更正；原来的写法留在经过里。"))
            return redirect("ledgers:ledger", code)
    units = unit_names(clock.today())
    context = {"ledger": ledger, "form": form, "entry": entry, "units": units}
    return render(request, "ledgers/correct.html", context)


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def void(request: Request, code: str, ref: str) -> HttpResponse | HttpResponseRedirect:
    """Take a row back, with the reason."""
    ledger, entry = _own_row(request, code, ref)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            ledger.store.void(
                ref, reason=form.cleaned_data["reason"], by=request.user, at=clock.now()
            )
        except LedgerRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已作废；记录和原因都留存。"))
            return redirect("ledgers:ledger", code)
    context = {"ledger": ledger, "form": form, "entry": entry, "cells": cells(ledger, entry.row)}
    return render(request, "ledgers/void.html", context)


def _own_row(request: Request, code: str, ref: str) -> tuple[Ledger, Entry]:
    """A row that one may see and write; 404 for any other."""
    ledger = the_ledger(code)
    entry = ledger.store.entry(ref, reading_scope(request.user))
    if entry is None or not may_write_row(ledger, ref, request.user):
        raise Http404
    return ledger, entry


def _own(request: Request, ledger: Ledger) -> dict[str, str]:
    """What a member need not type: a row of one's own is about oneself."""
    person = request.user.person
    if not isinstance(ledger.store, StatementStore) or may_import(request.user, ledger):
        return {}
    if person is None:
        return {}
    hints = [code for code, place in ledger.store.fields.items() if place == "hint"]
    return {"person": person.code} | dict.fromkeys(hints, "")
