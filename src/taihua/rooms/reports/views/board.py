"""The four-mark board."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import oversees, sees_all
from taihua.kernel.org.enums import Role
from taihua.kernel.org.http import Request
from taihua.kernel.org.models import Unit
from taihua.kernel.org.queries import open_units, units_seen_by
from taihua.rooms.reports.logic.board import summary
from taihua.rooms.reports.queries import board as queries
from taihua.rooms.reports.views.asked import asked_year, offered_years


@require_safe
@admits(oversees)
def board(request: Request) -> HttpResponse:
    asked = _asked(request)
    whole = queries.board(asked["year"], clock.today(), asked["unit"])
    rows = [row for row in whole if row.concerns]
    shown = {"rows": rows, "apart": [row for row in whole if not row.concerns]}
    return render(request, "reports/board.html", asked | shown | {"summary": summary(rows)})


@require_safe
@admits(oversees)
def mechanism(request: Request, code: str) -> HttpResponse:
    asked = _asked(request)
    row = queries.row_of(code, asked["year"], clock.today(), asked["unit"])
    if row is None:
        raise Http404
    rules = queries.kept(code, asked["year"], clock.today(), asked["unit"])
    return render(request, "reports/mechanism.html", asked | {"row": row, "rules": rules})


def _asked(request: Request) -> dict[str, Any]:
    """The year and the unit that the address asks for, and what else it might."""
    today = clock.today()
    seen = list(open_units(today).filter(pk__in=units_seen_by(request.user)))
    unit, year = _unit(request, seen), asked_year(request, today)
    return {
        "year": year,
        "years": offered_years(today),
        "unit": unit,
        "units": seen,
        "whole_house": sees_all(request.user),
        "query": urlencode({"year": year} | ({"unit": unit.code} if unit else {})),
    }


def _unit(request: Request, seen: list[Unit]) -> Unit | None:
    """The unit asked for, of those one may see; without a word of it, the one that one looks after.

    The whole house is for those who see it all.
    """
    asked = next((unit for unit in seen if unit.code == request.GET.get("unit")), None)
    if asked is not None or sees_all(request.user) or not seen:
        return asked
    own = request.user.granted_units([Role.LEADER, Role.UNIT_CLERK])
    return next((unit for unit in seen if unit.pk in own), seen[0])
