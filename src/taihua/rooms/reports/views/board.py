"""The four-mark board."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import oversees, sees_all
from taihua.kernel.org.http import Request
from taihua.kernel.org.models import Unit
from taihua.kernel.org.queries import open_units, units_seen_by
from taihua.rooms.reports.logic.board import summary
from taihua.rooms.reports.queries import board as queries
from taihua.rooms.reports.views.asked import asked_year, offered_years


@admits(oversees)
@require_safe
def board(request: Request) -> HttpResponse:
    today = clock.today()
    seen = list(open_units(today).filter(pk__in=units_seen_by(request.user)))
    unit = _unit(request, seen)
    year = asked_year(request, today)
    rows = queries.board(year, today, unit)
    context = {
        "rows": rows,
        "summary": summary(rows),
        "year": year,
        "years": offered_years(today),
        "unit": unit,
        "units": seen,
        "whole_house": sees_all(request.user),
    }
    return render(request, "reports/board.html", context)


def _unit(request: Request, seen: list[Unit]) -> Unit | None:
    """The unit asked for, of those one may see; the whole house only for those who see it all."""
    asked = next((unit for unit in seen if unit.code == request.GET.get("unit")), None)
    if asked is None and not sees_all(request.user) and seen:
        return seen[0]
    return asked
