"""The public pages as a template and what it is given: on the web and as plain files alike."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.urls import reverse

from taihua.rooms.portal.enums import Form
from taihua.rooms.portal.logic.figures import for_strangers
from taihua.rooms.portal.models import Article, Column
from taihua.rooms.portal.queries import public as queries

A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Shown:
    """A page before it is written."""

    template: str
    values: dict[str, Any] = field(default_factory=dict)


def front(at: datetime) -> Shown:
    return _shown("front", queries.front_places(at), on_front=True)


def column(here: Column, number: object, at: datetime) -> Shown:
    """One page of the articles of a column."""
    tops = queries.places()
    page = Paginator(queries.articles_in(here, at), A_PAGE).get_page(number)  # type: ignore[arg-type]
    below = [place for place in _all(tops) if place.column.above_id == here.pk]
    place = {"column": here, "page": page, "below": below, "numbers": numbers(page)}
    address = reverse("portal:column", args=[here.slug])
    return _shown("column", tops, top=_top(here.pk, tops), paged_at=address, **place)


def article(here: Article, at: datetime, *, inside: bool = False) -> Shown:
    """An article with all its furniture but how often it was opened.

    For who is ``inside`` the house the figures of a document open down to their records.
    """
    tops = queries.places()
    above = here.column.above
    way = [each for each in (above, here.column) if each and each.is_open]
    return _shown(
        "article",
        tops,
        top=_top(here.column_id, tops),
        article=here,
        words=here.live,
        text=_text(here, inside=inside),
        way=way,
        around=queries.around(here, at),
        replaced=queries.replaced(here, at),
    )


def search(values: dict[str, Any]) -> Shown:
    """What a search came upon."""
    return Shown("portal/public/search.html", values | {"body": settings.TAIHUA_BODY})


def numbers(page: "Page[Any]") -> list[int]:
    """The pages that a pager names; 0 stands for those left out."""
    elided = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else 0 for number in elided]


def _shown(name: str, tops: list[queries.Place], **values: Any) -> Shown:
    always = {"tops": tops, "body": settings.TAIHUA_BODY}
    return Shown(f"portal/public/{name}.html", always | values)


def _text(here: Article, *, inside: bool) -> str:
    words = here.live
    if words is None:
        return ""
    return words.html if inside or words.form != Form.PAPER else for_strangers(words.html)


def _all(tops: list[queries.Place]) -> list[queries.Place]:
    found = list(tops)
    for place in found:
        found += place.below
    return found


def _top(pk: int, tops: list[queries.Place]) -> int | None:
    """The column of the navigation under which a column stands."""
    return next((top.column.pk for top in tops if pk in queries.family(top.column, [top])), None)
