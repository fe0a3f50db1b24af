"""Notes: write, revise, look back, show, take back, take away as Word."""

from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.base.papers.values import Paper, Paragraph
from taihua.base.papers.word import to_docx
from taihua.kernel.drafts.queries import Sheet
from taihua.kernel.drafts.views import open_sheet
from taihua.kernel.org.access import is_member
from taihua.kernel.org.http import Request, person_of
from taihua.rooms.reading import access, forms
from taihua.rooms.reading.actions import notes as actions
from taihua.rooms.reading.enums import NoteKind
from taihua.rooms.reading.models import Book, Note
from taihua.rooms.reading.queries import notes as queries
from taihua.rooms.reading.queries.evening import marks_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@admits(is_member)
@require_GET
def notes(request: Request) -> HttpResponse:
    """One's own notes; with ``?from=colleagues`` those that colleagues show."""
    person = person_of(request)
    others = request.GET.get("from") == "colleagues"
    found = queries.notes_shared_with(person, clock.today()) if others else queries.notes_of(person)
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    return render(request, "reading/notes.html", {"page_obj": page, "others": others})


@admits(is_member)
@require_http_methods(["GET", "POST"])
def new_note(request: Request) -> HttpResponse:
    writer = person_of(request)
    asked = request.GET.get("book", "")
    book = Book.objects.filter(pk=asked).first() if asked.isdecimal() else None
    sheet = open_sheet(request, _("写一篇"), anew=book is not None)
    begin = {"kind": NoteKind.NOTE, "book": book, "text": _marks_as_text(request, book)}
    form = forms.NoteForm(request.POST or None, initial=begin | sheet.initial)
    if form.is_valid():
        note = actions.write_note(writer=writer, at=clock.now(), **form.cleaned_data)
        _tell_written(request, note, form.cleaned_data["text"])
        return redirect("reading:note", note.pk)
    return render(request, "reading/new_note.html", {"form": form, "sheet": sheet})


def _tell_written(request: Request, note: Note, text: str) -> None:
    if actions.head_of(note).text == text:
        messages.success(request, _("已存下，只有您自己看得到。"))
    else:
        aside = _("这一篇先前已经存过，又改写过；您这次的文字留在历史版本里。")
        messages.warning(request, aside)


def _marks_as_text(request: Request, book: Book | None) -> str:
    """What was marked in a book, as the beginning of a note on it."""
    if book is None or "marks" not in request.GET:
        return ""
    marks = marks_of(person_of(request), book).order_by("href", "offset", "pk")
    return "\n\n".join(f"“{mark.exact.strip()}”\n{mark.thought}".strip() for mark in marks)


@admits(is_member)
@require_http_methods(["GET", "POST"])
def note(request: Request, pk: int) -> HttpResponse:
    """The note and what is said to it; posting adds a comment."""
    person = person_of(request)
    found = _seen(request, pk)
    form = forms.CommentForm(request.POST or None)
    if form.is_valid():
        actions.comment_on(note=found, writer=person, at=clock.now(), **form.cleaned_data)
        form = forms.CommentForm()
        if not request.htmx:
            return redirect("reading:note", pk)
    template = "reading/note.html#comments" if request.htmx else "reading/note.html"
    return render(
        request,
        template,
        {
            "note": found,
            "form": form,
            "shares": queries.shares_of(found),
            "comments": queries.comments_on(found),
            "may_change": access.may_change_note(person, found),
            "me": person,
        },
    )


@admits(is_member)
@require_http_methods(["GET", "POST"])
def revise_note(request: Request, pk: int) -> HttpResponse:
    """Save a change; where it meets another's, both texts are shown and both are kept."""
    found = _own(request, pk)
    head = actions.head_of(found)
    sheet = open_sheet(request, _("改写《%(title)s》") % {"title": head.title})
    begin = {"title": head.title, "text": head.text, "grown_from": head.number}
    form = forms.RevisionForm(request.POST or None, initial=begin | sheet.initial)
    if form.is_valid():
        try:
            saved = actions.revise_note(note=found, at=clock.now(), **form.cleaned_data)
        except actions.NoteRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, found, saved, sheet)
    context = {"form": form, "note": found, "sheet": sheet}
    return render(request, "reading/revise_note.html", context)


def _saved(request: Request, found: Note, saved: actions.Saved, sheet: Sheet) -> HttpResponse:
    if saved.kept_aside:
        return _show_both(request, found, saved, sheet)
    joined, plain = _("已存下，并且与另一处的修改合在了一起。"), _("已存下。")
    messages.success(request, joined if saved.joined else plain)
    return redirect("reading:note", found.pk)


def _show_both(request: Request, found: Note, saved: actions.Saved, sheet: Sheet) -> HttpResponse:
    form = forms.RevisionForm(
        initial={
            "once": sheet.line,
            "title": saved.version.title,
            "text": saved.version.text,
            "grown_from": saved.head.number,
        }
    )
    return render(
        request,
        "reading/revise_note.html",
        {"form": form, "note": found, "saved": saved, "sheet": sheet},
        status=409,
    )


@admits(is_member)
@require_GET
def history(request: Request, pk: int) -> HttpResponse:
    found = _own(request, pk)
    page = Paginator(queries.versions_of(found), 25).get_page(request.GET.get("page"))
    return render(request, "reading/history.html", {"note": found, "page_obj": page})


@admits(is_member)
@require_POST
def restore(request: Request, pk: int, number: int) -> HttpResponse:
    found = _own(request, pk)
    try:
        actions.restore_version(note=found, number=number, at=clock.now())
    except actions.NoteRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("已恢复为第 %(number)d 版的文字，其间各版仍在。") % {"number": number}
        )
    return redirect("reading:note", pk)


@admits(is_member)
@require_http_methods(["GET", "POST"])
def share(request: Request, pk: int) -> HttpResponse:
    found = _own(request, pk)
    form = forms.ShareForm(
        request.POST or None, audiences=queries.audiences_for(found.writer, clock.today())
    )
    if form.is_valid():
        shown = actions.share_note(note=found, audience=form.chosen, at=clock.now())
        messages.success(request, _("已分享给%(audience)s。") % {"audience": shown.audience})
        return redirect("reading:note", pk)
    return render(
        request,
        "reading/share.html",
        {"form": form, "note": found, "shares": queries.shares_of(found)},
    )


@admits(is_member)
@require_POST
def withdraw(request: Request, pk: int, share_pk: int) -> HttpResponse:
    found = _own(request, pk)
    shown = get_object_or_404(queries.shares_of(found), pk=share_pk)
    actions.withdraw_share(share=shown, at=clock.now())
    messages.success(request, _("%(audience)s不再看得到。") % {"audience": shown.audience})
    return redirect("reading:note", pk)


@admits(is_member)
@require_POST
def take_back_comment(request: Request, pk: int, comment_pk: int) -> HttpResponse:
    found = _seen(request, pk)
    comment = get_object_or_404(queries.comments_on(found), pk=comment_pk)
    if not access.may_take_back_comment(person_of(request), comment):
        raise Http404
    actions.take_back_comment(comment=comment, at=clock.now())
    return redirect("reading:note", pk)


@admits(is_member)
@require_GET
def as_word(request: Request, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    head = actions.head_of(found)
    lines = [line.strip() for line in head.text.splitlines() if line.strip()]
    if found.book:
        lines.insert(0, _("——读《%(title)s》") % {"title": found.book.title})
    paper = Paper(
        title=head.title,
        blocks=tuple(Paragraph.of(line) for line in lines),
        issuer=found.writer.name,
        day=clock.local_day(head.written_at),
        sealed=False,
    )
    return HttpResponse(
        to_docx(paper),
        content_type=WORD,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(head.title)}.docx"},
    )


def _seen(request: Request, pk: int) -> Note:
    return get_object_or_404(queries.notes_seen_by(person_of(request), clock.today()), pk=pk)


def _own(request: Request, pk: int) -> Note:
    return get_object_or_404(queries.notes_of(person_of(request)), pk=pk)
