"""The room's first page: what is next, what is mine to do."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.rooms.study import access
from taihua.rooms.study.queries import plans
from taihua.rooms.study.queries.dues import dues_of
from taihua.rooms.study.queries.happenings import happenings_of
from taihua.rooms.study.queries.roster import hosts

AHEAD = timedelta(days=90)


@admits(is_logged_in)
@require_GET
def home(request: Request) -> HttpResponse:
    today = clock.today()
    plan = plans.plans_seen_by(request.user, today).filter(year=today.year).first()
    whose = request.user.person or hosts(today).first()
    ahead = happenings_of(whose, today, today + AHEAD) if whose else ()
    context = {
        "today": today,
        "plan": plan,
        "quarters": plans.quarters_of(plan, today) if plan else (),
        "ahead": sorted((h for h in ahead if not h.is_cancelled), key=lambda each: each.first),
        "dues": sorted(
            dues_of(request.user.person, today) if request.user.person else (),
            key=lambda due: (due.due, due.topic),
        ),
        "may_record": access.may_record(request.user),
    }
    return render(request, "study/home.html", context)
