"""The anthology as everybody sees it: calls, volumes, what one gave, what one was asked to read."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel import house
from taihua.kernel.documents.queries import files_of
from taihua.kernel.org.access import is_logged_in, is_member
from taihua.kernel.org.http import Request, person_of
from taihua.rooms.reading import access
from taihua.rooms.reading.actions import contributions as actions
from taihua.rooms.reading.forms import anthology as forms
from taihua.rooms.reading.logic.tracked import tracked
from taihua.rooms.reading.models import Contribution
from taihua.rooms.reading.queries import anthology as queries
from taihua.rooms.reading.queries.notes import notes_of


@admits(is_logged_in)
@require_GET
def volumes(request: Request) -> HttpResponse:
    """All volumes, the open calls first said; below, what one gave and was asked to read."""
    person, on = request.user.person, clock.today()
    shown = {
        "volumes": queries.volumes(),
        "calls": queries.open_calls(on),
        "mine": queries.contributions_of(person) if person else [],
        "opinions": queries.opinions_asked_of(person) if person else [],
        "may_call": access.may_call_for_texts(request.user),
    }
    return render(request, "reading/volumes.html", shown)


@admits(is_logged_in)
@require_GET
def volume(request: Request, number: int) -> HttpResponse:
    """One volume: its call while it is open, its contents, files and errata once it is issued."""
    found = get_object_or_404(queries.volumes(), number=number)
    shown = {"volume": found, "may_edit": access.may_edit_volume(request.user, found)}
    if found.is_issued:
        version = queries.issued_of(found)
        shown |= {
            "bound": queries.bound_of(version),
            "files": files_of(version),
            "errata": queries.errata_of(found),
            "publishing": house.publishing_of(request.user, version, clock.now()),
        }
    else:
        shown["is_open"] = found in queries.open_calls(clock.today())
    return render(request, "reading/volume.html", shown)


@admits(is_member)
@require_http_methods(["GET", "POST"])
def submit(request: Request, pk: int) -> HttpResponse:
    """Give one of one's own notes to a volume."""
    writer, on = person_of(request), clock.today()
    note = get_object_or_404(notes_of(writer), pk=pk)
    calls = queries.open_calls(on)
    form = forms.SubmitForm(
        request.POST or None,
        calls=calls,
        initial={"byline": writer.name, "volume": calls.first()},
    )
    if form.is_valid():
        try:
            given = actions.submit_note(
                note=note,
                at=clock.now(),
                **{name: form.cleaned_data[name] for name in ("volume", "byline", "licence")},
            )
        except actions.ContributionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已投稿，正请两位同事评读，他们不知道是您写的。"))
            return redirect("reading:contribution", given.pk)
    return render(request, "reading/submit.html", {"form": form, "note": note, "calls": calls})


@admits(is_member)
@require_http_methods(["GET", "POST"])
def contribution(request: Request, pk: int) -> HttpResponse:
    """What became of a text one gave; posting answers the editors' changes."""
    person = person_of(request)
    found = get_object_or_404(queries.contributions_of(person), pk=pk)
    words = queries.text_of(found)
    form = forms.ObjectionForm(request.POST or None, initial={"number": words.number})
    if form.is_valid():
        try:
            _answer(request, found, **form.cleaned_data)
        except actions.ContributionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("编者会看到您的答复。"))
            return redirect("reading:contribution", pk)
    shown = {
        "contribution": found,
        "words": words,
        "changes": tracked(found.version.text, words.text),
        "newest": next(iter(found.texts.all()), None),
        "opinions": found.opinions.exclude(given_at=None).order_by("given_at", "pk"),
        "form": form,
    }
    return render(request, "reading/contribution.html", shown)


def _answer(request: Request, found: Contribution, number: int, objection: str) -> None:
    if request.POST.get("answer") == "agree":
        actions.agree(contribution=found, number=number, at=clock.now())
    else:
        actions.object_to(contribution=found, number=number, objection=objection, at=clock.now())


@admits(is_member)
@require_POST
def withdraw_contribution(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.contributions_of(person_of(request)), pk=pk)
    try:
        actions.withdraw(contribution=found, at=clock.now())
    except actions.ContributionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已撤稿，这一辑不会收它。"))
    return redirect("reading:volumes")


@admits(is_member)
@require_http_methods(["GET", "POST"])
def opinion(request: Request, pk: int) -> HttpResponse:
    """A text to read, without the name of its writer."""
    reader = person_of(request)
    found = get_object_or_404(queries.opinions_asked_of(reader), pk=pk)
    form = forms.OpinionForm(request.POST or None)
    if request.method == "POST" and not access.may_give_opinion(reader, found):
        raise Http404
    if form.is_valid():
        try:
            actions.give_opinion(opinion=found, at=clock.now(), **form.cleaned_data)
        except actions.ContributionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("意见已交，作者看得到意见，看不到您的名字。"))
            return redirect("reading:volumes")
    return render(request, "reading/opinion.html", {"opinion": found, "form": form})
