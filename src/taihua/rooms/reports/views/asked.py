"""What an address asks for: a year, a moment, a unit."""

from datetime import date, datetime

from django.utils.dateparse import parse_datetime

from taihua.kernel.org.http import Request

FIRST_YEAR, LAST_YEAR = 1949, 2999
YEARS_OFFERED = 4


def asked_year(request: Request, today: date) -> int:
    """The year in the address, or the present one."""
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdecimal() else today.year
    return year if FIRST_YEAR <= year <= LAST_YEAR else today.year


def asked_moment(request: Request) -> datetime | None:
    """The moment as known at which numbers are wanted, if the address names one."""
    try:
        known = parse_datetime(request.GET.get("known", ""))
    except ValueError:
        return None
    return known if known and known.tzinfo else None


def offered_years(today: date) -> list[int]:
    return [today.year - step for step in range(YEARS_OFFERED)]
