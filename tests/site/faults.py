"""A page that puts something on record, and a job that can be told to hang."""

import time
import uuid
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.tasks import task
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from taihua.base.access import admits, anyone
from taihua.base.clock import now
from taihua.kernel.org.models import Person
from taihua.kernel.records.actions import record


@admits(anyone)
@csrf_exempt
def put_on_record(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    statement = record(
        verb="read",
        kind="reading/book",
        path="reading/book/1",
        label="《论语》",
        person=Person.objects.get(code="1"),
        at=now(),
        uuid=number,
    )
    return HttpResponse(str(statement.uuid))


@admits(anyone)
@csrf_exempt
def answer_slowly(_request: HttpRequest) -> HttpResponse:
    time.sleep(2)
    return HttpResponse("done")


@task
def write_a_line(into: str, hang_while: str) -> None:
    """Begin, then hang for as long as a file is there, then finish."""
    with Path(into).open("a") as lines:
        lines.write("begun\n")
        lines.flush()
        while Path(hang_while).exists():
            time.sleep(0.05)
        lines.write("done\n")


urlpatterns = [
    path("record/<uuid:number>", put_on_record),
    path("slow", answer_slowly),
]
