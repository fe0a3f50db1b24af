"""The report as a file: HTML, Word, PDF, JSON."""

import json
from datetime import date
from enum import StrEnum

from django.conf import settings
from django.template.loader import render_to_string

from taihua.base.papers import to_docx, to_html, to_pdf
from taihua.base.papers.layout import PRINT_FONTS, WORD_FONTS
from taihua.rooms.reports.queries.report import Report, as_json, paper_of


class Form(StrEnum):
    """A file format that the report can take."""

    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    JSON = "json"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self]


MEDIA_TYPES = {
    Form.HTML: "text/html; charset=utf-8",
    Form.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.PDF: "application/pdf",
    Form.JSON: "application/json",
}


def as_file(report: Report, form: Form, on: date) -> bytes:
    """The report in one format, complete."""
    match form:
        case Form.JSON:
            return json.dumps(as_json(report), ensure_ascii=False, indent=2).encode()
        case Form.HTML:
            paper = paper_of(report, on)
            page = {"title": paper.title.replace("\n", ""), "article": to_html(paper)}
            return render_to_string("reports/standalone.html", page).encode()
        case Form.DOCX:
            return to_docx(paper_of(report, on), WORD_FONTS.changed(settings.TAIHUA_WORD_FONTS))
        case _:
            fonts = PRINT_FONTS.changed(settings.TAIHUA_PRINT_FONTS)
            return to_pdf(paper_of(report, on), fonts, tuple(settings.TAIHUA_FONT_FOLDERS))
