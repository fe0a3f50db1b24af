"""The desk's pages: one's own, and for those who look after others, theirs."""

from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel import house
from taihua.kernel.org.access import is_logged_in, is_member, oversees
from taihua.kernel.org.http import Request, person_of
from taihua.kernel.org.models import Person, Unit
from taihua.kernel.org.queries import people_seen_by
from taihua.rooms.desk.forms import OverseeForm
from taihua.rooms.desk.queries import duties as on_desk
from taihua.rooms.desk.queries import standings

PAGE = 25
REST = ("read", "started-book")  # what an empty desk offers


@admits(is_logged_in)
def today(request: Request) -> HttpResponse | HttpResponseRedirect:
    """My duties now; an account without a person is sent on to what it looks after."""
    if request.user.person is None:
        return redirect("desk:overview")
    on = clock.today()
    shown = {"desk": on_desk.desk_of(request.user, on), "on": on, "rest": house.act_for(REST)}
    return render(request, "desk/today.html", shown)


@admits(is_member)
def duties(request: Request) -> HttpResponse:
    """Every duty of mine this year, the finished and the excused too."""
    return _duties(request, person_of(request), clock.today())


@admits(is_member)
def done(request: Request) -> HttpResponse:
    """What I have done, newest first."""
    page = Paginator(on_desk.done_by(person_of(request)), PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/done.html", {"page": page})


@admits(oversees)
def overview(request: Request) -> HttpResponse:
    """For every person or unit that I look after: what is done, what waits, what is owed."""
    on = clock.today()
    units = standings.units_overseen(request.user, on)
    form = OverseeForm(request.GET or None, units=units)
    asked = form.cleaned_data if form.is_valid() else {}
    unit = asked.get("unit")
    subjects: QuerySet[Any]  # people or units: what follows is the same for both
    if asked.get("of") == "units":
        subjects = units if unit is None else units.filter(pk=unit.pk)
    else:
        subjects = standings.people_overseen(request.user, on, unit)
    page: Page[Any] = Paginator(subjects, PAGE).get_page(request.GET.get("page"))
    rows = standings.standings(list(page), on)
    return render(
        request,
        "desk/overview.html",
        {"form": form, "page": page, "rows": rows, "on": on, "of": asked.get("of") or "people"},
    )


@admits(oversees)
def person(request: Request, code: str) -> HttpResponse:
    """Every duty this year of one person whom I look after."""
    on = clock.today()
    somebody = get_object_or_404(people_seen_by(request.user, on), code=code)
    return _duties(request, somebody, on)


@admits(oversees)
def unit(request: Request, code: str) -> HttpResponse:
    """Every duty this year of one unit that I look after."""
    on = clock.today()
    body = standings.units_overseen(request.user, on).filter(code=code).first()
    if body is None:
        raise Http404
    return _duties(request, body, on)


def _duties(request: Request, subject: Person | Unit, on: date) -> HttpResponse:
    heaps = standings.Heaps(standings.all_verdicts(subject, on), request.GET.get("state", ""))
    return render(request, "desk/duties.html", {"subject": subject, "heaps": heaps, "on": on})
