"""What everybody reads: the front page, a column, an article."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from taihua.base import clock
from taihua.base.access import admits, anyone
from taihua.kernel.org.http import Request
from taihua.rooms.portal.queries import public as queries


@admits(anyone)
@require_safe
def front(request: Request) -> HttpResponse:
    return render(request, "portal/front.html", {"columns": queries.open_columns()})


@admits(anyone)
@require_safe
def column(request: Request, slug: str) -> HttpResponse:
    here = get_object_or_404(queries.open_columns(), slug=slug)
    articles = queries.public_articles(clock.now()).filter(column=here).defer(*queries.HEAVY)
    return render(request, "portal/column.html", {"column": here, "articles": articles})


@admits(anyone)
@require_safe
def article(request: Request, pk: int) -> HttpResponse:
    here = get_object_or_404(queries.public_articles(clock.now()), pk=pk)
    return render(request, "portal/article.html", {"article": here, "words": here.live})
