"""What was made of the same records before need not be made again (记录未变，结果照用).

Records are only ever added, so the last of them names all of them. Nothing is stored: each process
remembers for itself, and forgets within a minute all the same.
"""

from collections.abc import Callable
from datetime import datetime
from hashlib import blake2b
from uuid import UUID

from django.core.cache import cache

from taihua.base.onepage import read_once
from taihua.kernel.records.models import Statement

REMEMBERED = 60  # seconds

type Newest = tuple[int, UUID | None]


@read_once
def newest_record(known: datetime | None = None) -> Newest:
    """The number and the name of the last statement that was known: the version of the records."""
    rows = Statement.objects.order_by("-pk")
    if known is not None:
        rows = rows.filter(stored_at__lte=known)
    return rows.values_list("pk", "uuid").first() or (0, None)


def remembered[T](question: object, newest: Newest, answer: Callable[[], T]) -> T:
    """What ``answer`` gave to the same question about the very same records, else what it gives now.

    :param question: whose ``repr`` tells all that the answer rests on beside the records: what is
        asked, of whom, as known when, and the version of whatever else is read
    :param newest: the last of those records, by :func:`newest_record`
    :param answer: asks; what it gives is kept as a copy
    """
    if newest[1] is None:
        return answer()
    named = blake2b(repr((question, newest)).encode(), digest_size=20).hexdigest()
    key = f"records:{named}"
    found: tuple[T] | None = cache.get(key)
    if found is None:
        found = (answer(),)
        cache.set(key, found, REMEMBERED)
    return found[0]
