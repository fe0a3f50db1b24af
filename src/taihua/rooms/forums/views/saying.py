"""What the small pages share: one form, one act, back to where one came from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from taihua.kernel.commitments.actions import CommitmentRefused
from taihua.kernel.documents.actions import DocumentRefused
from taihua.kernel.documents.models import DocumentFile
from taihua.kernel.org.http import Request
from taihua.rooms.forums.actions.forums import ForumRefused
from taihua.rooms.forums.actions.practices import PracticeRefused
from taihua.rooms.forums.actions.talks import TalkRefused

REFUSALS = (ForumRefused, TalkRefused, PracticeRefused, CommitmentRefused, DocumentRefused)


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """A page with one form: what it is called, what stands above the form, the verb on its button."""

    title: str
    button: str
    back: str
    back_title: str
    lede: str = ""
    quoted: str = ""
    grave: bool = False
    more: dict[str, Any] = field(default_factory=dict)


def say(
    request: Request,
    page: Say,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    done: str,
) -> HttpResponse:
    """Do ``act`` with what the form says and go back; what was refused is told, with the words kept."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(page.back)
    return render(request, "forums/say.html", {"page": page, "form": form, **page.more})


def do(request: Request, act: Callable[[], object], done: str) -> None:
    """Do something that needs no form, and say what came of it."""
    try:
        act()
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)


def download(made: DocumentFile) -> HttpResponse:
    """A file of a document, as its reader takes it home."""
    disposition = content_disposition_header(as_attachment=True, filename=made.name)
    return HttpResponse(
        bytes(made.content),
        content_type=made.media_type,
        headers={"Content-Disposition": disposition, "ETag": f'"{made.digest}"'},
    )
