"""What the notice and the proceedings of a forum share: written on, saved, issued under a number."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from taihua.base import clock
from taihua.base.papers import Paper, paper_number
from taihua.kernel.documents.actions import DocumentRefused, Overtaken
from taihua.kernel.documents.forms import after
from taihua.kernel.documents.models import Version
from taihua.kernel.documents.queries import next_number
from taihua.kernel.org.http import Request
from taihua.rooms.forums.actions.files import MEDIA_TYPES, keep
from taihua.rooms.forums.actions.forums import ForumRefused
from taihua.rooms.forums.forms.forums import IssueForm, ProceedingsForm
from taihua.rooms.forums.models import Forum


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A paper that is being written; ``sign`` and ``year`` stand in the number it will get.

    ``shown`` makes of a version what its page shows of it.
    """

    forum: Forum
    version: Version
    sign: str
    year: int
    shown: Callable[[Version], object]
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def issue_form(self) -> IssueForm:
        number = paper_number(self.sign, self.year, next_number(self.sign, self.year))
        return IssueForm(initial={"number": number, "expected": self.version.number})


def write(
    request: Request,
    template: str,
    draft: Draft,
    form: ProceedingsForm,
    save: Callable[[int], object],
) -> HttpResponse:
    """Save what the form says; who was overtaken sees the other text beside the own, which stays.

    :param save: does it, upon the version of that number
    """
    theirs = None
    if form.is_valid():
        try:
            save(form.cleaned_data["expected"])
        except Overtaken as overtaken:
            theirs = after(overtaken, form)
        except (DocumentRefused, ForumRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已存下。"))
            return redirect(request.path)
    context = {
        "forum": draft.forum,
        "version": draft.version,
        "form": form,
        "theirs": draft.shown(theirs) if theirs else None,
        "issue_form": draft.issue_form,
        **draft.more,
    }
    return render(request, template, context, status=409 if theirs else 200)


def issue(
    request: Request,
    sign: str,
    act: Callable[..., Version],
    paper: Callable[[Version], Paper],
) -> Version | None:
    """Issue a paper under the number that was posted and make its files; None if that was refused."""
    form = IssueForm(request.POST)
    if not form.is_valid():
        example = paper_number(sign, clock.today().year, 1)
        messages.error(request, _("请填写编号，例如 %(number)s。") % {"number": example})
        return None
    try:
        version = act(by=request.user, at=clock.now(), **form.cleaned_data)
    except (ForumRefused, DocumentRefused) as refusal:
        messages.error(request, str(refusal))
        return None
    for made in MEDIA_TYPES:
        keep(version=version, paper=paper(version), form=made, at=clock.now())
    return version
