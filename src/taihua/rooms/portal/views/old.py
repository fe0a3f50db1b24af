"""Addresses of former sites: whoever comes by one is sent on to the article for good."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import reverse

from taihua.base import clock
from taihua.rooms.portal.queries.public import article_formerly_at

type Answer = Callable[[HttpRequest], HttpResponseBase]


class follow_old_addresses:  # noqa: N801  # named in settings like a function
    """Try the old addresses, query and all, when nothing else answers."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if answer.status_code != HTTPStatus.NOT_FOUND or request.method not in {"GET", "HEAD"}:
            return answer
        number = article_formerly_at(request.get_full_path(), clock.now())
        if number is None:
            return answer
        return HttpResponsePermanentRedirect(reverse("portal:article", args=[number]))
