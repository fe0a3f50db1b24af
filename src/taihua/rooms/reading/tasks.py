"""The PDF of a volume, set in the background; set twice it is the same file."""

from datetime import datetime

from django.tasks import task

from taihua.rooms.reading.actions.volumes import keep_volume_file
from taihua.rooms.reading.models import Volume
from taihua.rooms.reading.queries.anthology import PDF, issued_of, pdf_of


@task
def set_volume(number: int, asked: str) -> int:
    """Set the issued words of a volume; the file's id comes back."""
    volume = Volume.objects.get(number=number)
    version = issued_of(volume)
    content = pdf_of(version)
    at = datetime.fromisoformat(asked)
    return keep_volume_file(version=version, form=PDF, content=content, at=at).pk
