"""The room's first page: what is next, what is mine to do."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.rooms.study import access
from taihua.rooms.study.queries import plans


@admits(is_logged_in)
@require_GET
def home(request: Request) -> HttpResponse:
    today = clock.today()
    context = {
        "today": today,
        "plan": plans.plans_seen_by(request.user, today).filter(year=today.year).first(),
        "waiting_plans": plans.waiting_for(request.user),
        "may_record": access.may_record(request.user),
    }
    return render(request, "study/home.html", context)
