"""What its organiser has opened to the public: one page a forum, and a feed (Atom 1.0)."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taihua.base.access import admits, anyone
from taihua.base.papers.values import printable
from taihua.kernel.org.http import Request
from taihua.rooms.forums.models import Forum
from taihua.rooms.forums.queries import forums as queries
from taihua.rooms.forums.queries.proceedings import sections_of, version_of

ENTRIES = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the feed; its link is also its name for good."""

    title: str
    link: str
    text: str
    author: str
    at: datetime


@admits(anyone)
@require_safe
def public(request: Request, pk: int) -> HttpResponse:
    """The call of a public forum, and its proceedings once they are issued."""
    forum = get_object_or_404(queries.public(), pk=pk)
    version = version_of(forum)
    issued = version if version and version.is_issued else None
    context = {"forum": forum, "issued": issued, "sections": sections_of(issued) if issued else []}
    return render(request, "forums/public.html", context)


@admits(anyone)
@require_safe
def feed(request: Request) -> HttpResponse:
    """Calls and issued proceedings that are public, the latest first; nothing else is ever in it."""
    here = request.build_absolute_uri(reverse("forums:feed"))
    atom = Atom1Feed(
        title=_("讲坛：征集和文集"),
        link=request.build_absolute_uri("/"),
        description=None,
        feed_url=here,
        feed_guid=here,
        author_name=_("苔花"),
        language="zh-Hans",
    )
    entries = [entry for forum in queries.public()[:ENTRIES] for entry in _entries(request, forum)]
    for entry in sorted(entries, key=lambda each: each.at, reverse=True)[:ENTRIES]:
        atom.add_item(
            title=printable(entry.title),
            link=entry.link,
            unique_id=entry.link,
            description=printable(entry.text),
            author_name=printable(entry.author),
            pubdate=entry.at,
            updateddate=entry.at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


def _entries(request: Request, forum: Forum) -> list[Entry]:
    """The entry of the call, and that of the proceedings once they are issued."""
    page = request.build_absolute_uri(reverse("forums:open", args=[forum.pk]))
    kind, host = forum.get_kind_display(), forum.host.name
    call = Entry(f"{kind}征集：{forum.topic}", f"{page}#call", forum.call, host, forum.called_at)
    if forum.issued_at is None:
        return [call]
    title, text = f"{kind}文集：{forum.topic}", _("文集已印发。")
    return [Entry(title, f"{page}#proceedings", text, host, forum.issued_at), call]
