"""The shelf, and the two things a reader says himself: begun, read."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_member
from taihua.kernel.org.http import Request, person_of
from taihua.rooms.reading import access
from taihua.rooms.reading.actions import assignments as actions
from taihua.rooms.reading.enums import Binding
from taihua.rooms.reading.models import Book
from taihua.rooms.reading.queries import books, duties, readers, reviews
from taihua.rooms.reading.queries.evening import bookmarks_of


@admits(is_member)
@require_GET
def shelf(request: Request) -> HttpResponse:
    reader, today = person_of(request), clock.today()
    required = duties.duties_of(reader, today)
    return render(
        request,
        "reading/shelf.html",
        {
            "duties": [duty for duty in required if not duty.standing.is_done],
            "passed": [duty for duty in required if duty.standing.is_done],
            "recommended": readers.assignments_for(reader, today, Binding.RECOMMENDED),
            "readings": books.readings_of(reader)[:20],
            "bookmarked": {mark.book_id for mark in bookmarks_of(reader)},
            "loans": books.loans_of(reader),
            "waiting": reviews.waiting_for(reader).count(),
            "may_set_books": access.may_set_books(request.user),
            "today": today,
        },
    )


@admits(is_member)
@require_POST
def start(request: Request, pk: int) -> HttpResponse:
    book = get_object_or_404(Book, pk=pk)
    actions.start_book(reader=person_of(request), book=book, at=clock.now())
    messages.success(request, _("已记下：开始读《%(title)s》。") % {"title": book.title})
    return redirect("reading:book", book.pk)


@admits(is_member)
@require_POST
def finish(request: Request, pk: int) -> HttpResponse:
    book = get_object_or_404(Book, pk=pk)
    try:
        actions.finish_book(reader=person_of(request), book=book, at=clock.now())
    except actions.ReadingRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已记下：读完《%(title)s》。") % {"title": book.title})
    return redirect("reading:book", book.pk)
