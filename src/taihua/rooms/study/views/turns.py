"""轮流授课: the rotas, one of them, a lecture, its homework and answers, swaps."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.kernel.org.models import Person
from taihua.kernel.org.queries import holders_on
from taihua.rooms.study import access
from taihua.rooms.study.actions import rotas as actions
from taihua.rooms.study.forms import turns as forms
from taihua.rooms.study.forms.fields import Offered
from taihua.rooms.study.forms.sessions import BecauseForm
from taihua.rooms.study.models import HomeworkAnswer, Rota, Turn
from taihua.rooms.study.queries import turns as queries
from taihua.rooms.study.queries.roster import group_on
from taihua.rooms.study.queries.rota_words import reasons_of, verdict_of

ROWS = 25


@admits(is_logged_in)
@require_GET
def rotas(request: Request) -> HttpResponse:
    today = clock.today()
    turns = queries.turns_seen_by(request.user, today)
    page = Paginator(turns, ROWS).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rotas": queries.rotas_seen_by(request.user, today)[:12],
        "today": today,
        "now": clock.now(),
        "may_record": access.may_record(request.user),
    }
    return render(request, "study/turns.html", context)


@admits(access.may_record)
@require_http_methods(["GET", "POST"])
def new_rota(request: Request) -> HttpResponse:
    today = clock.today()
    initial = {"audience": "office", "first_day": today, "first": "15:00", "last": "16:30"}
    head = forms.RotaForm(request.POST or None, on=today, initial=initial)
    leaders = Offered(holders_on(today, tiers=["leadership"]))
    rows = forms.WishFormSet(
        request.POST or None, prefix="wishes", form_kwargs={"leaders": leaders}
    )
    if head.is_valid() and rows.is_valid():
        told: dict[str, Any] = head.cleaned_data
        wishes = [row.wish(told) for row in rows]
        try:
            made = actions.draft_rota(
                unit=told["unit"],
                first=told["first_day"],
                last=told["last_day"],
                audience=told["audience"],
                wishes=[actions.Wish(**wish) for wish in wishes if wish],
                at=clock.now(),
                by=request.user,
            )
        except actions.RotaRefused as refusal:
            head.add_error(None, str(refusal))
        else:
            messages.success(request, _("排好了。请看一遍再公布。"))
            return redirect("study:rota", made.pk)
    return render(request, "study/write_rota.html", {"form": head, "rows": rows})


@admits(is_logged_in)
@require_GET
def rota(request: Request, pk: int) -> HttpResponse:
    found = _rota(request, pk)
    turns = [(turn, reasons_of(turn)) for turn in queries.turns_of(found)]
    counts: dict[str, int] = {}
    for turn, _reasons in turns:
        if turn.lecturer and not turn.is_cancelled:
            counts[turn.lecturer.name] = counts.get(turn.lecturer.name, 0) + 1
    context = {
        "rota": found,
        "turns": turns,
        "verdict": verdict_of(found),
        "counts": sorted(counts.items(), key=lambda each: (-each[1], each[0])),
        "today": clock.today(),
        "may_record": access.may_record(request.user),
    }
    return render(request, "study/rota.html", context)


@admits(access.may_record)
@require_POST
def settle_rota(request: Request, pk: int) -> HttpResponse:
    """Issue a rota, or throw away one that is not issued."""
    found = _rota(request, pk)
    try:
        if "issue" in request.POST:
            actions.issue_rota(rota=found, at=clock.now(), by=request.user)
            messages.success(request, _("轮值表已公布，每位主讲人的工作台上都有了。"))
            return redirect("study:rota", pk)
        actions.discard_rota(rota=found)
    except actions.RotaRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("study:rota", pk)
    messages.success(request, _("这张表已作废，可以重排。"))
    return redirect("study:new-rota")


@admits(is_logged_in)
@require_GET
def turn(request: Request, pk: int) -> HttpResponse:
    found, person = seen_turn(request, pk), request.user.person
    answers = list(queries.answers_of(found))
    left_open = () if found.is_held else queries.left_open(found.rota.unit, found.starts_at)[:5]
    context = {
        "turn": found,
        "reasons": reasons_of(found),
        "materials": found.materials.defer("content").order_by("title", "-version"),
        "homework": queries.homework_of(found),
        "answers": answers if access.may_comment(request.user, found) else (),
        "opens_with": left_open,
        "swaps": found.swaps_asked.select_related("theirs", "asked").order_by("-pk"),
        "is_open": found.rota.is_issued and not found.is_held and not found.is_cancelled,
        "has_begun": found.starts_at <= clock.now(),
        "today": clock.today(),
        "may_lecture": access.may_lecture(request.user, found),
        "may_record": access.may_record(request.user),
    }
    if person is not None:
        context |= _of_my_own(found, person, answers)
    return render(request, "study/turn.html", context)


def _of_my_own(found: Turn, person: Person, answers: Sequence[HomeworkAnswer]) -> dict[str, Any]:
    """What a lecture's page shows to one who lectures, listens or is asked to swap."""
    is_mine = found.lecturer_id == person.pk
    listens = not is_mine and queries.listeners_on(found.rota, found.day).contains(person)
    asked = queries.swaps_waiting_for(person)
    return {
        "is_mine": is_mine,
        "mine": [each for each in answers if each.person_id == person.pk],
        "may_answer": listens and found.takes_answers,
        "asked_of_me": [swap for swap in asked if swap.theirs_id == found.pk],
    }


@admits(access.may_record)
@require_http_methods(["GET", "POST"])
def replace_lecturer(request: Request, pk: int) -> HttpResponse:
    found = seen_turn(request, pk)
    leaders = group_on(found.rota.unit, found.day)
    form = forms.ReplaceForm(
        request.POST or None, leaders=leaders, initial={"lecturer": found.reserve_id}
    )
    if form.is_valid():
        try:
            actions.replace_lecturer(
                turn=found, at=clock.now(), by=request.user, **form.cleaned_data
            )
        except actions.RotaRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("主讲人已换，原来的安排和原因留在记录里。"))
            return redirect("study:turn", pk)
    context = {
        "form": form,
        "turn": found,
        "title": _("请另一位来讲"),
        "lede": _("一般请候补；换人的原因会写在这一讲上。"),
        "act": _("换主讲人"),
    }
    return render(request, "study/turn_form.html", context)


@admits(access.may_record)
@require_http_methods(["GET", "POST"])
def cancel_turn(request: Request, pk: int) -> HttpResponse:
    found = seen_turn(request, pk)
    form = BecauseForm(request.POST or None)
    if form.is_valid():
        try:
            actions.cancel_turn(turn=found, at=clock.now(), by=request.user, **form.cleaned_data)
        except actions.RotaRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("《%(topic)s》已取消。") % {"topic": found.topic})
            return redirect("study:turn", pk)
    context = {"form": form, "turn": found, "title": _("取消这一讲"), "act": _("取消这一讲")}
    return render(request, "study/turn_form.html", context)


def _rota(request: Request, pk: int) -> Rota:
    return get_object_or_404(queries.rotas_seen_by(request.user, clock.today()), pk=pk)


def seen_turn(request: Request, pk: int) -> Turn:
    """A lecture that the visitor may hear or keeps; any other is not there."""
    return get_object_or_404(queries.turns_seen_by(request.user, clock.today()), pk=pk)
