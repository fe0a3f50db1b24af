"""Visits: what was found, what waits, one note, written here or rewritten."""

from datetime import UTC, datetime
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.base.search import LONGEST
from taihua.kernel.org.access import is_logged_in, is_member
from taihua.kernel.org.http import Request, person_of
from taihua.rooms.outreach import access, forms
from taihua.rooms.outreach.actions import counting, matters, notes
from taihua.rooms.outreach.models import FieldVisit
from taihua.rooms.outreach.queries import proposals as proposal_queries
from taihua.rooms.outreach.queries import visits as queries

PAGE = 25


@admits(is_logged_in)
@require_GET
def visits(request: Request) -> HttpResponse:
    """The visits that I may see, those I plan, and how this month stands."""
    words = request.GET.get("words", "").replace("\0", "")[:LONGEST]
    on, person = clock.today(), request.user.person
    seen = queries.with_words(queries.visits_seen_by(request.user), words.split())
    page = Paginator(seen, PAGE).get_page(request.GET.get("page"))
    context = {"words": words, "page_obj": page, "on": on}
    if person is not None:
        context |= {
            "plans": queries.plans_of(person),
            "days": queries.days_this_month(person, on),
        }
    return render(request, "outreach/visits.html", context)


@admits(is_logged_in)
@require_GET
def visit(request: Request, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    return render(
        request,
        "outreach/visit.html",
        {
            "visit": found,
            "problems": proposal_queries.problems_of(found),
            "proposals": proposal_queries.proposals_of(found),
            "spoken_for": access.units_spoken_for(request.user),
            "is_mine": found.visitor_id == request.user.person_id,
            "on": clock.today(),
        },
    )


@admits(is_member)
@require_http_methods(["GET", "POST"])
def new_visit(request: Request) -> HttpResponse:
    """Write a note online; its number is given beforehand, so that sending it twice is once."""
    on = clock.today()
    start = {
        "uuid": uuid4(),
        "written": _stamp(clock.now()),
        "place": request.GET.get("place"),
        "day": request.GET.get("day") or on,
        "topic": request.GET.get("topic"),
    }
    written = forms.NoteForms(request.POST or None, on=on, initial=start)
    return _write(request, written, "outreach/new_visit.html", {})


@admits(is_member)
@require_http_methods(["GET", "POST"])
def revise_visit(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.visits_of(person_of(request)), pk=pk)
    written = forms.NoteForms(request.POST or None, on=clock.today(), visit=found)
    return _write(request, written, "outreach/revise_visit.html", {"visit": found})


def _write(
    request: Request, written: forms.NoteForms, template: str, context: dict[str, object]
) -> HttpResponse:
    if request.method == "POST" and written.is_valid():
        note = written.note(person_of(request))
        try:
            taken = notes.take_in(note=note, at=clock.now(), by=request.user)
            notes.refuse_what_lost(note, taken)
        except notes.NoteRefused as refusal:
            written.main.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("调研记录已存下：%(how)s。") % {"how": _counting(taken.visit)}
            )
            return redirect("outreach:visit", taken.visit.pk)
    return render(request, template, {"written": written, "form": written.main, **context})


def _counting(visit: FieldVisit) -> str:
    return str(visit.get_counting_display())


@admits(is_member)
@require_POST
def count_again(request: Request, pk: int) -> HttpResponse:
    """Settle the day of a note anew, after a ledger that held the same visit was corrected."""
    found = get_object_or_404(queries.visits_of(person_of(request)), pk=pk)
    counting.settle_day(visitor=found.visitor, day=found.day, at=clock.now(), by=request.user)
    found.refresh_from_db()
    messages.success(request, _("核对过了：%(how)s。") % {"how": _counting(found)})
    return redirect("outreach:visit", pk)


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def settle_problem(request: Request, pk: int) -> HttpResponse:
    problem = get_object_or_404(proposal_queries.problems_seen_by(request.user), pk=pk)
    if not access.may_settle(request.user, problem):
        raise Http404
    form = forms.WordsForm(request.POST or None)
    if form.is_valid():
        try:
            matters.settle_problem(
                problem=problem, words=form.cleaned_data["words"], at=clock.now(), by=request.user
            )
        except matters.SettlingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("办理结果已记下。"))
            return redirect("outreach:visit", problem.visit_id)
    return render(request, "outreach/settle_problem.html", {"form": form, "problem": problem})


def _seen(request: Request, pk: int) -> FieldVisit:
    return get_object_or_404(queries.visits_seen_by(request.user), pk=pk)


def _stamp(moment: datetime) -> str:
    """A moment as browsers write it: 2013-12-04T01:00:00.000Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
