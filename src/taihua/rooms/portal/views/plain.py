"""The public site written as plain files: each page as everybody sees it, without what moves."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.urls import reverse

from taihua.base.clock import local_day
from taihua.rooms.portal.logic.plain import LINK, relinked, safe_name
from taihua.rooms.portal.models import Article, ArticleFile, Column, Picture
from taihua.rooms.portal.queries import consultations as asked
from taihua.rooms.portal.queries import public as queries
from taihua.rooms.portal.views import feeds, pages
from taihua.rooms.portal.views.consultations import pages as asked_pages
from taihua.rooms.portal.views.consultations.texts import draft_of, final_of
from taihua.rooms.portal.views.frame import SITE, site_values

ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


class PlainSite:
    """What everybody may read at a moment, as files: (path, content), each once.

    ``address`` is where the folder will lie; ``site`` where the living site is, to which links lead
    that point to what does not come along.
    """

    def __init__(self, at: datetime, address: str, site: str) -> None:
        self.at, self.address, self.site = at, address.rstrip("/"), site.rstrip("/")
        self.columns = list(queries.open_columns())
        self.numbers = list(queries.public_articles(at).values_list("pk", flat=True))
        self.pictures = _of_articles(Picture, "media_type", self.numbers)
        self.papers = _of_articles(ArticleFile, "name", self.numbers)
        self.asked = list(asked.open_to_all(local_day(at)).select_related("responsible"))
        self.lists = asked_pages.paged(asked.seen_by(AnonymousUser(), local_day(at)))
        self.frame = site_values() | {
            "frame": SITE,
            "on_consultations": True,
            "living": self.site,
            "paged_at": reverse("portal:consultations"),
        }
        self.pages_of = {column.pk: self._pages(column) for column in self.columns}
        self.files = dict(self._addresses())
        self.furniture: dict[str, str] = {}

    def write(self) -> Iterator[tuple[str, bytes]]:
        yield "index.html", self._page("index.html", pages.front(self.at))
        for column in self.columns:
            for number in range(1, self.pages_of[column.pk] + 1):
                path = _column_file(column, number)
                yield path, self._page(path, pages.column(column, number, self.at))
        yield from self._articles()
        yield from self._consultations()
        yield from self._for_machines()
        for path, name in sorted(self.furniture.items()):
            yield path, _furniture(name)

    def _articles(self) -> Iterator[tuple[str, bytes]]:
        for number in self.numbers:
            article = queries.article_to_read(number, self.at)
            if article is not None:
                path = f"a/{number}.html"
                yield path, self._page(path, pages.article(article, self.at))
                yield from self._enclosed(article)

    def _consultations(self) -> Iterator[tuple[str, bytes]]:
        """What everybody was asked, and what came of it; nothing can be sent from a file."""
        today = local_day(self.at)
        for number in self.lists.page_range:
            shown = asked_pages.consultations(self.lists.page(number), today)
            yield _list_file(number), self._asked(_list_file(number), "list", shown)
        for each in self.asked:
            path = self.files[reverse("portal:consultation", args=[each.pk])]
            yield path, self._asked(path, "consultation", asked_pages.consultation(each, today))
            if not each.withdrawn_on:
                yield self.files[reverse("portal:draft-text", args=[each.pk])], draft_of(each)
            if each.published_on:
                path = self.files[reverse("portal:outcome", args=[each.pk])]
                yield path, self._asked(path, "outcome", asked_pages.outcome(each))
                yield self.files[reverse("portal:final-text", args=[each.pk])], final_of(each)

    def _asked(self, path: str, name: str, values: dict[str, Any]) -> bytes:
        template = f"portal/consultations/{name}.html"
        return self._page(path, pages.Shown(template, self.frame | values))

    def _for_machines(self) -> Iterator[tuple[str, bytes]]:
        """The feeds and the map, naming the files where they will lie."""
        yield "feed.xml", feeds.feed_of(None, self.at, self._lead)
        for column in self.columns:
            yield f"c/{column.slug}/feed.xml", feeds.feed_of(column, self.at, self._lead)
        yield "sitemap.xml", feeds.map_of(self.at, self._lead)

    def _lead(self, path: str) -> str:
        return f"{self.address}/{quote(self.files[path])}"

    def _enclosed(self, article: Article) -> Iterator[tuple[str, bytes]]:
        for picture in article.pictures.order_by("number"):
            address = reverse("portal:picture", args=[article.pk, picture.number])
            yield self.files[address], bytes(picture.content)
        for paper in ArticleFile.objects.filter(article=article).order_by("pk"):
            yield (
                self.files[reverse("portal:file", args=[article.pk, paper.pk])],
                bytes(paper.content),
            )

    def _page(self, path: str, shown: pages.Shown) -> bytes:
        html = render_to_string(shown.template, shown.values | {"exported": True})
        for found in LINK.finditer(html):
            self._bring(found["address"])
        return relinked(html, path, self.files, self.site).encode()

    def _bring(self, address: str) -> None:
        """Style sheets, scripts and the mark come along as the pages ask for them."""
        base = str(settings.STATIC_URL)
        if address.startswith(base) and address not in self.files:
            name = address.removeprefix(base)
            self.files[address] = f"static/{name}"
            self.furniture[f"static/{name}"] = name

    def _pages(self, column: Column) -> int:
        count = queries.articles_in(column, self.at).count()
        return max(1, -(-count // pages.A_PAGE))

    def _addresses(self) -> Iterator[tuple[str, str]]:
        yield reverse("portal:front"), "index.html"
        yield reverse("portal:feed"), "feed.xml"
        yield reverse("portal:sitemap"), "sitemap.xml"
        for column in self.columns:
            yield reverse("portal:column_feed", args=[column.slug]), f"c/{column.slug}/feed.xml"
            address = reverse("portal:column", args=[column.slug])
            yield address, _column_file(column, 1)
            for number in range(1, self.pages_of[column.pk] + 1):
                yield f"{address}?page={number}", _column_file(column, number)
        for number in self.numbers:
            yield reverse("portal:article", args=[number]), f"a/{number}.html"
        for address, number in queries.old_addresses(self.numbers):
            yield address, f"a/{number}.html"
        yield from self._addresses_asked()
        for article, number, pk, kind in self.pictures:
            path = f"a/{article}/{number}.{ENDINGS.get(kind, 'bin')}"
            yield reverse("portal:picture", args=[article, number]), path
            yield reverse("portal:picture", args=[pk]), path
        for article, _number, pk, name in self.papers:
            path = f"a/{article}/files/{pk}-{safe_name(name)}"
            yield reverse("portal:file", args=[article, pk]), path
            yield reverse("portal:file", args=[pk]), path

    def _addresses_asked(self) -> Iterator[tuple[str, str]]:
        address = reverse("portal:consultations")
        yield address, _list_file(1)
        for number in self.lists.page_range:
            yield f"{address}?page={number}", _list_file(number)
        for each in self.asked:
            yield reverse("portal:consultation", args=[each.pk]), f"consultations/{each.pk}.html"
            for name in ("draft", "final"):
                path = f"consultations/{each.pk}-{name}.xml"
                yield reverse(f"portal:{name}-text", args=[each.pk]), path
            if each.published_on:
                path = f"consultations/{each.pk}-outcome.html"
                yield reverse("portal:outcome", args=[each.pk]), path


def _column_file(column: Column, number: int) -> str:
    return f"c/{column.slug}/{'index' if number == 1 else number}.html"


def _list_file(number: int) -> str:
    return f"consultations/{'index' if number == 1 else f'list-{number}'}.html"


def _of_articles(
    model: type[Picture | ArticleFile], field: str, numbers: list[int]
) -> list[tuple[int, int, int, str]]:
    """Article, number, key and ``field`` of every picture or file of these articles."""
    number = "number" if model is Picture else "pk"
    shown = set(numbers)
    rows = model._default_manager.order_by("pk").values_list("article_id", number, "pk", field)
    return [row for row in rows if row[0] in shown]


def _furniture(name: str) -> bytes:
    """A static file, collected or where the code keeps it."""
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return bytes(file.read())
    found = finders.find(name)
    if not found:
        raise FileNotFoundError(name)
    return Path(found).read_bytes()
