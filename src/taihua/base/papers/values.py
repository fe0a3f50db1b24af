"""What an official paper consists of, before any file format."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Self
from unicodedata import east_asian_width

from taihua.base.papers.numerals import chinese

# Neither XML nor a printed page has a place for these.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; a figure carries its basis as a footnote and, on screen, a link."""

    text: str
    strong: bool = False
    note: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (一、) to 4 (（1）); its number is counted, never typed."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run, ...]
    indent: bool = True

    @classmethod
    def of(cls, text: str) -> Self:
        return cls((Run(text),))


@dataclass(frozen=True, slots=True)
class Listing:
    """Items, each on its line, numbered or not."""

    items: tuple[tuple[Run, ...], ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption and a repeated header row; ``right`` names columns of numbers."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    right: frozenset[int] = frozenset()


type Block = Heading | Paragraph | Listing | Table


@dataclass(frozen=True, slots=True)
class Annex:
    """An attachment that is set with its paper (附件): on pages of its own, numbered, with a title."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """An official paper (公文); its title is broken where a line break says so.

    With a ``masthead`` it bears the red head and its ``number``; without one it starts with the
    title. ``issuer`` and ``day`` close it, ``sealed`` leaving the room that a seal needs. An
    attachment is a name (it lies beside the paper) or an :class:`Annex`. Who else is sent it
    (``copies``, 抄送) and who printed it when stand at the foot of the last page (版记). A ``stamp``
    is set over a PDF that no longer counts: what has taken its place.
    """

    title: str
    blocks: tuple[Block, ...]
    masthead: str = ""
    number: str = ""
    addressee: str = ""
    attachments: tuple[str | Annex, ...] = ()
    issuer: str = ""
    day: date | None = None
    sealed: bool = True
    remark: str = ""
    copies: tuple[str, ...] = ()
    printed_by: str = ""
    printed: date | None = None
    stamp: str = ""
    subject: str = field(default="", compare=False)

    @property
    def attachment_names(self) -> tuple[str, ...]:
        """The attachments as the paper lists them below its text (附件说明)."""
        return tuple(each.title if isinstance(each, Annex) else each for each in self.attachments)

    @property
    def annexes(self) -> list[tuple[str, Annex]]:
        """The attachments that follow, each with its mark: 附件, or 附件2 where there are several."""
        alone = len(self.attachments) == 1
        return [
            ("附件" if alone else f"附件{number}", each)
            for number, each in enumerate(self.attachments, 1)
            if isinstance(each, Annex)
        ]

    @property
    def copied_to(self) -> str:
        """抄送 in one sentence, as it stands at the foot; nothing where nobody is sent a copy."""
        return f"{'，'.join(self.copies)}。" if self.copies else ""

    @property
    def printing_day(self) -> str:
        """印发日期, with its word behind it."""
        return f"{paper_day(self.printed)}印发" if self.printed else ""

    @property
    def has_imprint(self) -> bool:
        """Whether anything stands at the foot of the last page."""
        return bool(self.copies or self.printed_by)


def paper_number(sign: str, year: int, number: int) -> str:
    """The number under the red head: sign, year in hexagonal brackets, no leading zero."""
    return f"{sign}〔{year}〕{number}号"


def paper_day(day: date) -> str:
    """A date as it closes a paper: full year, no leading zero."""
    return f"{day.year}年{day.month}月{day.day}日"


def printable(text: str) -> str:
    """The text without what no page can show."""
    return UNPRINTABLE.sub("", text)


def numbered(blocks: tuple[Block, ...]) -> Iterator[tuple[str, Block]]:
    """Each block with the number its heading bears: 一、 （一） 1. （1）, or nothing."""
    counts = [0, 0, 0, 0]
    for block in blocks:
        if not isinstance(block, Heading):
            yield "", block
            continue
        level = min(max(block.level, 1), 4)
        counts[level - 1] += 1
        counts[level:] = [0] * (4 - level)
        yield heading_number(level, counts[level - 1]), block


def heading_number(level: int, count: int) -> str:
    match level:
        case 1:
            return f"{chinese(count)}、"
        case 2:
            return f"（{chinese(count)}）"
        case 3:
            return f"{count}."
        case _:
            return f"（{count}）"


def width(text: str) -> float:
    """How many characters (字) wide a text is: half for what is narrow."""
    return sum(1 if east_asian_width(sign) in "WF" else 0.5 for sign in text)


def closing_indents(issuer: str, day: str, *, sealed: bool) -> tuple[float, float]:
    """How far issuer and day stay from the right edge, in characters.

    Sealed: the day by four, the issuer centred over it. Unsealed: the issuer by two and the day
    begins two after it; a day that is too long for that keeps two itself and the issuer yields.
    """
    name, date_ = width(issuer), width(day)
    if sealed:
        return max(4 + (date_ - name) / 2, 0), 4
    if name - date_ >= 2:  # noqa: PLR2004  (two characters, as the standard says)
        return 2, name - date_
    return 4 + date_ - name, 2
