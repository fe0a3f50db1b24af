"""The programme as its organiser makes it, and the word of those who are asked to speak."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from taihua.base import clock
from taihua.base.access import admits
from taihua.kernel.org.access import is_member
from taihua.kernel.org.http import Request, person_of
from taihua.rooms.forums import access
from taihua.rooms.forums.actions import programme as actions
from taihua.rooms.forums.actions.forums import ForumRefused
from taihua.rooms.forums.forms.fields import ReasonForm
from taihua.rooms.forums.forms.forums import ChangeSlotForm, SlotForm
from taihua.rooms.forums.models import Forum, Offer, Slot, Speaker
from taihua.rooms.forums.queries import forums as queries
from taihua.rooms.forums.views.saying import do

USUAL = 20  # minutes


@admits(access.may_call_forums)
@require_http_methods(["GET", "POST"])
def add_slot(request: Request, pk: int) -> HttpResponse:
    """Place an item; with ``?offer=`` it takes up what somebody has offered."""
    forum = _organised(request, get_object_or_404(queries.forums(), pk=pk))
    offer = _offer(request, forum)
    halls = queries.halls_of(forum)
    starts = halls[0].slots[-1].ends if halls else forum.opens
    initial: dict[str, Any] = {"starts": starts, "minutes": USUAL}
    if offer:
        speaker = f"{offer.speaker.name}（{offer.speaker.code}）"
        initial |= {"title": offer.title, "speakers": speaker, "summary": offer.summary}
    form = SlotForm(request.POST or None, initial=initial)
    if form.is_valid():
        item = actions.Item(**form.cleaned_data)
        try:
            actions.add_slot(forum=forum, item=item, offer=offer, at=clock.now())
        except ForumRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _placed(request, forum)
    return render(request, "forums/slot.html", {"form": form, "forum": forum, "offer": offer})


def _placed(request: Request, forum: Forum) -> HttpResponse:
    messages.success(request, _("已排进议程，主讲人会在工作台上看到邀请。"))
    return redirect(f"{reverse('forums:forum', args=[forum.pk])}#programme")


def _offer(request: Request, forum: Forum) -> Offer | None:
    asked = request.GET.get("offer", "")
    if not asked.isdecimal():
        return None
    return get_object_or_404(queries.offers_to(forum), pk=asked)


@admits(access.may_call_forums)
@require_http_methods(["GET", "POST"])
def change_slot(request: Request, pk: int) -> HttpResponse:
    slot = _slot(request, pk)
    there = [each for each in slot.speakers.all() if each.declined_at is None]
    names = "、".join(f"{each.person.name}（{each.person.code}）" for each in there)
    fields = ("title", "starts", "minutes", "hall", "summary")
    initial = {name: getattr(slot, name) for name in fields} | {"speakers": names}
    form = ChangeSlotForm(request.POST or None, initial=initial)
    if form.is_valid():
        item = actions.Item(**form.cleaned_data)
        try:
            actions.change_slot(slot=slot, item=item, at=clock.now())
        except ForumRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _placed(request, slot.forum)
    return render(request, "forums/slot.html", {"form": form, "forum": slot.forum, "slot": slot})


@admits(access.may_call_forums)
@require_POST
def remove_slot(request: Request, pk: int) -> HttpResponse:
    slot = _slot(request, pk)
    do(request, lambda: actions.remove_slot(slot=slot), _("已从议程里拿掉。"))
    return redirect(f"{reverse('forums:forum', args=[slot.forum_id])}#programme")


@admits(access.may_call_forums)
@require_POST
def move_slot(request: Request, pk: int) -> HttpResponse:
    """Let an item change places with the one before it, or with ``later`` after it."""
    slot = _slot(request, pk)
    later = "later" in request.POST
    do(request, lambda: actions.move_slot(slot=slot, later=later), _("次序已换，时间跟着变。"))
    return redirect(f"{reverse('forums:forum', args=[slot.forum_id])}#programme")


@admits(is_member)
@require_http_methods(["GET", "POST"])
def invitation(request: Request, pk: int) -> HttpResponse:
    """Whoever is asked to speak says yes, or no and why."""
    person = person_of(request)
    asked = Speaker.objects.filter(person=person).select_related("slot__forum__host")
    found = get_object_or_404(asked, pk=pk)
    form = ReasonForm(request.POST or None)
    yes = request.method == "POST" and "confirm" in request.POST
    if yes or form.is_valid():
        try:
            if yes:
                actions.confirm(speaker=found, person=person, at=clock.now())
            else:
                reason = form.cleaned_data["reason"]
                actions.decline(speaker=found, person=person, reason=reason, at=clock.now())
        except ForumRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("已告诉主办单位。"))
        return redirect("forums:invitation", pk)
    return render(request, "forums/invitation.html", {"speaker": found, "form": form})


@admits(access.may_call_forums)
@require_GET
def seats(request: Request, pk: int) -> HttpResponse:
    """Who has a seat and who waits, for the organiser."""
    forum = get_object_or_404(queries.forums(), pk=pk)
    if not access.may_organise(request.user, forum):
        raise Http404
    return render(request, "forums/seats.html", {"forum": forum, "seats": queries.seats_of(forum)})


def _organised(request: Request, forum: Forum) -> Forum:
    if not access.may_organise(request.user, forum) or forum.is_over:
        raise Http404
    return forum


def _slot(request: Request, pk: int) -> Slot:
    slots = Slot.objects.select_related("forum__host").prefetch_related("speakers__person")
    slot = get_object_or_404(slots, pk=pk)
    _organised(request, slot.forum)
    return slot
