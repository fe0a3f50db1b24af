"""What is asked of an EPUB's zip before anything in it is believed."""

import stat
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from taihua.base.packed import UNREADABLE
from taihua.rooms.reading.enums import Fault

MOST_BYTES = 30 * 1024 * 1024
MOST_FILES = 2_000
MOST_UNPACKED = 150 * 1024 * 1024
MOST_SWELLING = 120
SMALL = 1024 * 1024
LONGEST_NAME = 400
ENCRYPTED = 0x1
MIMETYPE = b"application/epub+zip"


class EpubRefused(Exception):
    """An EPUB could not be taken; the message is written for whoever sent it."""

    def __init__(self, fault: Fault, where: str = "") -> None:
        super().__init__(fault, where)
        self.fault = fault
        self.where = where

    def __str__(self) -> str:
        return f"{self.fault.label}（{self.where}）" if self.where else str(self.fault.label)


class Archive:
    """The files of one EPUB, each read only when it is asked for."""

    def __init__(self, data: bytes) -> None:
        if len(data) > MOST_BYTES:
            raise EpubRefused(Fault.TOO_BIG)
        try:
            self._zip = ZipFile(BytesIO(data))
        except UNREADABLE as error:
            raise EpubRefused(Fault.NOT_ZIP) from error
        entries = self._zip.infolist()
        _refuse_swelling(entries)
        for entry in entries:
            _refuse_entry(entry)
        self.names = frozenset(entry.filename for entry in entries if not entry.is_dir())
        if "mimetype" not in self.names or self.read("mimetype").strip() != MIMETYPE:
            raise EpubRefused(Fault.NOT_EPUB)
        if "META-INF/encryption.xml" in self.names:
            raise EpubRefused(Fault.LOCKED)

    def read(self, name: str) -> bytes:
        if name not in self.names:
            raise EpubRefused(Fault.MISSING, name)
        try:
            return self._zip.read(name)
        except UNREADABLE as error:
            raise EpubRefused(Fault.NOT_ZIP, name) from error


def _refuse_swelling(entries: list[ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_FILES or unpacked > MOST_UNPACKED:
        raise EpubRefused(Fault.SWELLS)
    for entry in entries:
        if entry.file_size > SMALL and entry.file_size > MOST_SWELLING * entry.compress_size:
            raise EpubRefused(Fault.SWELLS, entry.filename)


def _refuse_entry(entry: ZipInfo) -> None:
    name = entry.filename
    if len(name) > LONGEST_NAME:
        raise EpubRefused(Fault.BAD_NAME, f"{name[:40]}…")
    leaves_the_book = name.startswith("/") or "\\" in name or ":" in name.split("/")[0]
    if leaves_the_book or ".." in name.split("/") or stat.S_ISLNK(entry.external_attr >> 16):
        raise EpubRefused(Fault.BAD_NAME, name)
    if entry.flag_bits & ENCRYPTED:
        raise EpubRefused(Fault.LOCKED, name)
