"""The public pages of consultations and what they are given: on the web and as plain files alike."""

from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from taihua.rooms.portal.models import Consultation
from taihua.rooms.portal.queries import consultations as queries
from taihua.rooms.portal.views.pages import numbers

A_PAGE = 12


def paged(rows: QuerySet[Consultation]) -> "Paginator[Consultation]":
    return Paginator(rows, A_PAGE)


def consultations(page: "Page[Consultation]", today: date) -> dict[str, Any]:
    """What is open now comes first, then what is being weighed and what came of the others."""
    rows = [(each, each.phase(today), each.days_left(today)) for each in page]
    return {"page_obj": page, "rows": rows, "numbers": numbers(page), "today": today}


def consultation(found: Consultation, today: date) -> dict[str, Any]:
    """The draft clause by clause with its explanation, and until when it lies open."""
    return {
        "consultation": found,
        "clauses": found.clauses.order_by("position"),
        "phase": found.phase(today),
        "days_left": found.days_left(today),
    }


def outcome(found: Consultation) -> dict[str, Any]:
    """您提了、我们听到、我们做了: built by itself from the opinions, their answers and the final text."""
    told = queries.overview(found)
    by_clause = {each.pk: 0 for each in told.clauses}
    whole = 0
    for each in told.opinions:
        if each.clause_id is None:
            whole += 1
        else:
            by_clause[each.clause_id] += 1
    return {
        "consultation": found,
        "told": told,
        "heard": queries.heard(told.opinions),
        "by_clause": [(each, by_clause[each.pk]) for each in told.clauses if by_clause[each.pk]],
        "whole": whole,
    }
