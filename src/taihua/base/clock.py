"""What time it is: asked here and nowhere else, so that a demonstration can stand on a fixed day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

ZONE = ZoneInfo("Asia/Shanghai")


# A fixed day never ends: forty years pass in its last two hours. So what is recorded later, today or
# next week, has the later moment, and all that the demonstration tells of that day lies before it.
STILL_FROM = time(22)
STILL = timedelta(hours=2) - timedelta(microseconds=1)
YEARS_FROM = datetime(2020, 1, 1, tzinfo=UTC)
YEARS = timedelta(days=40 * 365)


def now() -> datetime:
    """The present moment; on a fixed day (``TAIHUA_TODAY``), one late in its evening."""
    moment = by_the_wall()
    day = fixed_day()
    return _still(day, moment) if day else moment


def _still(day: date, moment: datetime) -> datetime:
    """Where a real moment lies in the evening of a fixed day: never before an earlier one."""
    share = min(1.0, max(0.0, (moment - YEARS_FROM) / YEARS))
    return datetime.combine(day, STILL_FROM, ZONE) + STILL * share


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
