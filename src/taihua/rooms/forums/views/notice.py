"""The notice of a forum: its host writes and issues it, everybody reads it."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel import house
from taihua.kernel.documents.models import Version
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.rooms.forums import access
from taihua.rooms.forums.actions import notice as actions
from taihua.rooms.forums.actions.files import MEDIA_TYPES, keep
from taihua.rooms.forums.actions.forums import ForumRefused
from taihua.rooms.forums.forms.forums import NoticeForm
from taihua.rooms.forums.models import Forum
from taihua.rooms.forums.queries import forums as queries
from taihua.rooms.forums.queries import notice as told
from taihua.rooms.forums.views import papers
from taihua.rooms.forums.views.saying import download

SIGN = "讲坛通知"  # as it stands in the numbers of the notices


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def notice(request: Request, pk: int) -> HttpResponse:
    """The notice that counts; posting begins one, or the one that takes its place."""
    forum = get_object_or_404(queries.forums(), pk=pk)
    if request.method == "POST":
        return _begin(request, forum)
    version = told.notices_of(forum).first()
    if version is None:
        raise Http404
    return redirect("forums:issued-notice", version.pk)


def _begin(request: Request, forum: Forum) -> HttpResponse:
    if not access.may_organise(request.user, forum):
        raise Http404
    try:
        actions.begin(forum=forum, by=request.user, at=clock.now())
    except ForumRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("forums:forum", forum.pk)
    return redirect("forums:write-notice", forum.pk)


@admits(access.may_call_forums)
@require_http_methods(["GET", "POST"])
def write(request: Request, pk: int) -> HttpResponse:
    """Write on the notice that is begun."""
    forum = _hosted(request, pk)
    version = told.draft_of(forum)
    if version is None:
        raise Http404
    text = told.text_of(version)
    form = NoticeForm(
        request.POST or None,
        sections=text.sections,
        initial={
            "expected": version.number,
            "title": text.title,
            "addressee": text.addressee,
            "opening": text.opening,
        },
    )
    draft = papers.Draft(
        forum=forum,
        version=version,
        sign=SIGN,
        year=clock.today().year,
        shown=told.text_of,
        more={"changes": told.changes_since(version, forum)},
    )

    def save(expected: int) -> Version:
        return actions.write(
            forum=forum, text=form.notice, expected=expected, by=request.user, at=clock.now()
        )

    return papers.write(request, "forums/write_notice.html", draft, form, save)


@admits(access.may_call_forums)
@require_POST
def issue(request: Request, pk: int) -> HttpResponse:
    """Issue the notice, and make the files of it."""
    forum = _hosted(request, pk)
    version = papers.issue(request, SIGN, partial(actions.issue, forum=forum), told.issued_paper)
    if version is None:
        return redirect("forums:write-notice", pk)
    messages.success(request, _("通知已印发，Word 和 PDF 都做好了。"))
    return redirect("forums:issued-notice", version.pk)


@admits(is_logged_in)
@require_GET
def issued(request: Request, pk: int) -> HttpResponse:
    """A notice as it was issued, what has changed since, and the way to the public site."""
    version = get_object_or_404(told.notices(), pk=pk)
    forum = get_object_or_404(queries.forums(), pk=version.body["forum"])
    all_of_it = list(told.notices_of(forum))
    context = {
        "forum": forum,
        "version": version,
        "notice": told.text_of(version),
        "counts": all_of_it[0],
        "others": [each for each in all_of_it if each != version],
        "changes": [] if forum.held_at else told.changes_since(version, forum),
        "publishing": house.publishing_of(request.user, version, clock.now()),
    }
    return render(request, "forums/read_notice.html", context)


@admits(is_logged_in)
@require_GET
def file(request: Request, pk: int, form: str) -> HttpResponse:
    """A notice as Word or PDF; a draft is for its host alone."""
    version = get_object_or_404(Version.objects.filter(document__kind=told.KIND), pk=pk)
    if form not in MEDIA_TYPES:
        raise Http404
    if not version.is_issued:
        _hosted(request, version.body["forum"])
    made = keep(version=version, paper=told.issued_paper(version), form=form, at=clock.now())
    return download(made)


def _hosted(request: Request, pk: int) -> Forum:
    forum = get_object_or_404(queries.forums(), pk=pk)
    if not access.may_organise(request.user, forum):
        raise Http404
    return forum
