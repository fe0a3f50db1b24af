"""What the portal answers to the house's search."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.urls import reverse

from taihua.base import clock
from taihua.base.search import excerpt
from taihua.kernel.house import Found
from taihua.kernel.org.models import Account
from taihua.rooms.portal.models import Consultation
from taihua.rooms.portal.queries.consultations import holding, seen_by
from taihua.rooms.portal.queries.search import articles_numbered, found_articles


def found(account: Account, words: Sequence[str], limit: int) -> Iterator[Found]:
    """The newest of what ``account`` may read and in which all words stand.

    Consultations come first and take at most half of the places: there are few of them.
    """
    if not words:
        return
    asked = list(_consultations(account, words)[: limit // 2])
    for each in asked:
        yield Found(
            title=each.title,
            url=reverse("portal:consultation", args=[each.pk]),
            excerpt=excerpt(each.draft, list(words)),
        )
    hits = found_articles(words, clock.now(), most=limit - len(asked))
    for article in articles_numbered(hits.numbers):
        if article.live is not None:
            yield Found(
                title=article.live.title,
                url=reverse("portal:article", args=[article.pk]),
                excerpt=excerpt(article.live.plain, list(words)),
            )


def _consultations(account: Account, words: Sequence[str]) -> QuerySet[Consultation]:
    return holding(seen_by(account, clock.today()), words)
