"""Catalogue, book, copies and loans."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import any_of, is_auditor, is_logged_in, is_member
from taihua.kernel.org.http import Request, person_of
from taihua.rooms.reading import access, forms
from taihua.rooms.reading.actions import books as actions
from taihua.rooms.reading.logic.archive import EpubRefused
from taihua.rooms.reading.models import Book, Copy, Loan
from taihua.rooms.reading.queries import books, duties
from taihua.rooms.reading.queries.evening import marks_of
from taihua.rooms.reading.queries.notes import notes_shared_with

LEND_FOR = timedelta(days=30)


@admits(is_logged_in)
@require_GET
def catalogue(request: Request) -> HttpResponse:
    words = request.GET.get("words", "")
    page = Paginator(books.catalogue(words), 25).get_page(request.GET.get("page"))
    return render(
        request,
        "reading/catalogue.html",
        {"words": words, "page_obj": page, "may_keep": access.may_keep_copies(request.user)},
    )


@admits(is_logged_in)
@require_GET
def book(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Book, pk=pk)
    today, reader = clock.today(), request.user.person
    mine = {}
    if reader is not None:
        set_to_me = [duty for duty in duties.duties_of(reader, today) if duty.book == found]
        mine = {
            "reading": books.reading_of(reader, found),
            "duties": set_to_me,
            "marks": marks_of(reader, found).count(),
            "shared": notes_shared_with(reader, today).filter(book=found)[:10],
        }
    return render(
        request,
        "reading/book.html",
        {
            "book": found,
            "edition": books.editions_of(found).first(),
            "copies": books.copies_of(found),
            "borrow_form": forms.BorrowForm(initial={"until": today + LEND_FOR}),
            "may_keep": access.may_keep_copies(request.user),
            "today": today,
            **mine,
        },
    )


@admits(access.may_keep_copies)
@require_http_methods(["GET", "POST"])
def new_book(request: Request) -> HttpResponse:
    form = forms.BookForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.catalogue_book(**form.cleaned_data)
        except actions.BookRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("《%(title)s》已编入书目。") % {"title": made.title})
            return redirect("reading:book", made.pk)
    return render(request, "reading/new_book.html", {"form": form})


@admits(access.may_keep_copies)
@require_http_methods(["GET", "POST"])
def take_in(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Book, pk=pk)
    form = forms.TextForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            actions.take_in(
                book=found, data=form.cleaned_data["text"], at=clock.now(), by=request.user
            )
        except (EpubRefused, actions.BookRefused) as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("《%(title)s》可以在线读了。") % {"title": found.title})
            return redirect("reading:book", found.pk)
    return render(request, "reading/take_in.html", {"form": form, "book": found})


@admits(access.may_keep_copies)
@require_http_methods(["GET", "POST"])
def add_copy(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Book, pk=pk)
    form = forms.CopyForm(request.POST or None, on=clock.today())
    if form.is_valid():
        try:
            copy = actions.add_copy(book=found, **form.cleaned_data)
        except actions.BookRefused as refusal:
            form.add_error("label", str(refusal))
        else:
            messages.success(request, _("已登记藏书 %(label)s。") % {"label": copy.label})
            return redirect("reading:book", found.pk)
    return render(request, "reading/add_copy.html", {"form": form, "book": found})


@admits(is_member)
@require_POST
def borrow(request: Request, pk: int) -> HttpResponse:
    copy = get_object_or_404(Copy.objects.select_related("book"), pk=pk)
    form = forms.BorrowForm(request.POST)
    try:
        if form.is_valid():
            actions.borrow(
                borrower=person_of(request),
                copy=copy,
                on=clock.today(),
                until=form.cleaned_data["until"],
            )
            messages.success(request, _("已记下：借出 %(label)s。") % {"label": copy.label})
        else:
            messages.error(request, _("请写明哪天归还。"))
    except actions.LoanRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("reading:book", copy.book_id)


@admits(is_logged_in)
@require_POST
def give_back(request: Request, pk: int) -> HttpResponse:
    loan = get_object_or_404(Loan.objects.select_related("copy"), pk=pk)
    if not access.may_give_back(request.user, loan):
        raise Http404
    actions.give_back(loan=loan, on=clock.today())
    messages.success(request, _("已记下：还回 %(label)s。") % {"label": loan.copy.label})
    return redirect("reading:book", loan.copy.book_id)


@admits(any_of(access.may_keep_copies, is_auditor))
@require_GET
def loans(request: Request) -> HttpResponse:
    out = books.loans_out().select_related("copy__book", "copy__unit", "borrower")
    page = Paginator(out, 25).get_page(request.GET.get("page"))
    return render(
        request,
        "reading/loans.html",
        {
            "page_obj": page,
            "today": clock.today(),
            "may_keep": access.may_keep_copies(request.user),
        },
    )
