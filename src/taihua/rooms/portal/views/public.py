"""What everybody reads: the front page, a column, an article, its pictures and files."""

from functools import partial
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from taihua.base import clock
from taihua.base.access import admits, anyone
from taihua.base.shared import for_everybody
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.rooms.portal.actions.counting import count_opening
from taihua.rooms.portal.logic.visitors import reads
from taihua.rooms.portal.models import Article, ArticleFile, Picture
from taihua.rooms.portal.queries import consultations
from taihua.rooms.portal.queries import public as queries
from taihua.rooms.portal.views import pages

# Shown within a page; anything else is only ever saved.
SHOWN = {"image/png", "image/jpeg", "image/gif", "image/webp"}
SECONDS = 30
ASKING = 5  # consultations named on the front page


@admits(anyone)
@require_safe
def front(request: Request) -> HttpResponse:
    asking = list(consultations.asking_all(clock.today())[:ASKING])
    return for_everybody(answer(request, pages.front(clock.now()), asking=asking))


@admits(anyone)
@require_safe
def column(request: Request, slug: str) -> HttpResponse:
    here = get_object_or_404(queries.open_columns(), slug=slug)
    return for_everybody(answer(request, pages.column(here, request.GET.get("page"), clock.now())))


@admits(anyone)
@require_safe
def article(request: Request, pk: int) -> HttpResponse:
    now = clock.now()
    here = queries.article_to_read(pk, now)
    if here is None:
        raise Http404
    views = {"views": queries.views_of(here)}
    if is_logged_in(request.user):
        inside = answer(request, pages.article(here, now, inside=True), **views)
        patch_cache_control(inside, private=True, no_cache=True)
        return inside
    given = answer(request, pages.article(here, now), **views)
    return for_everybody(given, partial(_opened, pk))


@admits(anyone)
@require_safe
def picture(request: Request, pk: int, number: int) -> HttpResponse:
    return _content(request, queries.picture_of(pk, number))


@admits(anyone)
@require_safe
def file(request: Request, pk: int, number: int) -> HttpResponse:
    return _content(request, queries.file_of(pk, number))


def answer(request: Request, shown: pages.Shown, **more: object) -> HttpResponse:
    """A public page for a browser."""
    page = getattr(shown.values.get("page"), "number", 1)
    own = request.path if page == 1 else f"{request.path}?page={page}"
    values = shown.values | {"on": clock.today(), "address": request.build_absolute_uri(own)}
    return render(request, shown.template, values | more)


def _opened(article: int, request: HttpRequest) -> None:
    """Count that an article was opened, if a person reads it; only strangers come by here."""
    if reads(request.method or "", request.headers):
        count_opening(article, clock.today())


def _content(request: Request, kept: Picture | ArticleFile | None) -> HttpResponse:
    if kept is None or not _may_see(request, kept.article):
        raise Http404
    etag = f'"{kept.digest}"'
    if request.headers.get("If-None-Match") == etag:
        given: HttpResponse = HttpResponseNotModified()
    else:
        given = HttpResponse(bytes(kept.content), content_type=kept.media_type)
    is_shown = isinstance(kept, Picture) and kept.media_type in SHOWN
    name = kept.name if isinstance(kept, ArticleFile) else f"{kept.article_id}-{kept.number}"
    given.headers["ETag"] = etag
    given.headers["Cache-Control"] = f"private, max-age={SECONDS}"
    given.headers["X-Content-Type-Options"] = "nosniff"
    disposition = content_disposition_header(as_attachment=not is_shown, filename=name)
    if disposition and given.status_code == HTTPStatus.OK:
        given.headers["Content-Disposition"] = disposition
    return given


def _may_see(request: Request, article: Article) -> bool:
    return queries.is_shown(article, clock.now())
