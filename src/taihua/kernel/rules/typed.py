"""Days and moments as people type them. Pure.

What lies before 1900 or after 2199 is taken for a slip: the calendar ends there for rules, well
before it ends for computers.
"""

from datetime import date, datetime, time

from django.utils.dateparse import parse_date, parse_datetime

from taihua.base.clock import ZONE

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


def is_sane(day: date) -> bool:
    """Whether rules may speak of ``day``."""
    return FIRST_DAY <= day <= LAST_DAY


def day_of(text: str) -> date | None:
    """The day typed as 2013-12-04; None where it cannot be read."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and is_sane(day) else None


def moment_of(text: str) -> datetime | None:
    """The moment typed as 2013-12-04T09:30; a day means its end, no zone means Asia/Shanghai."""
    try:
        day, moment = parse_date(text), parse_datetime(text)
    except ValueError:
        return None
    if day is not None:
        moment = datetime.combine(day, time.max, ZONE)
    if moment is None or not is_sane(moment.date()):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)
