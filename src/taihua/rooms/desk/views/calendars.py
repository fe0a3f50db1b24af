"""Calendar feeds: where one makes their addresses, and what a calendar is given."""

from django.contrib import messages
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotFound,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taihua.base import clock
from taihua.base.access import admits, anyone
from taihua.kernel.org.access import is_logged_in
from taihua.kernel.org.http import Request
from taihua.kernel.org.models import Unit
from taihua.rooms.desk import actions
from taihua.rooms.desk.forms import CalendarForm
from taihua.rooms.desk.logic.ics import as_ics
from taihua.rooms.desk.models import CalendarKey
from taihua.rooms.desk.queries import calendars as queries

PAGE = "desk/calendars.html"


@admits(is_logged_in)
@never_cache
@require_http_methods(["GET", "POST"])
def calendars(request: Request) -> HttpResponse:
    """The addresses I have made; POST makes one, of my own calendar or of a unit's."""
    units = queries.units_without_key(request.user, clock.today())
    for_unit = request.method == "POST" and "own" not in request.POST
    form = CalendarForm(request.POST if for_unit else None, units=units)
    if for_unit and form.is_valid():
        return _made(request, form, form.cleaned_data["unit"])
    if request.method == "POST" and not for_unit and request.user.person is not None:
        return _made(request, form, None)
    return _page(request, form)


@admits(is_logged_in)
@never_cache
@require_POST
def renew(request: Request, pk: int) -> HttpResponse:
    """Put a new address in the place of an old one and show it this once."""
    key = get_object_or_404(queries.keys_of(request.user), pk=pk)
    secret = actions.renew_key(key=key, language=get_language() or "", at=clock.now())
    form = CalendarForm(units=queries.units_without_key(request.user, clock.today()))
    return _page(request, form, shown=key, secret=secret)


@admits(is_logged_in)
@require_POST
def revoke(request: Request, pk: int) -> HttpResponseRedirect:
    """Let an address open nothing any more."""
    key = get_object_or_404(queries.keys_of(request.user), pk=pk)
    actions.revoke_key(key=key)
    messages.success(request, _("这个日历地址已经停用，订阅它的日历不再更新。"))
    return redirect("desk:calendars")


@admits(anyone)
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """What a calendar program is given: no session, the secret in the address is the key."""
    key = queries.key_of(secret)
    if key is None:
        # The usual page would hand the address on in its links.
        return HttpResponseNotFound(_("没有这个日历。\n"), content_type="text/plain; charset=utf-8")
    site = request.build_absolute_uri("/").rstrip("/")
    with override(key.language):
        found = queries.feed_of(key, clock.today())
        told = actions.note_entries(key=key, feed=found, site=site, at=clock.now())
        text = as_ics(found, site, told)
    shown = queries.digest_of(text.decode())
    changed = actions.note_change(key=key, shown=shown, at=clock.now())
    answer = HttpResponse(
        text,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Cache-Control": "private, no-cache",
            "Content-Disposition": 'inline; filename="taihua.ics"',
            "Referrer-Policy": "no-referrer",
            "X-Robots-Tag": "noindex",
        },
    )
    etag = f'"{shown}"'
    answer.headers["ETag"] = etag
    answer.headers["Last-Modified"] = http_date(changed.timestamp())
    return get_conditional_response(request, etag, int(changed.timestamp()), answer) or answer


def _made(request: Request, form: CalendarForm, unit: Unit | None) -> HttpResponse:
    try:
        secret = actions.make_key(
            account=request.user, unit=unit, language=get_language() or "", at=clock.now()
        )
    except actions.KeyRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:calendars")
    shown = queries.keys_of(request.user).get(unit=unit)
    fresh = CalendarForm(units=queries.units_without_key(request.user, clock.today()))
    return _page(request, fresh, shown=shown, secret=secret)


def _page(
    request: Request,
    form: CalendarForm,
    shown: CalendarKey | None = None,
    secret: str = "",
) -> HttpResponse:
    keys = list(queries.keys_of(request.user))
    address = request.build_absolute_uri(reverse("desk:feed", args=[secret])) if secret else ""
    return render(
        request,
        PAGE,
        {
            "form": form,
            "keys": keys,
            "has_own": any(key.unit_id is None for key in keys),
            "may_choose": form.fields["unit"].queryset.exists(),  # type: ignore[attr-defined]
            "shown": shown,
            "address": address,
            "webcal": address.replace("http", "webcal", 1).replace("webcals", "webcal", 1),
        },
    )
