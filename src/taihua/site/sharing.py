"""Answers for everybody, kept for half a minute: a public page is made once for many readers.

Only what a view has called so (``base.shared.for_everybody``) is kept, and only for whoever comes
without a session. What was withdrawn is gone when the time is over.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import get_conditional_response, patch_vary_headers

from taihua.base.shared import Shared, shared
from taihua.site.look import COOKIE

type Answer = Callable[[HttpRequest], HttpResponseBase]
type Key = tuple[str, ...]

PLACE = "/portal/"
LARGEST = 512 * 1024  # bytes of one answer
MOST = 64 * 1024 * 1024  # bytes of all
OK = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was given first."""

    until: float
    body: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str
    known: Shared

    def again(self, request: HttpRequest) -> HttpResponseBase:
        if request.headers.get("If-None-Match") == self.etag:
            answer: HttpResponse = HttpResponseNotModified()
        else:
            answer = HttpResponse(self.body)
            del answer.headers["Content-Type"]
        for name, value in self.headers:
            answer.headers[name] = value
        return answer


class Shelf:
    """What is kept, the longest unused first to go; several threads may ask at once."""

    def __init__(self, most: int = MOST) -> None:
        self.most, self.size = most, 0
        self.kept: OrderedDict[Key, Kept] = OrderedDict()
        self.lock = threading.Lock()

    def find(self, key: Key, now: float) -> Kept | None:
        with self.lock:
            found = self.kept.get(key)
            if found is None:
                return None
            if found.until <= now:
                self._drop(key)
                return None
            self.kept.move_to_end(key)
            return found

    def keep(self, key: Key, answer: Kept) -> None:
        with self.lock:
            if key in self.kept:
                self._drop(key)
            self.kept[key] = answer
            self.size += len(answer.body)
            while self.size > self.most:
                self._drop(next(iter(self.kept)))

    def clear(self) -> None:
        with self.lock:
            self.kept.clear()
            self.size = 0

    def _drop(self, key: Key) -> None:
        self.size -= len(self.kept.pop(key).body)


SHELF = Shelf()


class share_public_pages:  # noqa: N801  # named in settings like a function
    """Give an answer for everybody again, as long as it is fresh."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PLACE) or request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        alone = settings.SESSION_COOKIE_NAME in request.COOKIES
        if request.method == "HEAD" or alone or not settings.SHARED_SECONDS:
            return self._each_for_itself(request)
        key, now = _key(request), monotonic()
        found = SHELF.find(key, now)
        if found is None:
            answer = self.get_response(request)
            found = _kept(answer, now + settings.SHARED_SECONDS)
            if found is None:
                return _told(request, answer)
            SHELF.keep(key, found)
        if found.known.given:
            found.known.given(request)
        return found.again(request)

    def _each_for_itself(self, request: HttpRequest) -> HttpResponseBase:
        return _told(request, self.get_response(request))


def _told(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    known = shared(answer)
    if known and known.given:
        known.given(request)
    if known and isinstance(answer, HttpResponse) and answer.status_code == OK:
        answer.headers.setdefault("ETag", _etag(answer.content))
        answer.headers.setdefault("Cache-Control", "private, no-cache")
        return get_conditional_response(request, answer.headers["ETag"], None, answer) or answer
    return answer


def _kept(answer: HttpResponseBase, until: float) -> Kept | None:
    """An answer that may be given again; one that sets cookies is somebody's own."""
    known = shared(answer)
    if known is None or not isinstance(answer, HttpResponse):
        return None
    if answer.status_code != OK or answer.cookies or len(answer.content) > LARGEST:
        return None
    etag = _etag(answer.content)
    answer.headers["ETag"] = etag
    # The look and the language lie in cookies.
    patch_vary_headers(answer, ["Cookie"])
    answer.headers.setdefault("Cache-Control", f"public, max-age={settings.SHARED_SECONDS}")
    return Kept(until, answer.content, tuple(answer.headers.items()), etag, known)


def _etag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _key(request: HttpRequest) -> Key:
    """Whatever the page may differ by: where it was asked for, how it is to look, in which language."""
    said = request.META.get
    return (
        request.scheme or "",
        said("HTTP_HOST", ""),
        request.get_full_path(),
        request.COOKIES.get(COOKIE, ""),
        request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""),
        said("HTTP_ACCEPT_LANGUAGE", ""),
    )
