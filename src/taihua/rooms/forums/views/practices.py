"""Practices worth copying: the shelf, one card, writing, trying, taking out of use."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_logged_in, is_member
from taihua.kernel.org.http import Request, person_of
from taihua.rooms.forums import access
from taihua.rooms.forums.actions import practices as actions
from taihua.rooms.forums.enums import MeantFor
from taihua.rooms.forums.forms.fields import ReasonForm
from taihua.rooms.forums.forms.practices import CardForm, ToldForm, TrialForm
from taihua.rooms.forums.models import Practice, Trial
from taihua.rooms.forums.queries import practices as queries
from taihua.rooms.forums.views.saying import Say, say

ROWS = 12


@admits(is_logged_in)
@require_GET
def practices(request: Request) -> HttpResponse:
    """The newest first, or with ``?order=mine`` what could help one's unit first."""
    person, today = request.user.person, clock.today()
    unit = queries.own_unit(person, today)
    order = request.GET.get("order", queries.NEWEST)
    page = Paginator(queries.shelf(order, unit), ROWS).get_page(request.GET.get("page"))
    return render(
        request,
        "forums/practices.html",
        {
            "page_obj": page,
            "order": order,
            "unit": unit,
            "drafts": queries.drafts_of(person) if person else [],
            "under_way": queries.trials_under_way(unit) if unit else [],
            "retired": queries.retired()[:ROWS],
            "from_the_ledger": queries.from_the_ledger()[:ROWS],
        },
    )


@admits(is_logged_in)
@require_GET
def practice(request: Request, pk: int) -> HttpResponse:
    """The card, and who tried it with what result."""
    found = _seen(request, pk)
    unit = queries.own_unit(request.user.person, clock.today())
    trials = list(queries.trials_of(found))
    own = next((each for each in trials if unit and each.unit_id == unit.pk), None)
    may_try = unit is not None and unit.pk != found.unit_id and own is None
    return render(
        request,
        "forums/practice.html",
        {
            "practice": found,
            "trials": trials,
            "own": own,
            "may_try": may_try and not found.is_draft and not found.retired_at,
            "may_retire": access.may_retire(request.user, found)
            and not found.is_draft
            and not found.retired_at,
            "may_write": found.is_draft and found.writer_id == request.user.person_id,
        },
    )


@admits(is_member)
@require_http_methods(["GET", "POST"])
def new_practice(request: Request) -> HttpResponse:
    return _write(request, None)


@admits(is_member)
@require_http_methods(["GET", "POST"])
def edit_practice(request: Request, pk: int) -> HttpResponse:
    """Go on with a draft."""
    mine = Practice.objects.filter(writer=person_of(request), shared_at__isnull=True)
    return _write(request, get_object_or_404(mine, pk=pk))


def _write(request: Request, draft: Practice | None) -> HttpResponse:
    writer = person_of(request)
    names = actions.Card.__dataclass_fields__
    initial = {name: getattr(draft, name) for name in names} if draft else {}
    form = CardForm(request.POST or None, initial={"meant_for": MeantFor.EVERYBODY} | initial)
    if form.is_valid():
        card = actions.Card(**form.cleaned_data)
        act = actions.save_card if form.keep else actions.share
        try:
            made = act(writer=writer, card=card, draft=draft, at=clock.now())
        except actions.PracticeRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            kept = _("草稿已存下，只有您自己看得到。")
            messages.success(request, kept if made.is_draft else _("已写出，大家都看得到。"))
            return redirect("forums:practice", made.pk)
    unit = queries.own_unit(writer, clock.today())
    return render(request, "forums/new_practice.html", {"form": form, "draft": draft, "unit": unit})


@admits(is_member)
@require_http_methods(["GET", "POST"])
def begin_trial(request: Request, pk: int) -> HttpResponse:
    """One's unit begins to try a practice."""
    found, person = _seen(request, pk), person_of(request)
    today = clock.today()
    page = Say(
        title=_("我们单位试一试"),
        button=_("记下在试"),
        back=reverse("forums:practice", args=[pk]),
        back_title=found.title,
        lede=_("试过以后，回来说见效没有、为什么。没见效也值得说。"),
    )
    return say(
        request,
        page,
        TrialForm(request.POST or None, initial={"since": today}),
        lambda given: actions.begin_trial(practice=found, person=person, at=clock.now(), **given),
        _("已记下在试。"),
    )


@admits(is_member)
@require_http_methods(["GET", "POST"])
def tell_trial(request: Request, pk: int) -> HttpResponse:
    """Tell what came of a trial."""
    person = person_of(request)
    unit = queries.own_unit(person, clock.today())
    trials = Trial.objects.filter(unit=unit).select_related("practice")
    trial = get_object_or_404(trials, pk=pk)
    if not trial.is_under_way:
        raise Http404
    page = Say(
        title=_("试得怎样"),
        button=_("写下结果"),
        back=reverse("forums:practice", args=[trial.practice_id]),
        back_title=trial.practice.title,
    )
    return say(
        request,
        page,
        ToldForm(request.POST or None),
        lambda given: actions.tell_trial(trial=trial, person=person, at=clock.now(), **given),
        _("结果已写下。"),
    )


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def retire(request: Request, pk: int) -> HttpResponse:
    """Take a practice out of use."""
    found = _seen(request, pk)
    if not access.may_retire(request.user, found) or found.retired_at or found.is_draft:
        raise Http404
    page = Say(
        title=_("停用这条做法"),
        button=_("停用"),
        back=reverse("forums:practice", args=[pk]),
        back_title=found.title,
        lede=_("停用以后还读得到，只是不再推荐；原因写在卡片上。"),
        grave=True,
    )
    return say(
        request,
        page,
        ReasonForm(request.POST or None),
        lambda given: actions.retire(practice=found, by=request.user, at=clock.now(), **given),
        _("已停用。"),
    )


def _seen(request: Request, pk: int) -> Practice:
    return get_object_or_404(queries.practices_seen_by(request.user), pk=pk)
