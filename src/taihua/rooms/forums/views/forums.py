"""Forums: what is coming and past, one of them, its call, offers to speak."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_logged_in, is_member
from taihua.kernel.org.http import Request, person_of
from taihua.kernel.org.models import Unit
from taihua.kernel.org.queries import open_units, unit_of, units_kept_by
from taihua.rooms.forums import access
from taihua.rooms.forums.actions import forums as actions
from taihua.rooms.forums.actions import questions, registration
from taihua.rooms.forums.enums import Decision, ForumKind
from taihua.rooms.forums.forms.fields import ReasonForm
from taihua.rooms.forums.forms.forums import (
    CallForm,
    ChangeForm,
    OfferForm,
    PlanForm,
    QuestionForm,
)
from taihua.rooms.forums.models import Forum, Offer
from taihua.rooms.forums.queries import forums as queries
from taihua.rooms.forums.queries.notice import changes_since, draft_of, notices_of
from taihua.rooms.forums.queries.plans import from_the_ledger, open_plans
from taihua.rooms.forums.queries.proceedings import version_of
from taihua.rooms.forums.views.saying import Say, do, say

ROWS = 25


@admits(is_logged_in)
@require_GET
def forums(request: Request) -> HttpResponse:
    """What is coming, what I have to do with it, what is past."""
    today = clock.today()
    page = Paginator(queries.past(), ROWS).get_page(request.GET.get("page"))
    speaking = queries.speaking(request.user.person) if request.user.person else []
    return render(
        request,
        "forums/forums.html",
        {
            "coming": [(forum, forum.phase(today)) for forum in queries.coming(today)],
            "page_obj": page,
            "speaking": [each for each in speaking if each.slot.forum.day >= today],
            "from_the_ledger": from_the_ledger()[:ROWS] if page.number == 1 else [],
            "may_call": access.may_call_forums(request.user),
            "today": today,
        },
    )


@admits(is_logged_in)
@require_http_methods(["GET", "POST"])
def forum(request: Request, pk: int) -> HttpResponse:
    """The forum with its programme, seats and questions; posting asks a question."""
    found = _forum(pk)
    person = request.user.person
    form = QuestionForm(request.POST or None, forum=found)
    if form.is_valid() and person:
        try:
            questions.ask(forum=found, asker=person, at=clock.now(), **form.cleaned_data)
        except actions.ForumRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已交给记录人，公开以后大家看得到。"))
            return redirect(f"{reverse('forums:forum', args=[pk])}#questions")
    return render(request, "forums/forum.html", _seen(request, found) | {"form": form})


def _seen(request: Request, found: Forum) -> dict[str, Any]:
    """What a forum's page shows to whoever asks for it."""
    person, today = request.user.person, clock.today()
    seats = queries.seats_of(found)
    version = version_of(found)
    may_organise = access.may_organise(request.user, found)
    offers = queries.offers_to(found)
    asked = list(queries.questions_seen_by(request.user, found))
    notice = notices_of(found).first()
    return {
        "forum": found,
        "phase": found.phase(today),
        "halls": queries.halls_of(found),
        "seats": seats,
        "place": seats.place_of(person),
        "speaks": person is not None
        and queries.speaking(person).filter(slot__forum=found).exists(),
        "questions": [
            (each, person is not None and access.may_answer_question(person, each))
            for each in asked
        ],
        "offers": offers if may_organise else offers.filter(speaker=person),
        "spreads": queries.spreads_of(found),
        "notice": notice,
        "changes": changes_since(notice, found) if notice and not found.held_at else [],
        "notice_draft": draft_of(found) if may_organise and not found.held_at else None,
        "issued": version if version and version.is_issued else None,
        "present": found.present.count() if found.held_at else 0,
        "me": person,
        "today": today,
        **_allowed(request, found, today),
    }


def _allowed(request: Request, found: Forum, today: date) -> dict[str, bool]:
    """What whoever asks for a forum's page may do there today."""
    may_ask = request.user.person is not None and not found.is_over
    return {
        "may_organise": access.may_organise(request.user, found),
        "may_record": access.may_record(request.user, found),
        "may_note_spread": access.may_note_spread(request.user, found),
        "may_offer": may_ask and today <= found.call_closes,
        "may_register": may_ask and today <= found.registration_closes,
        "may_ask": may_ask,
    }


@admits(access.may_call_forums)
@require_http_methods(["GET", "POST"])
def call(request: Request) -> HttpResponse:
    """Send out the call for a forum."""
    today, hosts = clock.today(), _hosts(request)
    plans = open_plans(hosts.values_list("pk", flat=True), ForumKind.values, today)
    person = request.user.person
    form = CallForm(
        request.POST or None,
        hosts=hosts,
        initial={
            "kind": ForumKind.PRINCIPALS,
            "host": unit_of(person, today) if person else None,
            "recorder": person.name if person else "",
        },
    )
    plan = PlanForm(request.POST or None, plans=plans)
    if form.is_valid() and plan.is_valid():
        asked = actions.Call(**form.cleaned_data)
        try:
            made = actions.call_forum(call=asked, plan=plan.chosen, at=clock.now(), by=request.user)
        except actions.ForumRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("征集已发出：《%(topic)s》。") % {"topic": made.topic})
            return redirect("forums:forum", made.pk)
    return render(request, "forums/call.html", {"form": form, "plan": plan})


@admits(access.may_call_forums)
@require_http_methods(["GET", "POST"])
def change(request: Request, pk: int) -> HttpResponse:
    """Change what was called for."""
    found = _organised(request, pk)
    names = actions.Call.__dataclass_fields__
    initial = {name: getattr(found, name) for name in names}
    initial["recorder"] = f"{found.recorder.name}（{found.recorder.code}）"
    hosts = _hosts(request) | Unit.objects.filter(pk=found.host_id)
    form = ChangeForm(request.POST or None, hosts=hosts, initial=initial)
    if form.is_valid():
        asked = actions.Call(**form.cleaned_data)
        try:
            actions.change_forum(forum=found, call=asked, at=clock.now())
        except actions.ForumRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已改好，日历里的也会跟着变。"))
            return redirect("forums:forum", pk)
    return render(request, "forums/call.html", {"form": form, "forum": found})


@admits(access.may_call_forums)
@require_http_methods(["GET", "POST"])
def cancel(request: Request, pk: int) -> HttpResponse:
    found = _organised(request, pk)
    page = _page(
        found,
        title=_("取消这一期"),
        button=_("取消讲坛"),
        lede=_("报了名的、要发言的都会看到原因，日历里会标明取消。"),
        grave=True,
    )
    form = ReasonForm(request.POST or None)
    return say(
        request,
        page,
        form,
        lambda given: actions.cancel_forum(forum=found, reason=given["reason"]),
        _("已取消。"),
    )


@admits(is_member)
@require_http_methods(["GET", "POST"])
def offer(request: Request, pk: int) -> HttpResponse:
    """Offer to speak."""
    found, speaker = _forum(pk), person_of(request)
    page = _page(
        found, title=_("申报发言"), button=_("提交申报"), lede=_("主办单位选定以后会答复您。")
    )
    return say(
        request,
        page,
        OfferForm(request.POST or None),
        lambda given: actions.offer_to_speak(forum=found, speaker=speaker, at=clock.now(), **given),
        _("申报已提交。"),
    )


@admits(is_member)
@require_POST
def withdraw_offer(request: Request, pk: int) -> HttpResponse:
    mine = Offer.objects.filter(speaker=person_of(request))
    found = get_object_or_404(mine.select_related("forum"), pk=pk)
    do(
        request,
        lambda: actions.withdraw_offer(offer=found, at=clock.now()),
        _("申报已撤回。"),
    )
    return redirect("forums:forum", found.forum_id)


@admits(access.may_call_forums)
@require_http_methods(["GET", "POST"])
def decline_offer(request: Request, pk: int) -> HttpResponse:
    """Say no to an offer, with the reason."""
    waiting = Offer.objects.filter(decision=Decision.WAITING, withdrawn_at__isnull=True)
    found = get_object_or_404(waiting.select_related("forum", "speaker"), pk=pk)
    if not access.may_organise(request.user, found.forum):
        raise Http404
    page = _page(
        found.forum,
        title=_("不采用这份申报"),
        button=_("答复申报人"),
        lede=f"{found.speaker}：{found.title}",
        quoted=found.summary,
    )
    return say(
        request,
        page,
        ReasonForm(request.POST or None),
        lambda given: actions.decline_offer(offer=found, at=clock.now(), **given),
        _("已答复。"),
    )


@admits(is_member)
@require_POST
def register(request: Request, pk: int) -> HttpResponse:
    found, person = _forum(pk), person_of(request)
    do(
        request,
        lambda: registration.register(forum=found, person=person, at=clock.now()),
        _("已报名。有没有座位，看这一页的说明。"),
    )
    return redirect("forums:forum", pk)


@admits(is_member)
@require_POST
def give_back(request: Request, pk: int) -> HttpResponse:
    found, person = _forum(pk), person_of(request)
    do(
        request,
        lambda: registration.give_back(forum=found, person=person, at=clock.now()),
        _("已退出，座位让给候补的第一位。"),
    )
    return redirect("forums:forum", pk)


def _forum(pk: int) -> Forum:
    return get_object_or_404(queries.forums(), pk=pk)


def _organised(request: Request, pk: int) -> Forum:
    found = _forum(pk)
    if not access.may_organise(request.user, found) or found.is_over:
        raise Http404
    return found


def _hosts(request: Request) -> QuerySet[Unit]:
    """The units for which one may call: bureau, sections, schools."""
    kinds = ["bureau", "section", "school"]
    return open_units(clock.today()).filter(pk__in=units_kept_by(request.user), kind__in=kinds)


def _page(found: Forum, **said: Any) -> Say:
    back = reverse("forums:forum", args=[found.pk])
    return Say(back=back, back_title=found.topic, **said)
