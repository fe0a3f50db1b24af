"""Answers that are the same for everybody, and what happens each time one is given (公开网页).

A view says so of its answer; whoever keeps answers for a while (the site's middleware) may then give
it to others too, and calls ``given`` for each of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

type Given = Callable[[HttpRequest], None]
MARK = "_shared"


@dataclass(frozen=True, slots=True)
class Shared:
    """What is known of an answer for everybody."""

    given: Given | None = None


def for_everybody[R: HttpResponse](answer: R, given: Given | None = None) -> R:
    """Say that an answer holds nothing of who asks."""
    setattr(answer, MARK, Shared(given))
    return answer


def shared(answer: object) -> Shared | None:
    """What a view said of its answer, if it is for everybody."""
    found: Shared | None = getattr(answer, MARK, None)
    return found
