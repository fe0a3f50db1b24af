"""Files of the report, made in the background; made twice they are the same file."""

from datetime import datetime

from django.tasks import task

from taihua.base.clock import local_day
from taihua.kernel.documents.models import Version
from taihua.rooms.reports import actions
from taihua.rooms.reports.queries.files import Form, as_file
from taihua.rooms.reports.queries.report import report_of


@task
def make_file(version_id: int, form: str, asked: str) -> int:
    """Make one file of a version, as asked at that moment; the file's id comes back."""
    version = Version.objects.select_related("document").get(pk=version_id)
    at = datetime.fromisoformat(asked)
    report = report_of(version.document.year, local_day(at))
    content = as_file(report, Form(form), local_day(at))
    return actions.keep(
        version=version, form=form, media_type=Form(form).media_type, content=content, at=at
    ).pk
