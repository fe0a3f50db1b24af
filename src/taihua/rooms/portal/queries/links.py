"""Links, pictures and files of public articles behind which nothing stands."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import Resolver404, ResolverMatch, resolve, reverse

from taihua.base.clock import local_day
from taihua.rooms.portal.enums import Rot
from taihua.rooms.portal.logic.links import Where, addresses_in, way
from taihua.rooms.portal.models import ArticleFile, OldAddress, Picture
from taihua.rooms.portal.queries.consultations import open_to_all
from taihua.rooms.portal.queries.public import open_columns, public_articles

# Pages of the site that need no row to be there.
ALWAYS = {
    f"portal:{name}"
    for name in ("front", "search", "feed", "sitemap", "robots", "consultations", "receipts")
}


@dataclass(frozen=True, slots=True)
class Dead:
    """An address in an article that leads nowhere, and why."""

    article: int
    address: str
    why: Rot


@dataclass(slots=True)
class Told:
    """What a look at all public articles came upon; ``outside`` names the articles by address."""

    links: int = 0
    dead: list[Dead] = field(default_factory=list)
    outside: dict[str, list[int]] = field(default_factory=dict)


class Site:
    """What everybody can open at a moment."""

    def __init__(self, at: datetime) -> None:
        shown = public_articles(at).values_list("pk", flat=True)
        self.articles = set(shown)
        self.columns = set(open_columns().values_list("slug", flat=True))
        pictures = Picture.objects.filter(article__in=shown)
        self.pictures = set(pictures.values_list("article_id", "number"))
        self.picture_keys = set(pictures.values_list("pk", flat=True))
        files = ArticleFile.objects.filter(article__in=shown)
        self.files = set(files.values_list("article_id", "pk"))
        self.file_keys = set(files.values_list("pk", flat=True))
        asked = open_to_all(local_day(at))
        self.asked = dict(asked.values_list("pk", "published_on"))
        old = OldAddress.objects.filter(article__in=shown)
        self.old = set(old.values_list("address", flat=True))

    def lacks(self, path: str) -> Rot | None:
        """Why nobody finds anything under a path; none if all is well."""
        bare = path.partition("?")[0]
        if bare.startswith(settings.STATIC_URL):
            return None if finders.find(bare.removeprefix(settings.STATIC_URL)) else Rot.MISSING
        try:
            match = resolve(bare)
        except Resolver404:
            return None if path in self.old else Rot.MISSING
        return self._lacks(match)

    def _lacks(self, match: ResolverMatch) -> Rot | None:
        name, told = match.view_name, match.kwargs
        if name == "portal:picture":
            there = self._holds(told, "number", self.pictures, self.picture_keys)
            return None if there else Rot.PICTURE
        if name == "portal:file":
            there = self._holds(told, "number", self.files, self.file_keys)
            return None if there else Rot.FILE
        if name in ALWAYS:
            return None
        if name in {"portal:article", "portal:column", "portal:column_feed"}:
            there = told.get("pk") in self.articles or told.get("slug") in self.columns
            return None if there else Rot.MISSING
        if name in {"portal:consultation", "portal:give-opinion"}:
            return None if told["pk"] in self.asked else Rot.MISSING
        if name == "portal:outcome":
            return None if self.asked.get(told["pk"]) else Rot.MISSING
        return Rot.HIDDEN

    @staticmethod
    def _holds(
        told: dict[str, int],
        name: str,
        pairs: Collection[tuple[int, int]],
        keys: Collection[int],
    ) -> bool:
        return (told["pk"], told[name]) in pairs if name in told else told["pk"] in keys


def look(at: datetime, hosts: Collection[str]) -> Told:
    """Look at every link, picture and file of every public article, without asking outside."""
    site, told = Site(at), Told()
    rows = public_articles(at).order_by("pk").values_list("pk", "live__html")
    for pk, html in rows.iterator(chunk_size=200):
        page = reverse("portal:article", args=[pk])
        for address in addresses_in(html):
            told.links += 1
            where, path = way(address, page, hosts)
            if where is Where.OUTSIDE:
                told.outside.setdefault(path, []).append(pk)
            elif where is Where.INSIDE and (why := site.lacks(path)):
                told.dead.append(Dead(pk, address, why))
    told.dead += _spoilt(site.articles)
    return told


def _spoilt(shown: Collection[int]) -> Iterator[Dead]:
    """Pictures and files whose content is no longer what was kept."""
    for model, name in ((Picture, "portal:picture"), (ArticleFile, "portal:file")):
        rows = model._default_manager.order_by("pk")
        number = "number" if model is Picture else "pk"
        for article, own, content, digest in rows.values_list(
            "article_id", number, "content", "digest"
        ).iterator(chunk_size=20):
            if article in shown and sha256(bytes(content)).hexdigest() != digest:
                yield Dead(article, reverse(name, args=[article, own]), Rot.SPOILT)
