"""Word and PDF of what the room writes (文集、通知), kept beside the text."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from taihua.base.papers import Paper, to_docx, to_pdf
from taihua.base.papers.layout import PRINT_FONTS, WORD_FONTS
from taihua.kernel.documents import actions as documents
from taihua.kernel.documents.models import DocumentFile, Version

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def keep(*, version: Version, paper: Paper, form: str, at: datetime) -> DocumentFile:
    """Make Word or PDF of a text and keep it; of an issued text the first one made stands."""
    if version.is_issued and (there := version.files.filter(form=form).first()):
        return there
    suffix = "" if version.is_issued else _("（草稿第 %(number)d 版）") % {"number": version.number}
    return documents.keep_file(
        version=version,
        form=form,
        name=f"{version.document.title}{suffix}.{form}",
        media_type=MEDIA_TYPES[form],
        content=_made(paper, form),
        at=at,
    )


def _made(paper: Paper, form: str) -> bytes:
    if form == "docx":
        return to_docx(paper, WORD_FONTS.changed(settings.TAIHUA_WORD_FONTS))
    fonts = PRINT_FONTS.changed(settings.TAIHUA_PRINT_FONTS)
    return to_pdf(paper, fonts, tuple(settings.TAIHUA_FONT_FOLDERS))
