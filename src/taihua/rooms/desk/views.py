"""The desk's pages."""

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_logged_in, is_member
from taihua.kernel.org.http import Request, person_of
from taihua.rooms.desk import queries

PAGE = 25


@admits(is_logged_in)
def today(request: Request) -> HttpResponse | HttpResponseRedirect:
    """My duties now; an account without a person is sent on to the board."""
    if request.user.person is None:
        return redirect("reports:board")
    on = clock.today()
    return render(
        request, "desk/today.html", {"desk": queries.desk_of(request.user, on), "on": on}
    )


@admits(is_member)
def duties(request: Request) -> HttpResponse:
    """Every duty of mine, the finished and the excused too."""
    on = clock.today()
    verdicts = queries.verdicts_of(person_of(request), on)
    return render(request, "desk/duties.html", {"verdicts": verdicts, "on": on})


@admits(is_member)
def done(request: Request) -> HttpResponse:
    """What I have done, newest first."""
    page = Paginator(queries.done_by(person_of(request)), PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/done.html", {"page": page})
