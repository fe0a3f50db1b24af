"""Files made in memory: sound ones, odd ones, and hostile ones."""

import zipfile
from datetime import date, datetime, time
from io import BytesIO

from xlsxwriter import Workbook


def workbook(*sheets, hidden=()):
    """A workbook; each sheet is (name, rows, merges), a merge being (top, left, bottom, right)."""
    content = BytesIO()
    book = Workbook(content, {"in_memory": True, "strings_to_formulas": False})
    dated = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows, merges in sheets:
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(at, column, datetime.combine(value, time()), dated)
                elif value is not None:
                    sheet.write(at, column, value)
        for top, left, bottom, right in merges:
            sheet.merge_range(top, left, bottom, right, rows[top][left])
    book.close()
    return content.getvalue()


def repacked(content, change=None, extra=None):
    """A packed file with its parts changed (``change(name, bytes)``) or others put beside them."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.infolist():
            body = old.read(part.filename)
            body = change(part.filename, body) if change else body
            new.writestr(part.filename, body, zipfile.ZIP_DEFLATED)
        for name, body in (extra or {}).items():
            new.writestr(name, body, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def in_sheet(old, new):
    """A change that replaces some bytes in the sheets of a workbook."""

    def change(name, body):
        if not name.startswith("xl/worksheets/"):
            return body
        assert old in body
        return body.replace(old, new)

    return change


def locked(content):
    """A packed file that says of its parts that they are encrypted."""
    made = bytearray(content)
    at = made.find(b"PK\x01\x02")
    while at >= 0:
        made[at + 8] |= 1
        at = made.find(b"PK\x01\x02", at + 1)
    return bytes(made)


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024)


def compound(*names):
    """A file in the old container that names these streams."""
    return COMPOUND + b"".join(name.encode("utf-16-le") + bytes(64) for name in names)
