"""站内搜索: public articles by their words."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from taihua.base import clock
from taihua.base.access import admits, anyone
from taihua.base.search import LONGEST, excerpt, too_short, words_of
from taihua.base.shared import for_everybody
from taihua.kernel.org.http import Request
from taihua.rooms.portal.models import Column
from taihua.rooms.portal.queries import consultations, public
from taihua.rooms.portal.queries import search as queries
from taihua.rooms.portal.views import pages
from taihua.rooms.portal.views.public import answer

DRAFTS = 5  # consultations shown above the articles


@admits(anyone)
@require_safe
def search(request: Request) -> HttpResponse:
    """Find articles; the question, the column, the year and the page lie in the address."""
    now = clock.now()
    asked = request.GET.get("q", "").strip()
    words = words_of(asked[:LONGEST])
    can = bool(words) and not too_short(words) and len(asked) <= LONGEST
    tops, years = public.places(), queries.years_of_publication(now)
    here = public.open_columns().filter(slug=request.GET.get("column", "")).first()
    year = next((each for each in years if str(each) == request.GET.get("year")), None)
    columns = public.family(here, tops) if here else []
    hits = (
        queries.found_articles(words, now, columns=columns, year=year)
        if can
        else queries.Answer((), more=False)
    )
    drafts = (
        consultations.holding(consultations.open_to_all(clock.today()), words)[:DRAFTS]
        if can and not (here or year)
        else []
    )
    page = Paginator(hits.numbers, pages.A_PAGE).get_page(request.GET.get("page"))
    articles = queries.articles_numbered(page.object_list)
    values = {
        "asked": asked,
        "words": words,
        "can": can,
        "too_long": len(asked) > LONGEST,
        "count": len(hits.numbers),
        "more": hits.more,
        "page": page,
        "numbers": pages.numbers(page),
        "drafts": list(drafts),
        "found": [(each, _excerpt(each, words)) for each in articles],
        "years": years,
        "year": year,
        "here": here,
        "columns": _listed(tops),
        "tops": tops,
    }
    shown = pages.search(values)
    return for_everybody(answer(request, shown))


def _excerpt(article: object, words: list[str]) -> str:
    live = getattr(article, "live", None)
    return excerpt(live.plain, words) if live else ""


def _listed(tops: list[public.Place], depth: int = 0) -> list[tuple[Column, str]]:
    """The columns for a choice, those in others after them."""
    found: list[tuple[Column, str]] = []
    for place in tops:
        found.append((place.column, "　" * depth + place.column.title))
        found += _listed(place.below, depth + 1)
    return found
