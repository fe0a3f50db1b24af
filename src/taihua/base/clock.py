"""What time it is: asked here and nowhere else, so that a demonstration can stand on a fixed day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment; on a fixed day (``TAIHUA_TODAY``), that day at the present hour."""
    moment = by_the_wall()
    if fixed := fixed_day():
        return datetime.combine(fixed, moment.timetz())
    return moment


def by_the_wall() -> datetime:
    """What the machine's own clock says, whatever day is fixed: to compare another clock with."""
    return timezone.now().astimezone(ZONE)


def today() -> date:
    """The present day in Asia/Shanghai."""
    return now().date()


def fixed_day() -> date | None:
    """The day on which this installation stands still, if it does."""
    day: date | None = settings.TAIHUA_TODAY
    return day


def local_day(moment: datetime) -> date:
    """The day in Asia/Shanghai on which ``moment`` falls.

    :raises ValueError: the moment has no time zone
    """
    if timezone.is_naive(moment):
        raise ValueError(f"{moment!r} has no time zone")
    return moment.astimezone(ZONE).date()
