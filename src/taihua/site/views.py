"""The front door's own pages: the look, the language, my account, and what is said on a fault."""

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taihua.base import clock
from taihua.base.access import admits, anyone
from taihua.base.search import LONGEST, too_short, words_of
from taihua.kernel.org.access import is_admin, is_logged_in, oversees
from taihua.kernel.org.http import Request
from taihua.site.finding import find
from taihua.site.forms import LookForm
from taihua.site.look import COOKIE, Look, look_from
from taihua.site.menu import places_by_power
from taihua.site.middleware import page_for

A_YEAR = 60 * 60 * 24 * 365


@admits(anyone)
@require_safe
def mark(request: HttpRequest) -> HttpResponseBase:
    """The mark, where a browser looks for it beside a page that names none (a paper, a chapter)."""
    return redirect(static("site/mark.svg"), permanent=False)


@admits(anyone)
@require_http_methods(["GET", "POST"])
def appearance(request: HttpRequest) -> HttpResponseBase:
    """Choose type size, paper and quiet mode; kept in this browser."""
    look = look_from(request.COOKIES)
    form = LookForm(
        request.POST or None,
        initial={"size": look.size, "theme": look.theme, "quiet": look.quiet},
    )
    if form.is_valid():
        answer = redirect(_back(request))
        _keep(answer, COOKIE, Look(**form.cleaned_data).as_cookie())
        return answer
    return render(request, "site/appearance.html", {"form": form, "next": _back(request)})


@admits(anyone)
@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Speak Chinese or English; kept in this browser."""
    answer = redirect(_back(request))
    code = request.POST.get("language", "")
    if check_for_language(code) and code in dict(settings.LANGUAGES):
        _keep(answer, settings.LANGUAGE_COOKIE_NAME, code)
    return answer


@admits(is_logged_in)
@require_safe
def search(request: Request) -> HttpResponse:
    """Find people, books, meetings, rules, pages: whatever I may see in which the words stand."""
    asked = request.GET.get("q", "").strip()
    words = words_of(asked[:LONGEST])
    can = bool(words) and not too_short(words) and len(asked) <= LONGEST
    groups = find(request.user, words, clock.today()) if can else []
    return render(
        request,
        "site/search.html",
        {
            "searched": asked,
            "words": words,
            "groups": groups,
            "count": sum(len(group.found) for group in groups),
            "more": any(group.more for group in groups),
            "too_long": len(asked) > LONGEST,
            "too_short": not can and len(asked) <= LONGEST,
        },
    )


@admits(is_logged_in)
@require_safe
def more(request: Request) -> HttpResponse:
    """Every place that I may go to, with what one does there."""
    return render(request, "site/more.html", {"groups": places_by_power(request.user)})


@admits(is_logged_in)
def me(request: Request) -> HttpResponse:
    """My account: what I may do here, and my keys to it."""
    may = {"finds_people": oversees(request.user), "keeps_accounts": is_admin(request.user)}
    return render(request, "site/me.html", may)


def failed(request: HttpRequest) -> HttpResponse:
    """Nothing worked; if the ground gave way, say so, and in any case touch no database."""
    template = page_for(sys.exception())
    status = 503 if template else 500
    return render(request, template or "500.html", status=status)


def too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # Django's
    """A form came without its seal (CSRF): mostly a page left open for very long."""
    return render(request, "403_csrf.html", status=403)


def _back(request: HttpRequest) -> str:
    """Where the visitor came from, if that is one of our own pages."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    # What does not begin with a slash would be taken for the name of a page.
    return url if ours and url.startswith("/") else resolve_url("/")


def _keep(answer: HttpResponseBase, name: str, value: str) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
