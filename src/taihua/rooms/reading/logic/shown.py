"""A chapter as it is shown: with its marks, and with a name for every place."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from html import escape
from html.parser import HTMLParser

from taihua.rooms.reading.logic.chapters import LEAVES

NAME = re.compile(r'id="c(\d+)"')


def block_at(html: str, offset: int) -> int | None:
    """The place of the named block in which ``offset`` lies, or of the last one before it."""
    names = sorted(int(name) for name in NAME.findall(html))
    index = bisect_right(names, offset)
    return names[index - 1] if index else None


def pieces(html: str, start: int) -> Iterator[tuple[str, int | None]]:
    """The markup of a section piece by piece; a piece of text comes with its place.

    ``start`` is where the section begins. Counts as :mod:`.chapters` did when it wrote it.
    """
    reader = _Reader(start)
    reader.feed(html)
    reader.close()
    yield from reader.pieces


def with_marks(html: str, start: int, spans: Iterable[tuple[int, int, int]]) -> str:
    """The section with ``<mark>`` around each span ``(start, end, number)`` of the text.

    Where spans overlap the earlier one keeps the common part. The first piece of a span is named
    ``m<number>``, so that a list of marks can lead to it.
    """
    waiting = sorted(spans)
    named: set[int] = set()
    shown: list[str] = []
    for piece, place in pieces(html, start):
        shown.append(piece if place is None else _marked(piece, place, waiting, named))
    return "".join(shown)


def _marked(text: str, place: int, spans: list[tuple[int, int, int]], named: set[int]) -> str:
    done = 0
    out: list[str] = []
    for first, last, number in spans:
        begin, end = max(first - place, done), min(last - place, len(text))
        if begin >= end:
            continue
        name = "" if number in named else f' id="m{number}"'
        named.add(number)
        out.append(escape(text[done:begin], quote=False))
        out.append(f"<mark{name}>{escape(text[begin:end], quote=False)}</mark>")
        done = end
    return "".join(out) + escape(text[done:], quote=False)


class _Reader(HTMLParser):
    def __init__(self, start: int) -> None:
        super().__init__(convert_charrefs=True)
        self.place = start
        self.pieces: list[tuple[str, int | None]] = []
        self._line_ended = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = dict(attrs).get("id") or ""
        if tag in LEAVES and not self._line_ended:
            self._end_line()
        if name.startswith("c"):
            self.place = int(name[1:])
        if tag == "br":
            self._end_line()
        self._keep(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in LEAVES and not self._line_ended:
            self._end_line()
        self._keep(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.pieces.append((data, self.place))
        self.place += len(data)
        self._line_ended = data.endswith("\n")

    def _keep(self, markup: str) -> None:
        self.pieces.append((markup, None))

    def _end_line(self) -> None:
        self.place += 1
        self._line_ended = True
