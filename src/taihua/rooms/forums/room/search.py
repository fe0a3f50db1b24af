"""What a search finds in the room, as its finder may see it."""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import and_, or_

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from taihua.base import clock
from taihua.kernel.house import Found
from taihua.kernel.org.models import Account
from taihua.rooms.forums.queries.forums import forums
from taihua.rooms.forums.queries.notice import notices, text_of
from taihua.rooms.forums.queries.practices import practices_seen_by
from taihua.rooms.forums.queries.talks import talks_seen_by

EXCERPT = 60


def found(account: Account, words: Sequence[str], limit: int) -> Iterator[Found]:
    """The forums, issued notices, practices and work talks in which all words stand, the newest first."""
    for forum in _with(forums(), words, "topic", "call").order_by("-day", "-pk")[:limit]:
        url = reverse("forums:forum", args=[forum.pk])
        yield Found(
            title=f"{forum.get_kind_display()}：{forum.topic}", url=url, excerpt=_cut(forum.call)
        )
    for notice in _with(notices(), words, "document__title", "document__number")[:limit]:
        url = reverse("forums:issued-notice", args=[notice.pk])
        yield Found(title=notice.document.title, url=url, excerpt=_cut(text_of(notice).opening))
    cards = _with(practices_seen_by(account), words, "title", "problem", "done", "outcome")
    for card in cards.order_by("-saved_at", "-pk")[:limit]:
        url = reverse("forums:practice", args=[card.pk])
        yield Found(title=f"{card.title}（{card.unit}）", url=url, excerpt=_cut(card.problem))
    talks = talks_seen_by(account, clock.today())
    for talk in _with(talks, words, "work", "did", "learnt", "blocked", "ask")[:limit]:
        url = reverse("forums:talk", args=[talk.pk])
        yield Found(title=f"{talk.speaker}：{talk.work}", url=url, excerpt=_cut(talk.did))


def _with[M: Model](rows: QuerySet[M], words: Sequence[str], *fields: str) -> QuerySet[M]:
    """The rows in which each word stands in one of the fields."""
    return rows.filter(
        reduce(
            and_, (reduce(or_, (Q(**{f"{f}__icontains": w}) for f in fields)) for w in words), Q()
        )
    )


def _cut(text: str) -> str:
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT]}…"
