"""The columns, for whoever keeps them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from taihua.base.access import admits
from taihua.kernel.org.http import Request
from taihua.rooms.portal.access.articles import may_manage_columns
from taihua.rooms.portal.actions import columns as actions
from taihua.rooms.portal.actions.articles import ArticleRefused
from taihua.rooms.portal.forms.columns import ColumnForm
from taihua.rooms.portal.models import Column
from taihua.rooms.portal.models.columns import STALE_DAYS
from taihua.rooms.portal.queries.columns import columns_by_tree


@admits(may_manage_columns)
@require_safe
def columns(request: Request) -> HttpResponse:
    return render(request, "portal/editing/columns.html", {"columns": columns_by_tree()})


@admits(may_manage_columns)
@require_http_methods(["GET", "POST"])
def new_column(request: Request) -> HttpResponse:
    form = ColumnForm(
        request.POST or None, initial={"is_open": True, "place": 50, "stale_days": STALE_DAYS}
    )
    if form.is_valid():
        try:
            actions.open_column(about=form.about, by=request.user)
        except ArticleRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("栏目已开。"))
            return redirect("portal:columns")
    return render(request, "portal/editing/column.html", {"form": form})


@admits(may_manage_columns)
@require_http_methods(["GET", "POST"])
def change_column(request: Request, pk: int) -> HttpResponse:
    column = get_object_or_404(Column, pk=pk)
    names = ("title", "slug", "intro", "place", "is_open", "stale_days")
    initial = {name: getattr(column, name) for name in names} | {"above": column.above_id}
    form = ColumnForm(request.POST or None, column=column, initial=initial)
    if form.is_valid():
        try:
            actions.change_column(column=column, about=form.about, by=request.user)
        except ArticleRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("栏目已改好。"))
            return redirect("portal:columns")
    return render(request, "portal/editing/column.html", {"form": form, "column": column})
