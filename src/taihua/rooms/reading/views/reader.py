"""The book itself: a chapter a page, the place one reached, passages marked."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_member
from taihua.kernel.org.http import Request, person_of
from taihua.rooms.reading import access, forms
from taihua.rooms.reading.actions import evening as actions
from taihua.rooms.reading.logic.shown import block_at, with_marks
from taihua.rooms.reading.models import Book, Chapter, Mark, Picture
from taihua.rooms.reading.queries import books
from taihua.rooms.reading.queries import evening as queries
from taihua.rooms.reading.queries.evening import PlacedMark


@admits(is_member)
@require_GET
def read(request: Request, pk: int) -> HttpResponse:
    """Go to the place where the reader stopped, to the character, whatever device he left."""
    book = get_object_or_404(Book, pk=pk)
    place = queries.landing(person_of(request), book)
    if place is None:
        messages.info(request, _("《%(title)s》还没有可以在线读的文本。") % {"title": book.title})
        return redirect("reading:book", pk)
    chapter = _chapter(place.edition.pk, place.position)
    block = block_at("".join(html for _start, html in chapter.sections), place.offset)
    address = reverse("reading:chapter", args=[place.edition.pk, place.position])
    anchor = f"#c{block}" if block is not None else ""
    return redirect(f"{address}?at={place.offset}{anchor}")


@admits(is_member)
@require_GET
def chapter(request: Request, edition: int, position: int) -> HttpResponse:
    found = _chapter(edition, position)
    reader = person_of(request)
    marks = queries.marks_in(reader, found)
    contents = books.contents_of(found.edition)
    return render(
        request,
        "reading/chapter.html",
        {
            "chapter": found,
            "book": found.edition.book,
            "contents": contents,
            "sections": _sections(found, marks),
            "marks": marks,
            "percent": _percent_before(position, [each.length for each in contents]),
            "before": position - 1 if position > 1 else None,
            "after": position + 1 if position < len(contents) else None,
        },
    )


def _percent_before(position: int, lengths: list[int]) -> float:
    """How much of the book lies before a chapter."""
    return 100 * sum(lengths[: position - 1]) / max(1, sum(lengths))


def _sections(chapter: Chapter, marks: list[PlacedMark]) -> list[tuple[int, str]]:
    """The sections with the reader's marks in them; cleaned when the book was taken in."""
    spans = [
        (each.span.start, each.span.end, each.mark.pk) for each in marks if each.span is not None
    ]
    return [(start, mark_safe(with_marks(html, start, spans))) for start, html in chapter.sections]


@admits(is_member)
@require_GET
def picture(request: Request, edition: int, position: int) -> HttpResponse:
    found = get_object_or_404(Picture, edition=edition, position=position)
    return HttpResponse(
        bytes(found.data),
        content_type=found.media_type,
        headers={"Cache-Control": "private, max-age=31536000, immutable"},
    )


@admits(is_member)
@require_POST
def place(request: Request, edition: int, position: int) -> HttpResponse:
    """Remember the last place; a script is answered with nothing, a button with the page."""
    found = _words_of(edition, position)
    form = forms.PlaceForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    offset = form.cleaned_data["offset"]
    actions.keep_place(reader=person_of(request), chapter=found, offset=offset)
    if request.headers.get("X-Reader"):
        return HttpResponse(status=204)
    messages.success(request, _("记住了：下次从这里继续。"))
    return redirect(f"{reverse('reading:chapter', args=[edition, position])}#c{offset}")


@admits(is_member)
@require_http_methods(["GET", "POST"])
def mark(request: Request, edition: int, position: int) -> HttpResponse:
    """Mark a passage: the page's script says where it starts, without one its words do."""
    found = _words_of(edition, position)
    form = forms.MarkForm(
        request.POST or None, initial={key: request.GET.get(key) for key in ("start", "words")}
    )
    if form.is_valid():
        try:
            made = actions.mark_words(
                reader=person_of(request),
                chapter=found,
                words=form.cleaned_data["words"].strip(),
                near=form.cleaned_data["start"] or 0,
                thought=form.cleaned_data["thought"],
                once=form.cleaned_data["once"],
                at=clock.now(),
            )
        except actions.MarkRefused as refusal:
            form.add_error("words", str(refusal))
        else:
            address = reverse("reading:chapter", args=[edition, position])
            return redirect(f"{address}#m{made.pk}")
    return render(
        request,
        "reading/mark.html",
        {"form": form, "chapter": found, "book": found.edition.book},
    )


@admits(is_member)
@require_GET
def marks(request: Request, pk: int) -> HttpResponse:
    book = get_object_or_404(Book, pk=pk)
    found = queries.marks_of(person_of(request), book)
    return render(request, "reading/marks.html", {"book": book, "marks": found})


@admits(is_member)
@require_POST
def remove_mark(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Mark, pk=pk)
    if not access.may_remove_mark(person_of(request), found):
        raise Http404
    actions.remove_mark(mark=found)
    return redirect("reading:marks", found.book_id)


def _chapter(edition: int, position: int) -> Chapter:
    return get_object_or_404(
        Chapter.objects.select_related("edition__book"), edition=edition, position=position
    )


def _words_of(edition: int, position: int) -> Chapter:
    words = books.words_of(edition, position)
    if words is None:
        raise Http404
    return words
