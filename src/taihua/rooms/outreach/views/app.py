"""The app with which a visit is written without a network: its shell, its worker, its uploads."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from taihua.base import clock
from taihua.base.access import admits, anyone
from taihua.kernel.org.access import is_logged_in, is_member
from taihua.kernel.org.http import Request, person_of
from taihua.kernel.org.models import Account
from taihua.rooms.outreach import forms
from taihua.rooms.outreach.actions import notes
from taihua.rooms.outreach.logic.sync import clock_doubt

MOST_ITEMS = 50
SHELL = (
    "site/tokens.css", "site/dark.css", "site/page.css", "site/frame.css", "site/layout.css",
    "site/things.css", "site/notes.css", "site/tables.css", "site/forms.css", "site/mark.svg",
    "outreach/outreach.css", "outreach/icon-192.png", "outreach/store.js", "outreach/sending.js",
    "outreach/app.js",
)  # fmt: skip
ICONS = (  # name, pixels a side, purpose; drawn by tools/icons.py
    ("icon-192", 192, "any"),
    ("icon-512", 512, "any"),
    ("icon-maskable-512", 512, "maskable"),
)
SENDING = ("outreach/store.js", "outreach/sending.js")


class Broken(Exception):
    """What was sent cannot be read; the message is written for its writer."""


@admits(is_member)
@require_GET
@never_cache
def app(request: Request) -> HttpResponse:
    """The same page for everybody: it names nobody and carries no key, so a device may keep it."""
    written = forms.NoteForms(on=clock.today())
    return render(request, "outreach/app.html", {"written": written, "form": written.main})


@admits(anyone)
@require_GET
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; it lies below the app's own address, and that is all it governs."""
    told = {
        "page": reverse("outreach:app"),
        "files": [static(name) for name in SHELL],
        "scripts": [static(name) for name in SENDING],
        "state": reverse("outreach:state"),
        "takeIn": reverse("outreach:take-in"),
    }
    script = Path(str(finders.find("outreach/worker.js"))).read_text(encoding="utf-8")
    return HttpResponse(
        f"const KEPT = {json.dumps(told)};\n{script}", content_type="text/javascript"
    )


@admits(anyone)
@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the app on its first screen."""
    told = {
        "name": _("苔花·调研记录"),
        "short_name": _("调研记录"),
        "start_url": reverse("outreach:app"),
        "scope": reverse("outreach:app"),
        "display": "standalone",
        "lang": request.LANGUAGE_CODE,
        "background_color": "#fbfaf6",
        "theme_color": "#2f5d46",
        "icons": [
            {"src": static("site/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
            *(
                {
                    "src": static(f"outreach/{name}.png"),
                    "sizes": f"{side}x{side}",
                    "type": "image/png",
                    "purpose": purpose,
                }
                for name, side, purpose in ICONS
            ),
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json")


@admits(is_logged_in)
@require_GET
@never_cache
def state(request: Request) -> JsonResponse:
    """Whose device it is now, what time it is here, and the seal without which nothing is taken."""
    return JsonResponse(
        {
            "owner": owner_of(request.user),
            "name": str(request.user),
            "today": clock.today().isoformat(),
            "real": clock.by_the_wall().isoformat(),
            "seal": get_token(request),
        }
    )


@admits(is_member)
@require_POST
def take_in(request: Request) -> JsonResponse:
    """Take in what a device has waiting: each note by itself, whatever becomes of the others."""
    try:
        told = json.loads(request.body)
        device = datetime.fromisoformat(told["clock"])
        items = list(told["items"])[:MOST_ITEMS]
        off = clock_doubt(device, clock.by_the_wall())
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"words": _("送来的读不出来，什么都没有收下。")}, status=400)
    results = [_taken(request, item, is_off=off is not None) for item in items]
    return JsonResponse({"results": results, "real": clock.by_the_wall().isoformat()})


def _taken(request: Request, item: Any, *, is_off: bool) -> dict[str, str]:
    """What became of one note, in words: taken, there already, asked about, or refused."""
    number = str(item.get("id", "")) if isinstance(item, dict) else ""
    try:
        note = _note(request, item)
        if is_off and item.get("confirmed") != note.day.isoformat():
            return {"id": number, "outcome": "asks", "words": _asks(note.day.isoformat())}
        taken = notes.take_in(note=note, at=clock.now(), by=request.user)
        notes.refuse_what_lost(note, taken)
    except (Broken, notes.NoteRefused) as refusal:
        return {"id": number, "outcome": "refused", "words": str(refusal)}
    return {
        "id": number,
        "outcome": "taken",
        "words": str(taken.visit.get_counting_display()),
        "url": reverse("outreach:visit", args=[taken.visit.pk]),
    }


def _asks(day: str) -> str:
    return _("这台设备的时间和平台差得多。这次调研是 %(day)s 吗？请核对日期再交。") % {"day": day}


def _note(request: Request, item: Any) -> notes.Note:
    """The note in an item, read by the same forms as the page.

    :raises Broken: it is another account's, cannot be read, or something in it is wrong
    """
    if not isinstance(item, dict) or not isinstance(item.get("fields"), dict):
        raise Broken(_("这一份损坏了，读不出来，没有收下。"))
    if item.get("owner") != owner_of(request.user):
        raise Broken(_("这一份是另一个账号写的，请由写的人登录后再交。"))
    fields = {str(name): str(value) for name, value in item["fields"].items()}
    written = forms.NoteForms(fields, on=clock.today())
    if not written.is_valid():
        raise Broken(" ".join(written.all_errors))
    if str(written.main.cleaned_data["uuid"]) != item.get("id"):
        raise Broken(_("这一份损坏了，读不出来，没有收下。"))
    return written.note(person_of(request))


def owner_of(account: Account) -> str:
    """The name under which a device keeps what an account writes: it tells nobody who that is."""
    told = salted_hmac("taihua.outreach.device", str(account.pk), algorithm="sha256")
    return told.hexdigest()[:24]
