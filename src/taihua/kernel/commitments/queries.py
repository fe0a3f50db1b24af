"""Who owes what in particular."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from taihua.kernel.commitments.models import Commitment
from taihua.kernel.org.models import Person


def open_for(person: Person, units: Iterable[int] = ()) -> QuerySet[Commitment]:
    """What ``person`` and the units ``units`` (ids) still owe, most urgent first."""
    return Commitment.objects.filter(
        Q(person=person) | Q(unit__in=list(units)), closed_at__isnull=True
    ).order_by("due", "pk")


def of_origin(origin: str) -> QuerySet[Commitment]:
    """All commitments that come from ``origin``, oldest first."""
    return Commitment.objects.filter(origin=origin).order_by("pk")
