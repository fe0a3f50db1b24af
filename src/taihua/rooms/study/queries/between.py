"""Conditions on when something begins."""

from datetime import date, datetime, time

from django.db.models import Q

from taihua.base.clock import ZONE


def between(first: date, last: date) -> Q:
    """The condition that something begins on one of those days."""
    start = datetime.combine(first, time.min, ZONE)
    return Q(starts_at__range=(start, datetime.combine(last, time.max, ZONE)))
