"""Work talks: what one is asked, one's own, what waits for an answer, those of colleagues."""

from typing import Any

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
from taihua.kernel.org.enums import UnitKind
from taihua.kernel.org.http import Request, person_of
from taihua.kernel.org.models import Person
from taihua.kernel.org.queries import open_units
from taihua.rooms.forums import access
from taihua.rooms.forums.actions import talks as actions
from taihua.rooms.forums.enums import Stage
from taihua.rooms.forums.forms.forums import PlanForm
from taihua.rooms.forums.forms.talks import (
    PassOnForm,
    RoundForm,
    TalkAnswerForm,
    TalkForm,
    WeighForm,
)
from taihua.rooms.forums.models import Round, WorkTalk
from taihua.rooms.forums.models.talks import ANSWER_WITHIN
from taihua.rooms.forums.queries import talks as queries
from taihua.rooms.forums.queries.plans import open_plans
from taihua.rooms.forums.views.saying import Say, say

ROWS = 25


@admits(is_logged_in)
@require_GET
def talks(request: Request) -> HttpResponse:
    """What I am asked, what waits for my answer, and what I may read; ``?asks=open`` what has none."""
    person, today = request.user.person, clock.today()
    seen = queries.talks_seen_by(request.user, today)
    unanswered = request.GET.get("asks") == "open"
    if unanswered:
        seen = seen.exclude(ask="").filter(answer__isnull=True)
    return render(
        request,
        "forums/talks.html",
        {
            "owed": queries.rounds_owed(person, today) if person else [],
            "waiting": queries.waiting_for(person) if person else [],
            "drafts": queries.drafts_of(person) if person else [],
            "rounds": queries.rounds()[:ROWS],
            "page_obj": Paginator(seen, ROWS).get_page(request.GET.get("page")),
            "unanswered": unanswered,
            "may_call": access.may_call_rounds(request.user),
            "me": person,
            "today": today,
        },
    )


@admits(is_member)
@require_http_methods(["GET", "POST"])
def new_talk(request: Request, pk: int | None = None) -> HttpResponse:
    """Talk of one's work in a round, or of one's own accord; with ``keep`` it stays a draft."""
    speaker, today = person_of(request), clock.today()
    asked = get_object_or_404(Round, pk=pk) if pk else None
    draft = queries.draft_for(speaker, asked)
    form = TalkForm(
        request.POST or None,
        speaker=speaker,
        on=today,
        initial={name: getattr(draft, name) for name in actions.Words.__dataclass_fields__}
        if draft
        else {},
    )
    if form.is_valid():
        words = actions.Words(**form.cleaned_data)
        act = actions.save_draft if form.keep else actions.hand_in
        try:
            talk = act(speaker=speaker, words=words, asked=asked, at=clock.now())
        except actions.TalkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _kept(request, talk)
    context = {
        "form": form,
        "round": asked,
        "draft": draft,
        "books": queries.books_of(speaker, today),
    }
    return render(request, "forums/new_talk.html", context)


def _kept(request: Request, talk: WorkTalk) -> HttpResponse:
    if talk.is_draft:
        messages.success(request, _("草稿已存下，只有您自己看得到。"))
        if talk.round_id:
            return redirect("forums:new-talk-in", talk.round_id)
        return redirect("forums:new-talk")
    messages.success(request, _("已提交。"))
    return redirect("forums:talk", talk.pk)


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def talk(request: Request, pk: int) -> HttpResponse:
    """A talk with its ask; posting is the owner's answer."""
    found, person = _seen(request, pk), request.user.person
    may_answer = person is not None and access.may_answer_ask(person, found)
    form = TalkAnswerForm(request.POST or None) if may_answer else None
    if form and person and form.is_valid():
        try:
            actions.answer(talk=found, owner=person, at=clock.now(), **form.cleaned_data)
        except actions.TalkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("答复已交给%(name)s。") % {"name": found.speaker.name})
            return redirect("forums:talk", pk)
    return render(request, "forums/talk.html", _shown(request, found, person) | {"form": form})


def _shown(request: Request, found: WorkTalk, person: Person | None) -> dict[str, Any]:
    answer = getattr(found, "answer", None)
    mine = person is not None and found.speaker_id == person.pk
    return {
        "talk": found,
        "answer": answer,
        "mine": mine,
        "may_weigh": mine and answer is not None and not answer.helped,
        "commitment": queries.promised(found),
        "today": clock.today(),
        "books": queries.books_of(found.speaker, clock.today())
        if mine or queries.oversees_talk(request.user, found, clock.today())
        else None,
    }


@admits(is_member)
@require_http_methods(["GET", "POST"])
def pass_on(request: Request, pk: int) -> HttpResponse:
    """Pass an ask on to whom it belongs."""
    found, owner, today = _seen(request, pk), person_of(request), clock.today()
    if not access.may_answer_ask(owner, found):
        raise Http404
    page = Say(
        title=_("转给该办的人"),
        button=_("转出去"),
        back=reverse("forums:talks"),
        back_title=_("谈工作"),
        lede=_("%(name)s提出的请求，期限不变。") % {"name": found.speaker.name},
        quoted=found.ask,
    )
    people = queries.possible_owners(found.speaker, today).exclude(pk=owner.pk)
    return say(
        request,
        page,
        PassOnForm(request.POST or None, people=people, on=today),
        lambda given: actions.pass_on(talk=found, owner=owner, at=clock.now(), **given),
        _("已转出去。"),
    )


@admits(is_member)
@require_http_methods(["GET", "POST"])
def weigh(request: Request, pk: int) -> HttpResponse:
    """The asker says whether the answer helped."""
    found, asker = _seen(request, pk), person_of(request)
    answer = getattr(found, "answer", None)
    if answer is None or not access.may_weigh(asker, answer):
        raise Http404
    page = Say(
        title=_("答复以后解决了没有"),
        button=_("告诉大家"),
        back=reverse("forums:talk", args=[pk]),
        back_title=found.work,
        quoted=answer.text,
    )
    return say(
        request,
        page,
        WeighForm(request.POST or None),
        lambda given: actions.weigh(answer=answer, asker=asker, at=clock.now(), **given),
        _("已记下。"),
    )


@admits(access.may_call_rounds)
@require_http_methods(["GET", "POST"])
def call_round(request: Request) -> HttpResponse:
    """Ask the section heads, or everybody, to talk of their work."""
    today = clock.today()
    units = open_units(today).filter(kind=UnitKind.BUREAU)
    form = RoundForm(
        request.POST or None,
        units=units,
        initial={
            "unit": units.first(),
            "stage": Stage.HEADS,
            "first_day": today,
            "answer_days": ANSWER_WITHIN,
        },
    )
    plans = open_plans(units.values_list("pk", flat=True), [actions.TALK], today)
    plan = PlanForm(request.POST or None, plans=plans)
    if form.is_valid() and plan.is_valid():
        try:
            made = actions.call_round(
                at=clock.now(), by=request.user, plan=plan.chosen, **form.cleaned_data
            )
        except actions.TalkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(title)s”已布置。") % {"title": made.title})
            return redirect("forums:round", made.pk)
    return render(request, "forums/call_round.html", {"form": form, "plan": plan})


@admits(is_logged_in)
@require_GET
def round_of(request: Request, pk: int) -> HttpResponse:
    """A round: what is asked, and how far it is in the units that one looks after."""
    found = get_object_or_404(queries.rounds(), pk=pk)
    today = clock.today()
    progress = queries.progress_of(found, request.user, today)
    seen = queries.talks_seen_by(request.user, today).filter(round=found)
    return render(
        request,
        "forums/round.html",
        {
            "round": found,
            "progress": progress,
            "page_obj": Paginator(seen, ROWS).get_page(request.GET.get("page")),
            "owed": request.user.person is not None
            and found in queries.rounds_owed(request.user.person, today),
            "today": today,
        },
    )


def _seen(request: Request, pk: int) -> WorkTalk:
    return get_object_or_404(queries.talks_seen_by(request.user, clock.today()), pk=pk)
