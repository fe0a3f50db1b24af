"""The evening room: the shelf tonight, and what others chose to tell."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_member
from taihua.kernel.org.http import Request, person_of
from taihua.rooms.reading import access, forms
from taihua.rooms.reading.actions import evening as actions
from taihua.rooms.reading.queries import books
from taihua.rooms.reading.queries import evening as queries
from taihua.rooms.reading.queries.notes import audiences_for


@admits(is_member)
@require_http_methods(["GET", "POST"])
def evening(request: Request) -> HttpResponse:
    """Tonight's page; posting leaves a line or rewrites the one that was left."""
    reader, today = person_of(request), clock.today()
    lines = queries.lines_seen_by(reader, today)
    mine = lines.filter(reader=reader).first()
    form = forms.LineForm(
        request.POST or None,
        units=[each.unit for each in audiences_for(reader, today) if each.unit],
        initial={"words": mine.words, "book": mine.book, "unit": mine.unit} if mine else None,
    )
    if form.is_valid():
        actions.leave_line(reader=reader, day=today, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("留言在今晚的页面上了。"))
        return redirect("reading:evening")
    bookmarks = queries.bookmarks_of(reader)
    opened = {bookmark.book for bookmark in bookmarks}
    return render(
        request,
        "reading/evening.html",
        {
            "form": form,
            "mine": mine,
            "lines": lines,
            "notes": queries.notes_shared_on(reader, today),
            "bookmarks": bookmarks,
            "unopened": [book for book in books.readable_books() if book not in opened],
            "today": today,
        },
    )


@admits(is_member)
@require_POST
def take_back_line(request: Request, pk: int) -> HttpResponse:
    reader = person_of(request)
    line = get_object_or_404(queries.lines_seen_by(reader, clock.today()), pk=pk)
    if not access.may_take_back_line(reader, line):
        raise Http404
    actions.take_back_line(line=line, at=clock.now(), by=request.user)
    messages.success(request, _("已撤回。"))
    return redirect("reading:evening")
