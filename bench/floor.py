"""The bare floor: one view that knows who asks and inserts one row."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from taihua.rooms.reading.models import Mark


def write(request: HttpRequest, book: int) -> HttpResponse:
    """Insert one mark for whoever is logged in."""
    if not request.user.is_authenticated or request.user.person_id is None:
        return HttpResponse(status=403)
    Mark.objects.create(
        reader_id=request.user.person_id,
        book_id=book,
        thought=request.POST["thought"],
        made_at=timezone.now(),  # noqa: TID251  # the floor knows no clock of ours
        href="",
        offset=0,
        exact=request.POST["words"],
    )
    return HttpResponse(status=204)


urlpatterns = [path("write/<int:book>", write)]
