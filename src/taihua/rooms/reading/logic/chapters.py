"""From an untrusted page to sections that may be shown, and the text they are anchored in.

Two passes of nh3 stand around our own: the first leaves only known tags, ours numbers the
blocks by their place in the text, the last lets nothing through that ours did not write.
"""

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

import nh3

LEAVES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "pre",
                    "blockquote", "figcaption", "caption", "td", "th"})  # fmt: skip
STRUCTURE = frozenset({"ul", "ol", "dl", "figure", "table", "thead", "tbody", "tfoot", "tr"})
WRAPPERS = frozenset({"div", "section", "article", "header", "footer", "aside", "main", "nav"})
INLINE = frozenset({"em", "strong", "b", "i", "u", "s", "sub", "sup", "ruby", "rt", "rp", "code",
                    "cite", "q", "small", "a"})  # fmt: skip
VOID = frozenset({"br", "hr", "img"})
BLOCKS = LEAVES | STRUCTURE
KEPT = set(BLOCKS | INLINE | VOID)
DROPPED_WHOLE = {"script", "style", "title", "svg", "math", "template"}
CELL = {"colspan", "rowspan"}
SHOWN = {"*": {"id"}, "a": {"href"}, "img": {"src", "alt"}, "td": CELL, "th": CELL}
OUR_ADDRESS = re.compile(r"epub:[^\s\"<>]*")
OUR_ID = re.compile(r"c\d+")
SECTION_LENGTH = 600
NO_SPACE_BETWEEN = re.compile(r"(?<=[⺀-鿿＀-￯])\s+(?=[⺀-鿿＀-￯])")


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a chapter that begins ``start`` characters into its text."""

    start: int
    html: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the book: its sections, its text, where its named places are."""

    sections: tuple[Section, ...]
    text: str
    places: dict[str, int] = field(default_factory=dict)
    heading: str = ""


def read_page(markup: str) -> Page:
    """Clean a page and number its blocks; addresses come out as ``epub:…``."""
    binder = _Binder()
    binder.feed(_first_pass(markup))
    binder.close()
    return binder.page()


def last_pass(html: str, addresses: dict[str, str]) -> str:
    """Let through what ``read_page`` wrote, with its addresses turned into real ones."""

    def keep(tag: str, name: str, value: str) -> str | None:
        if name == "id":
            return value if OUR_ID.fullmatch(value) else None
        if tag == "a" or name == "src":
            return addresses.get(value)
        return value

    return nh3.clean(
        html,
        tags=KEPT,
        attributes=SHOWN,
        attribute_filter=keep,
        url_schemes={"epub"},
        link_rel=None,
    )


def addresses_in(html: str) -> set[str]:
    return set(OUR_ADDRESS.findall(html))


def _first_pass(markup: str) -> str:
    return nh3.clean(
        markup,
        tags=KEPT | set(WRAPPERS),
        clean_content_tags=DROPPED_WHOLE,
        attributes=SHOWN,
        url_schemes=set(),
        link_rel=None,
    )


class _Binder(HTMLParser):
    """Writes each block with the id ``c<offset of its first character>``."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._sections: list[Section] = []
        self._pieces: list[str] = []
        self._open: list[str] = []
        self._nameless: int | None = None
        self._implied = False
        self._torn = False
        self._start = 0
        self._words: list[str] = []
        self._length = 0
        self._last = "\n"
        self._places: dict[str, int] = {}
        self._heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag in WRAPPERS or tag in BLOCKS:
            self._break(tag)
            self._torn &= tag in WRAPPERS
        if name := given.pop("id", ""):
            self._places.setdefault(name, self._length)
        if tag in WRAPPERS:
            return
        if tag not in BLOCKS:
            self._imply_paragraph(tag)
        self._write_tag(tag, given)
        if tag == "br":
            self._say("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in WRAPPERS or tag in BLOCKS:
            self._break()
            self._torn &= tag in WRAPPERS
        if tag in self._open:
            while (top := self._open.pop()) != tag:
                self._pieces.append(f"</{top}>")
            self._pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if "pre" not in self._open:
            data = NO_SPACE_BETWEEN.sub("", re.sub(r"\s+", " ", data))
            if self._last in "\n ":
                data = data.lstrip(" ")
        elif self._nameless is not None:
            data = data.lstrip("\n")  # where <pre> begins, browsers drop a line break
        if not data:
            return
        self._imply_paragraph("")
        self._mend()
        self._name_block()
        self._say(data)
        self._pieces.append(escape(data, quote=False))
        if not self._heading and any(tag in self._open for tag in ("h1", "h2", "h3")):
            self._heading = data.strip()

    def page(self) -> Page:
        self._break()
        self._cut()
        return Page(tuple(self._sections), "".join(self._words), self._places, self._heading)

    def _break(self, opening: str = "") -> None:
        """End a line of text, the implied paragraph, and the section where it is long enough."""
        if self._implied:
            self._pieces.extend(f"</{tag}>" for tag in reversed(self._open))
            self._open.clear()
            self._implied = False
        if self._last != "\n":
            self._say("\n")
            self._torn = bool(self._open)
        long_enough = self._length - self._start >= SECTION_LENGTH
        if not self._open and (long_enough or opening in {"h1", "h2"}):
            self._cut()

    def _cut(self) -> None:
        html = "".join(self._pieces)
        if html.strip():
            self._sections.append(Section(self._start, html))
        self._pieces.clear()
        self._nameless = None
        self._start = self._length

    def _say(self, words: str) -> None:
        self._words.append(words)
        self._length += len(words)
        self._last = words[-1]

    def _imply_paragraph(self, tag: str) -> None:
        if not self._open and tag != "hr":
            self._implied = True
            self._write_tag("p", {})

    def _write_tag(self, tag: str, given: dict[str, str]) -> None:
        attributes = "".join(f' {key}="{_address(key, value)}"' for key, value in given.items())
        self._pieces.append(f"<{tag}{attributes}>")
        if tag in LEAVES:
            self._nameless = len(self._pieces) - 1
        if tag not in VOID:
            self._open.append(tag)

    def _mend(self) -> None:
        """Write the line break of a wrapper that was left out in the middle of a block."""
        if self._torn:
            self._pieces.append("<br>")
            self._torn = False

    def _name_block(self) -> None:
        if self._nameless is not None:
            opened = self._pieces[self._nameless]
            self._pieces[self._nameless] = f'{opened[:-1]} id="c{self._length}">'
            self._nameless = None


def _address(key: str, value: str) -> str:
    if key in {"href", "src"}:
        return "epub:" + re.sub(r"[\s\"<>]", "", value)
    return escape(value)
