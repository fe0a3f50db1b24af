"""For readers that are machines: feeds, the map of the site, what robots may do."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from taihua.base import clock
from taihua.base.access import admits, anyone
from taihua.base.shared import for_everybody
from taihua.kernel.org.http import Request
from taihua.rooms.portal.logic import atom
from taihua.rooms.portal.models import Article
from taihua.rooms.portal.queries import public as queries
from taihua.rooms.portal.queries.consultations import open_to_all

ENTRIES = 30
MAP_LIMIT = 50_000  # addresses in one map, as its rules have it
LANGUAGE = "zh-Hans"
# What is no page loads nothing; a browser that shows it anyway draws it with styles of its own.
NO_PAGE = csp_override(
    {"default-src": [CSP.NONE], "style-src": [CSP.UNSAFE_INLINE], "img-src": ["data:"]}
)


@admits(anyone)
@require_safe
@NO_PAGE
def everything(request: Request) -> HttpResponse:
    """The newest articles of the whole site."""
    articles = queries.public_articles(clock.now()).defer("live__text", "live__html")[:ENTRIES]
    page = request.build_absolute_uri(reverse("portal:front"))
    return _feed(request, settings.TAIHUA_BODY, page, list(articles))


@admits(anyone)
@require_safe
@NO_PAGE
def column(request: Request, slug: str) -> HttpResponse:
    """The newest articles of one column."""
    here = get_object_or_404(queries.open_columns(), slug=slug)
    rows = queries.public_articles(clock.now()).filter(column=here)
    title = f"{here.title}－{settings.TAIHUA_BODY}"
    page = request.build_absolute_uri(reverse("portal:column", args=[slug]))
    return _feed(request, title, page, list(rows.defer("live__text", "live__html")[:ENTRIES]))


@admits(anyone)
@require_safe
@NO_PAGE
def sitemap(request: Request) -> HttpResponse:
    """Every public page: the front, the columns, consultations, the newest fifty thousand articles."""
    rows = queries.public_articles(clock.now()).values_list("pk", "live__written_at")
    to = request.build_absolute_uri
    columns = list(queries.open_columns().values_list("slug", flat=True))
    pages = [
        (to(reverse("portal:front")), None),
        *((to(reverse("portal:column", args=[slug])), None) for slug in columns),
        *((to(path), None) for path in _consultations()),
    ]
    base = to("/")[:-1]
    articles = [
        (base + reverse("portal:article", args=[pk]), at)
        for pk, at in rows[: MAP_LIMIT - len(pages)]
    ]
    return _xml(atom.sitemap([*pages, *articles]), "application/xml")


def _consultations() -> Iterator[str]:
    """The addresses of what everybody was asked, and of what came of it."""
    yield reverse("portal:consultations")
    for each in open_to_all(clock.today()):
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


def _feed(request: Request, title: str, page: str, articles: list[Article]) -> HttpResponse:
    entries = [_entry(request, each) for each in articles]
    written = atom.feed(
        title=title,
        writer=settings.TAIHUA_BODY,
        address=page,
        own=request.build_absolute_uri(request.path),
        entries=entries,
        language=LANGUAGE,
    )
    return _xml(written, "application/atom+xml")


def _entry(request: Request, article: Article) -> atom.Entry:
    words, at = article.live, article.published_at
    if words is None or at is None:
        raise ValueError(f"{article} is not issued")
    return atom.Entry(
        address=request.build_absolute_uri(reverse("portal:article", args=[article.pk])),
        title=words.title,
        writer=words.byline or words.source,
        summary=words.summary or " ".join(words.plain.split())[:120],
        at=at,
        changed=max(at, words.written_at),
    )


def _xml(content: bytes, kind: str) -> HttpResponse:
    return for_everybody(HttpResponse(content, content_type=f"{kind}; charset=utf-8"))
