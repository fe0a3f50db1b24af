"""What the portal answers to the house's search."""

from collections.abc import Iterator, Sequence

from django.urls import reverse

from taihua.base import clock
from taihua.base.search import excerpt
from taihua.kernel.house import Found
from taihua.kernel.org.models import Account
from taihua.rooms.portal.queries.search import articles_numbered, found_articles


def found(account: Account, words: Sequence[str], limit: int) -> Iterator[Found]:
    """The newest public articles in which all words stand; they are everybody's."""
    if not words:
        return
    hits = found_articles(words, clock.now(), most=limit)
    for article in articles_numbered(hits.numbers):
        if article.live is not None:
            yield Found(
                title=article.live.title,
                url=reverse("portal:article", args=[article.pk]),
                excerpt=excerpt(article.live.plain, list(words)),
            )
