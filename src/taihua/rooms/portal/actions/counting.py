"""Count how often articles are opened (人气): in memory first, written down now and then.

What is kept is a number for an article and a day: no address, no name, no cookie. What this process
has not written yet when it ends is lost, a minute's worth at most.
"""

import threading
from collections import Counter
from datetime import date
from time import monotonic

from django.db import DatabaseError, connection, transaction
from django.db.models import F

from taihua.rooms.portal.models import Article, ViewCount

type Opened = Counter[tuple[int, date]]

WRITTEN_EVERY = 60  # seconds
AT_MOST = 1000  # articles kept in memory


class _Waiting:
    """What this process has counted and not written yet."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.opened: Opened = Counter()
        self.since = monotonic()

    def add(self, article: int, day: date) -> bool:
        """Count one; whether it is time to write."""
        with self.lock:
            self.opened[article, day] += 1
            late = monotonic() - self.since >= WRITTEN_EVERY
            return late or len(self.opened) >= AT_MOST

    def take(self) -> Opened:
        with self.lock:
            taken, self.opened, self.since = self.opened, Counter(), monotonic()
            return taken

    def give_back(self, taken: Opened) -> None:
        with self.lock:
            if len(self.opened) < AT_MOST:
                self.opened += taken


_waiting = _Waiting()


def count_opening(article: int, day: date) -> None:
    """An article was opened once more."""
    if _waiting.add(article, day):
        write_openings()


def write_openings() -> None:
    """Write down what was counted; what cannot be written now is tried again with the next."""
    taken = _waiting.take()
    if not taken:
        return
    try:
        _write(taken)
    except DatabaseError:
        if connection.in_atomic_block:
            raise
        _waiting.give_back(taken)


@transaction.atomic
def _write(opened: Opened) -> None:
    there = set(
        Article.objects.filter(pk__in={article for article, _day in opened}).values_list(
            "pk", flat=True
        )
    )
    # In one order, so that two processes do not wait for each other.
    for (article, day), times in sorted(opened.items()):
        if article in there:
            row, _made = ViewCount.objects.get_or_create(article_id=article, day=day)
            ViewCount.objects.filter(pk=row.pk).update(times=F("times") + times)
