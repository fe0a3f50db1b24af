"""The frame around what strangers and colleagues read alike: the public site, or the house and its menu."""

from typing import Any

from django.conf import settings
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render

from taihua.base import clock
from taihua.kernel.org.http import Request
from taihua.rooms.portal.access.consultations import account_of
from taihua.rooms.portal.queries import public

SITE, HOUSE = "portal/public/base.html", "base.html"


def framed(request: Request, template: str, values: dict[str, Any]) -> HttpResponse:
    """A page of consultations: a stranger stays on the public site, a colleague keeps the menu."""
    frame: dict[str, Any] = {"frame": HOUSE}
    if account_of(request.user) is None:
        frame = {**site_values(), "frame": SITE, "on_consultations": True}
    return render(request, f"portal/consultations/{template}.html", frame | values)


def site_values() -> dict[str, Any]:
    """What the frame of the public site shows on every page."""
    return {"body": settings.TAIHUA_BODY, "tops": public.places(), "on": clock.today()}


def form_page(
    request: Request, template: str, heading: str, form: Form, **values: Any
) -> HttpResponse:
    """A page with one form, named by its heading."""
    return framed(request, template, {"heading": heading, "form": form, **values})
