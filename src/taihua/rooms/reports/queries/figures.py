"""Figures of a year, and the records behind them that an account may open."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from taihua.base.clock import local_day
from taihua.kernel import house
from taihua.kernel.measures.logic import Figure, Value
from taihua.kernel.measures.queries import Asked, values
from taihua.kernel.org.models import Account, Unit
from taihua.kernel.org.queries import is_whole_house, people_seen_by, subtree_ids, units_seen_by
from taihua.kernel.records.queries import Statement, everything_said


def year_asked(
    year: int, on: date, known: datetime | None = None, unit: Unit | None = None
) -> Asked:
    """A calendar year, its duties judged on ``on``, or on the day of ``known`` where that is given.

    Of a unit, what it and its people did; of the one above all, what anybody did.
    """
    judged_on = local_day(known) if known else on
    units = frozenset(subtree_ids([unit.pk])) if unit else None
    return Asked(
        first=date(year, 1, 1),
        last=date(year, 12, 31),
        known=known,
        on=judged_on,
        units=None if units and is_whole_house(units) else units,
    )


def numbers(year: int, on: date, known: datetime | None = None) -> dict[str, Value]:
    """What every figure of the house comes to in a year, by code."""
    return values(house.figures().values(), year_asked(year, on, known))


def figure_of(code: str) -> Figure | None:
    return house.figures().get(code)


def unit_asked(account: Account, code: str) -> Unit | None:
    """The unit of a code, if ``account`` may see its records."""
    code = code.replace("\0", "")  # which PostgreSQL refuses to look for
    return Unit.objects.filter(code=code, pk__in=units_seen_by(account)).first()


def visible_to(account: Account, rows: QuerySet[Statement], day: date) -> QuerySet[Statement]:
    """Of these statements, those that ``account`` may open: all, his units' or his own."""
    seen = units_seen_by(account)
    if is_whole_house(seen):
        return rows
    people = people_seen_by(account, day)
    return rows.filter(Q(unit__in=seen) | Q(person__in=people) | Q(person=account.person_id))


def record_of(account: Account, uuid: UUID, day: date) -> Statement | None:
    """The statement of a number, if ``account`` may open it; voided ones too."""
    return visible_to(account, everything_said().filter(uuid=uuid), day).first()
