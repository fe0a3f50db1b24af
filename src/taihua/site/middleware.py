"""What surrounds every page: what it has read is kept until it is drawn, and the ground may give way.

A full disk, a read-only or busy database is told in words.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.db import DataError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.defaults import page_not_found

from taihua.base.onepage import one_page

type Answer = Callable[[HttpRequest], HttpResponseBase]

SIGNS = {
    "page/readonly.html": ("readonly", "read-only", "disk i/o", "full", "no space"),
    "page/busy.html": ("locked", "busy", "too many clients", "timeout", "starting up"),
}


class say_what_failed:  # noqa: N801  # named in settings like a function
    """Answer a failing database with a page that says what happened and what still works."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a fault of the ground; None leaves the error to Django."""
        if isinstance(error, OverflowError) or is_about_nul(error) or is_too_long_a_number(error):
            # A number or a sign in the address that no row can have.
            return page_not_found(request, error)
        template = page_for(error)
        return render(request, template, status=503) if template else None


def read_once_a_page(get_response: Answer) -> Answer:
    """Let a page that only shows ask the database once for what several of its parts need."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            return get_response(request)
        with one_page():
            return get_response(request)

    return answer


def tell_steps_from_pages(get_response: Answer) -> Answer:
    """Say what it is to who opens the address of a step as if it were a page; a browser would not."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        given = get_response(request)
        if given.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET":
            return given
        page = render(request, "page/step.html", status=given.status_code)
        page.headers["Allow"] = given.headers["Allow"]
        return page

    return answer


def is_too_long_a_number(error: Exception) -> bool:
    """Whether Python refused to read a number of thousands of digits."""
    return isinstance(error, ValueError) and "Exceeds the limit" in str(error)


def is_about_nul(error: Exception) -> bool:
    """Whether PostgreSQL refused to look for a text with a NUL in it."""
    return isinstance(error, DataError) and "NUL" in str(error)


def page_for(error: Any) -> str | None:
    """The template that explains ``error``, if it is a fault of the disk or the database."""
    if not isinstance(error, OperationalError | OSError):
        return None
    words = str(error).lower()
    return next((page for page, signs in SIGNS.items() if any(s in words for s in signs)), None)
