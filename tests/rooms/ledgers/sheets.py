"""Sheets as offices send them, made in memory."""

from datetime import datetime
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from xlsxwriter import Workbook

MADE = datetime(2013, 12, 4, 9)  # a workbook knows no zone


def xlsx(*rows, title=None):
    """A workbook of one sheet; with ``title`` a merged row above the header."""
    content = BytesIO()
    book = Workbook(content, {"in_memory": True})
    book.set_properties({"created": MADE})  # else the same rows make another file a second later
    sheet = book.add_worksheet()
    first = 0
    if title:
        sheet.merge_range(0, 0, 0, len(rows[0]) - 1, title)
        first = 1
    for number, row in enumerate(rows, first):
        sheet.write_row(number, 0, row)
    book.close()
    return content.getvalue()


def csv(*rows, encoding="gb18030"):
    """A text file as an old office program saves it."""
    return "\r\n".join(",".join(map(str, row)) for row in rows).encode(encoding)


def as_file(content, name="台账.xlsx"):
    return SimpleUploadedFile(name, content)
