"""The anthology as its editors see it: what came in, what is chosen, edited, put in order, issued."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.documents.making import ask_for_file, show_making
from taihua.kernel.org.access import is_logged_in, is_member
from taihua.kernel.org.http import Request, person_of
from taihua.rooms.reading import access, tasks
from taihua.rooms.reading.actions import contributions, volumes
from taihua.rooms.reading.enums import Choice
from taihua.rooms.reading.forms import anthology as forms
from taihua.rooms.reading.logic.tracked import tracked
from taihua.rooms.reading.models import Contribution, Volume
from taihua.rooms.reading.queries import anthology as queries

CALL = timedelta(days=60)
REFUSALS = (contributions.ContributionRefused, volumes.VolumeRefused)


@admits(access.may_call_for_texts)
@require_http_methods(["GET", "POST"])
def call(request: Request) -> HttpResponse:
    """Open the next volume."""
    on, last = clock.today(), queries.volumes().first()
    begun = {
        "number": last.number + 1 if last else 1,
        "title": last.title if last else "",
        "publisher": last.publisher if last else None,
        "opens": on,
        "closes": on + CALL,
        "editors": _names(last, "editors"),
        "readers": _names(last, "readers"),
    }
    form = forms.CallForm(request.POST or None, on=on, initial=begun)
    if form.is_valid():
        try:
            opened = volumes.call_for_texts(call=volumes.Call(**form.cleaned_data))
        except volumes.VolumeRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("征稿已开始，同事在文集页上看得到。"))
            return redirect("reading:volume", opened.number)
    return render(request, "reading/call.html", {"form": form})


def _names(volume: Volume | None, whose: str) -> str:
    people = getattr(volume, whose).order_by("name", "pk") if volume else []
    return "、".join(str(person) for person in people)


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def change_call(request: Request, number: int) -> HttpResponse:
    """Say the call, preface or imprint anew."""
    found = _edited(request, number)
    said = {
        "number": found.number,
        "title": found.title,
        "publisher": found.publisher,
        "call": found.call,
        "opens": found.opens,
        "closes": found.closes,
        "editors": _names(found, "editors"),
        "readers": _names(found, "readers"),
        "preface": found.preface,
        "imprint": found.imprint,
    }
    form = forms.CallForm(request.POST or None, on=clock.today(), initial=said)
    form.fields["number"].disabled = True
    if form.is_valid():
        try:
            call = volumes.Call(**form.cleaned_data)
            volumes.change_call(volume=found, call=call, at=clock.now())
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("reading:edit-volume", number)
    return render(request, "reading/call.html", {"form": form, "volume": found})


@admits(is_logged_in)
@require_GET
def edit_volume(request: Request, number: int) -> HttpResponse:
    """What came in, how far each text is, and what the volume still lacks."""
    found = _edited(request, number)
    shown = {
        "volume": found,
        "pieces": [
            (piece, queries.text_of(piece))
            for piece in queries.contributions_to(found)
            if not queries.is_blind_to(piece, request.user.person)
        ],
        "gaps": queries.gaps_of(found),
    }
    return render(request, "reading/edit_volume.html", shown)


@admits(is_member)
@require_http_methods(["GET", "POST"])
def choose(request: Request, pk: int) -> HttpResponse:
    """Take a text or not, with its opinions before one."""
    found = _piece(request, pk)
    form = forms.ChoiceForm(
        request.POST or None,
        initial={
            "choice": "" if found.choice == Choice.WAITING else found.choice,
            "reason": found.reason,
        },
    )
    if form.is_valid():
        done = _tried(
            form, contributions.choose, contribution=found, at=clock.now(), **form.cleaned_data
        )
        if done is not None:
            return redirect("reading:edit-volume", found.volume.number)
    opinions = found.opinions.select_related("reader").order_by("asked_at", "pk")
    return render(
        request,
        "reading/choose.html",
        {
            "contribution": found,
            "form": form,
            "opinions": opinions,
            "words": queries.text_of(found),
        },
    )


@admits(is_member)
@require_http_methods(["GET", "POST"])
def edit_text(request: Request, pk: int) -> HttpResponse:
    """Change the words of a selected text; the writer sees every change."""
    found, editor = _piece(request, pk), person_of(request)
    words = queries.text_of(found)
    form = forms.EditForm(
        request.POST or None,
        initial={"expected": words.number, "title": words.title, "text": words.text},
    )
    if form.is_valid():
        done = _tried(
            form,
            contributions.edit_text,
            contribution=found,
            editor=editor,
            at=clock.now(),
            **form.cleaned_data,
        )
        if done is not None:
            messages.success(request, _("已存，作者看过同意了才会印。"))
            return redirect("reading:edit-volume", found.volume.number)
    shown = {
        "contribution": found,
        "form": form,
        "words": words,
        "newest": next(iter(found.texts.all()), None),
        "changes": tracked(found.version.text, words.text),
    }
    return render(request, "reading/edit_text.html", shown)


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def arrange(request: Request, number: int) -> HttpResponse:
    """Sections and order."""
    found = _edited(request, number)
    sections = list(found.sections.order_by("place"))
    pieces = [each for each in queries.contributions_to(found) if each.choice == Choice.SELECTED]
    titles = forms.SectionsForm(
        request.POST if "titles" in request.POST else None,
        initial={"titles": "\n".join(each.title for each in sections)},
    )
    form = forms.ArrangeForm(
        request.POST if request.POST and "titles" not in request.POST else None,
        pieces=pieces,
        sections=sections,
    )
    done: object | None = None
    if titles.is_bound and titles.is_valid():
        wanted = titles.cleaned_data["titles"]
        done = _tried(titles, volumes.set_sections, volume=found, titles=wanted)
    elif form.is_bound and form.is_valid():
        done = _tried(form, volumes.arrange, volume=found, places=form.places)
    if done is not None:
        messages.success(request, _("已排好。"))
        return redirect("reading:arrange", number)
    return render(
        request, "reading/arrange.html", {"volume": found, "titles": titles, "form": form}
    )


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def issue(request: Request, number: int) -> HttpResponse:
    """See the volume as it will be; posting issues it."""
    found = _edited(request, number)
    if request.method == "POST":
        try:
            found = volumes.issue_volume(volume=found, by=request.user, at=clock.now())
        except REFUSALS as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("已印发，书已上架；印刷用的 PDF 正在排版。"))
            return _ask_for_pdf(found)
    shown = {
        "volume": found,
        "gaps": queries.gaps_of(found),
        "bound": queries.manuscript_of(found, clock.today()),
    }
    return render(request, "reading/issue_volume.html", shown)


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def set_pdf(request: Request, number: int) -> HttpResponse:
    """Ask for the PDF of an issued volume (POST), or see whether it is ready (GET)."""
    found = get_object_or_404(queries.volumes(), number=number, issued_version__isnull=False)
    if request.method == "POST":
        return _ask_for_pdf(found)
    version = queries.issued_of(found)
    return show_making(
        request, version, queries.PDF, "reading/volume_file.html", {"number": number}
    )


def _ask_for_pdf(volume: Volume) -> HttpResponse:
    return ask_for_file(
        queries.issued_of(volume),
        queries.PDF,
        reverse("reading:set-pdf", args=[volume.number]),
        partial(tasks.set_volume.enqueue, volume.number),
    )


@admits(is_member)
@require_http_methods(["GET", "POST"])
def note_erratum(request: Request, number: int) -> HttpResponse:
    """Say what was printed wrong."""
    found = _edited(request, number, issued=True)
    form = forms.ErratumForm(request.POST or None)
    if form.is_valid():
        done = _tried(
            form,
            volumes.note_erratum,
            volume=found,
            noted_by=person_of(request),
            at=clock.now(),
            **form.cleaned_data,
        )
        if done is not None:
            return redirect("reading:volume", number)
    return render(request, "reading/erratum.html", {"volume": found, "form": form})


def _tried(form: Any, action: Callable[..., object], **words: Any) -> object | None:
    """What an action gives back; None, with the reason on the form, where it refuses."""
    try:
        return action(**words) or True
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return None


def _edited(request: Request, number: int, *, issued: bool = False) -> Volume:
    """A volume that one edits: as long as it is open, or once it is issued."""
    found = get_object_or_404(queries.volumes(), number=number, issued_version__isnull=not issued)
    if not access.may_edit_volume(request.user, found):
        raise Http404
    return found


def _piece(request: Request, pk: int) -> Contribution:
    """A text of a volume that one edits.

    One's own, or one that one still has to read unnamed, is for the other editors.
    """
    found = get_object_or_404(queries.contributions_seen_by(request.user), pk=pk)
    is_blind = queries.is_blind_to(found, request.user.person)
    if is_blind or not access.may_edit_volume(request.user, found.volume):
        raise Http404
    return found
