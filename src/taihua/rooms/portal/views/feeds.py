"""For readers that are machines: feeds, the map of the site, what robots may do."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from taihua.base import clock
from taihua.base.access import admits, anyone
from taihua.base.clock import local_day
from taihua.base.shared import for_everybody
from taihua.kernel.org.http import Request
from taihua.rooms.portal.logic import atom
from taihua.rooms.portal.models import Article, Column
from taihua.rooms.portal.queries import public as queries
from taihua.rooms.portal.queries.consultations import open_to_all

ENTRIES = 30
MAP_LIMIT = 50_000  # addresses in one map, as its rules have it
LANGUAGE = "zh-Hans"
ATOM = "application/atom+xml"
# What is no page loads nothing; a browser that shows it anyway draws it with styles of its own.
NO_PAGE = csp_override(
    {"default-src": [CSP.NONE], "style-src": [CSP.UNSAFE_INLINE], "img-src": ["data:"]}
)


type Lead = Callable[[str], str]  # from the path of a page to its whole address


@admits(anyone)
@require_safe
@NO_PAGE
def everything(request: Request) -> HttpResponse:
    """The newest articles of the whole site."""
    return _xml(feed_of(None, clock.now(), request.build_absolute_uri), ATOM)


@admits(anyone)
@require_safe
@NO_PAGE
def column(request: Request, slug: str) -> HttpResponse:
    """The newest articles of one column."""
    here = get_object_or_404(queries.open_columns(), slug=slug)
    return _xml(feed_of(here, clock.now(), request.build_absolute_uri), ATOM)


@admits(anyone)
@require_safe
@NO_PAGE
def sitemap(request: Request) -> HttpResponse:
    """Every public page: the front, the columns, consultations, the newest fifty thousand articles."""
    base = request.build_absolute_uri("/")[:-1]
    written = map_of(clock.now(), lambda path: base + path)
    return _xml(written, "application/xml")


def feed_of(column: Column | None, at: datetime, lead: Lead) -> bytes:
    """The newest articles of a column, or of the whole site."""
    rows = queries.public_articles(at).defer("live__text", "live__html")
    title, page, own = settings.TAIHUA_BODY, reverse("portal:front"), reverse("portal:feed")
    if column is not None:
        rows = rows.filter(column=column)
        title = f"{column.title}－{title}"
        page = reverse("portal:column", args=[column.slug])
        own = reverse("portal:column_feed", args=[column.slug])
    return atom.feed(
        title=title,
        writer=settings.TAIHUA_BODY,
        address=lead(page),
        own=lead(own),
        entries=[_entry(each, lead) for each in rows[:ENTRIES]],
        language=LANGUAGE,
    )


def map_of(at: datetime, lead: Lead) -> bytes:
    """The map of the pages that everybody may read at a moment."""
    columns = queries.open_columns().values_list("slug", flat=True)
    paths = [
        reverse("portal:front"),
        *(reverse("portal:column", args=[slug]) for slug in columns),
        *_consultations(local_day(at)),
    ]
    rows = queries.public_articles(at).values_list("pk", "live__written_at")
    articles = [
        (lead(reverse("portal:article", args=[pk])), changed)
        for pk, changed in rows[: MAP_LIMIT - len(paths)]
    ]
    return atom.sitemap([*((lead(path), None) for path in paths), *articles])


def _consultations(on: date) -> Iterator[str]:
    """The addresses of what everybody was asked, and of what came of it."""
    yield reverse("portal:consultations")
    for each in open_to_all(on):
        yield reverse("portal:consultation", args=[each.pk])
        if each.published_on:
            yield reverse("portal:outcome", args=[each.pk])


@admits(anyone)
@require_safe
def robots(request: Request) -> HttpResponse:
    """Articles may be indexed; searching for others is left to people."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('portal:search')}",
        f"Disallow: {reverse('portal:receipts')}",
        f"Allow: {reverse('portal:front')}",
        "Disallow: /",
        f"Sitemap: {request.build_absolute_uri(reverse('portal:sitemap'))}",
        "",
    ]
    return for_everybody(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))


def _entry(article: Article, lead: Lead) -> atom.Entry:
    words, at = article.live, article.published_at
    if words is None or at is None:
        raise ValueError(f"{article} is not issued")
    return atom.Entry(
        address=lead(reverse("portal:article", args=[article.pk])),
        title=words.title,
        writer=words.byline or words.source,
        summary=words.summary or " ".join(words.plain.split())[:120],
        at=at,
        changed=max(at, words.written_at),
    )


def _xml(content: bytes, kind: str) -> HttpResponse:
    return for_everybody(HttpResponse(content, content_type=f"{kind}; charset=utf-8"))
