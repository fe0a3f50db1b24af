"""Who may open a page: every view says so, or the start-up check refuses it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url

type Predicate = Callable[[Any], bool]
type View = Callable[..., HttpResponseBase]


def anyone(account: Any) -> bool:
    """Everybody, logged in or not."""
    return True


def nobody(account: Any) -> bool:
    """No one at all."""
    return False


def page_of(request: HttpRequest) -> str:
    """Where somebody stands: the page asked for, or that of the form that was sent off from it."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    page = urlsplit(request.headers.get("referer", ""))
    own = page.netloc == request.get_host() and page.path
    return urlunsplit(("", "", page.path, page.query, "")) if own else "/"


def admits(predicate: Predicate) -> Callable[[View], View]:
    """Let a view answer only those for whom ``predicate(request.user)`` holds.

    A stranger is asked to log in; somebody known who may not is told so (403).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if predicate(request.user):
                return view(request, *args, **kwargs)
            if request.user.is_authenticated:
                raise PermissionDenied
            return redirect_to_login(page_of(request), resolve_url(settings.LOGIN_URL))

        guarded.admits = predicate  # type: ignore[attr-defined]
        return guarded

    return decorate
