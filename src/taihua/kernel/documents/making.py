"""A file that is being made in the background, as whoever waits for it sees it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from taihua.base import clock
from taihua.kernel.documents.models import DocumentFile, Version
from taihua.kernel.documents.queries import files_of

LONG = 60  # seconds: whoever waits longer is told what may be wrong
PARTIAL = "page/making.html#progress"


@dataclass(frozen=True, slots=True)
class Making:
    """A file on its way: where one looks again, how long one has waited, and the file once it is there."""

    title: str
    again: str
    waited: int
    file: DocumentFile | None

    @property
    def takes_long(self) -> bool:
        """Whether one has waited so long that something is probably wrong."""
        return self.waited >= LONG


def ask_for_file(
    version: Version, form: str, address: str, enqueue: Callable[[str], Any]
) -> HttpResponse:
    """Let the file be made and lead to ``address``, where one sees how it stands.

    ``enqueue`` takes the moment of asking. The file of an issued version is made once.
    """
    asked = clock.now().isoformat()
    if not (version.is_issued and files_of(version).filter(form=form).exists()):
        enqueue(asked)
    # Waiting is counted by the machine's clock: on a fixed day the house's own stands almost still.
    query = urlencode({"asked": asked, "since": clock.by_the_wall().isoformat()})
    return redirect(f"{address}?{query}")


def show_making(
    request: HttpRequest, version: Version, form: str, template: str, context: dict[str, Any]
) -> HttpResponse:
    """How the file stands, on the room's page ``template``, which extends ``page/making.html``.

    :raises Http404: what the address says of the moment of asking is no moment
    """
    asked, since = (_moment(request.GET.get(name, "")) for name in ("asked", "since"))
    found = files_of(version).filter(form=form)
    if asked and not version.is_issued:  # of a draft only what was made since then
        found = found.filter(made_at__gte=asked)
    making = Making(
        title=version.document.title,
        again=request.get_full_path(),
        waited=max(0, int((clock.by_the_wall() - since).total_seconds())) if since else 0,
        file=found.first(),
    )
    return render(
        request,
        PARTIAL if request.headers.get("HX-Request") else template,
        context | {"making": making},
        status=HTTPStatus.OK if making.file else HTTPStatus.ACCEPTED,
    )


def _moment(told: str) -> datetime | None:
    if not told:
        return None
    try:
        asked = datetime.fromisoformat(told)
    except ValueError:
        raise Http404 from None
    if asked.tzinfo is None:
        raise Http404
    return asked
