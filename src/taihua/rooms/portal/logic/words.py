"""From what a clerk types to HTML: one paragraph a line, with few signs that mean more.

A short line that begins ``一、``, ``（一）`` or ``1．`` is a heading, ``【图1】`` alone on a line a picture,
lines that begin with ``- `` or ``· `` are a list, and an ``http(s)`` address is a link.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from itertools import groupby

LONGEST_HEADING = 36
ENDS = tuple("。；，：！？.;,:!?")
HEADINGS = (
    (2, re.compile(r"[一二三四五六七八九十百]+、\S")),
    (3, re.compile(r"[（(][一二三四五六七八九十百]+[）)]\s*\S")),
    (4, re.compile(r"\d{1,2}[.．]\s*[^\d\s]")),
)
PICTURE = re.compile(r"【图\s*(\d{1,3})】")
ITEM = re.compile(r"[-·•]\s+(?=\S)")
ADDRESS = re.compile(r"https?://[^\s<>\"'，。；、！？：（）《》【】“”‘’]+", re.ASCII)
LOOSE = ".,;:!?)"
TAG = re.compile(r"<[^>]*>")
BREAKS = re.compile(r"</(?:p|h[1-6]|li|tr|figcaption|caption|div|blockquote)>|<br ?/?>")
SPACES = "\u3000 \t\xa0"


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as it is shown: where it lies, what it shows, how large it is."""

    src: str
    alt: str
    caption: str
    width: int
    height: int


def to_html(text: str, pictures: Mapping[int, Shown] | None = None) -> str:
    """The text as HTML; nothing that was typed reaches it unescaped.

    A picture that there is not is left out; :func:`pictures_in` tells which are asked for.
    """
    shown = pictures or {}
    pieces = []
    for is_list, group in groupby(_lines(text), key=lambda line: bool(ITEM.match(line))):
        if is_list:
            items = "".join(f"<li>{_linked(ITEM.sub('', line, count=1))}</li>" for line in group)
            pieces.append(f"<ul>{items}</ul>")
        else:
            pieces += [_block(line, shown) for line in group]
    return "\n".join(filter(None, pieces))


def to_plain(html: str) -> str:
    """HTML without its marks, a line for each block: for search and for scans."""
    bare = unescape(TAG.sub("", BREAKS.sub("\n", html)))
    return "\n".join(line.strip() for line in bare.splitlines() if line.strip())


def pictures_in(text: str) -> list[int]:
    """The numbers of the pictures that a text asks for, in their order."""
    found = (PICTURE.fullmatch(line) for line in _lines(text))
    return [int(match[1]) for match in found if match]


def heading_level(line: str) -> int:
    """2 to 4 for a line that is a heading, 0 for one that is not."""
    if len(line) > LONGEST_HEADING or line.endswith(ENDS):
        return 0
    return next((level for level, sign in HEADINGS if sign.match(line)), 0)


def _lines(text: str) -> Iterator[str]:
    return filter(None, (line.strip(SPACES) for line in text.splitlines()))


def _block(line: str, pictures: Mapping[int, Shown]) -> str:
    if match := PICTURE.fullmatch(line):
        picture = pictures.get(int(match[1]))
        return _figure(picture) if picture else ""
    level = heading_level(line)
    tag = f"h{level}" if level else "p"
    return f"<{tag}>{_linked(line)}</{tag}>"


def _figure(picture: Shown) -> str:
    caption = f"<figcaption>{escape(picture.caption)}</figcaption>" if picture.caption else ""
    return (
        f'<figure><img src="{escape(picture.src)}" alt="{escape(picture.alt)}"'
        f' width="{picture.width}" height="{picture.height}" loading="lazy">{caption}</figure>'
    )


def _linked(line: str) -> str:
    pieces, at = [], 0
    for match in ADDRESS.finditer(line):
        address = match[0].rstrip(LOOSE)
        pieces.append(escape(line[at : match.start()]))
        pieces.append(f'<a href="{escape(address)}">{escape(address)}</a>')
        at = match.start() + len(address)
    return "".join([*pieces, escape(line[at:])])
