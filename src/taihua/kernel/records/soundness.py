"""What a sound store of records never holds; the constraints keep most of it out from the start."""

from datetime import date, datetime, time

from django.db.models import F

from taihua.base.clock import ZONE, local_day
from taihua.kernel.records.models import Statement

AT_ONCE = 5000


def unsound(at: datetime) -> dict[str, int]:
    """How many statements contradict themselves, by the way in which they do."""
    found = {
        "voids-a-voiding": Statement.objects.filter(voids__voids__isnull=False).count(),
        "voids-another-actor": Statement.objects.filter(voids__isnull=False)
        .exclude(voids__person=F("person"))
        .exclude(voids__unit=F("unit"))
        .count(),
        "counts-after-its-day": Statement.objects.filter(
            counts_on__gt=F("day"), verb__plans=False
        ).count(),
        "stored-in-the-future": Statement.objects.filter(
            stored_at__gte=_ends(local_day(at))
        ).count(),
        "day-is-not-its-moment": _on_another_day(),
    }
    return {way: count for way, count in found.items() if count}


def _on_another_day() -> int:
    rows = Statement.objects.values_list("day", "occurred_at").iterator(chunk_size=AT_ONCE)
    return sum(not _begins(day) <= moment < _ends(day) for day, moment in rows)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time.min, ZONE)


def _ends(day: date) -> datetime:
    return datetime.combine(date.fromordinal(day.toordinal() + 1), time.min, ZONE)
