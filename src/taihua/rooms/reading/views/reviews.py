"""检查: the reviewer's pages."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.commitments.actions import CommitmentRefused
from taihua.kernel.org.access import is_member
from taihua.kernel.org.http import Request, person_of
from taihua.rooms.reading import access, forms
from taihua.rooms.reading.actions import checks
from taihua.rooms.reading.queries import reviews as queries


@admits(is_member)
@require_GET
def reviews(request: Request) -> HttpResponse:
    reviewer = person_of(request)
    page = Paginator(queries.reviewed_by(reviewer), 25).get_page(request.GET.get("page"))
    today = clock.today()
    done = [(each, access.may_read_paper(reviewer, each, today)) for each in page]
    return render(
        request,
        "reading/reviews.html",
        {
            "waiting": queries.waiting_for(reviewer),
            "page_obj": page,
            "done": done,
            "look_back": access.LOOK_BACK.days,
        },
    )


@admits(is_member)
@require_http_methods(["GET", "POST"])
def review(request: Request, pk: int) -> HttpResponse:
    """A paper as it was handed in, and what its reviewer says; later its writer's, and his a while."""
    person = person_of(request)
    attempt = get_object_or_404(queries.attempts_seen_by(person, clock.today()), pk=pk)
    form = forms.ReviewForm(request.POST or None)
    if form.is_valid():
        act = checks.pass_attempt if "passed" in request.POST else checks.ask_resit
        try:
            act(
                reviewer=person,
                attempt=attempt,
                remark=form.cleaned_data["remark"],
                at=clock.now(),
            )
        except checks.CheckRefused as refusal:
            form.add_error("remark", str(refusal))
        else:
            messages.success(request, _("已审阅%(name)s的答卷。") % {"name": attempt.reader.name})
            return redirect("reading:reviews")
    return render(
        request,
        "reading/review.html",
        {
            "attempt": attempt,
            "form": form,
            "hand_over_form": forms.HandOverForm(attempt=attempt),
            "may_review": access.may_review(person, attempt),
            "look_back": access.LOOK_BACK.days,
        },
    )


@admits(is_member)
@require_POST
def hand_over(request: Request, pk: int) -> HttpResponse:
    reviewer = person_of(request)
    attempt = get_object_or_404(queries.waiting_for(reviewer), pk=pk)
    form = forms.HandOverForm(request.POST, attempt=attempt)
    if not form.is_valid():
        messages.error(request, _("请选择转给谁，并写明原因。"))
        return redirect("reading:review", pk)
    try:
        checks.hand_over_review(
            reviewer=reviewer, attempt=attempt, at=clock.now(), **form.cleaned_data
        )
    except (checks.CheckRefused, CommitmentRefused) as refusal:
        messages.error(request, str(refusal))
        return redirect("reading:review", pk)
    messages.success(request, _("已转给%(name)s审阅。") % {"name": form.cleaned_data["taker"].name})
    return redirect("reading:reviews")
