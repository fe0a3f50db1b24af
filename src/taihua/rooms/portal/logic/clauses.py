"""A draft as it is typed, cut into the clauses (条款) on which opinions are given."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

DIGITS = "一二三四五六七八九十百零〇两"
ARTICLE = re.compile(rf"^(第[{DIGITS}\d]+条)[\s　:：]*(.*)$")
CHAPTER = re.compile(rf"^(第[{DIGITS}\d]+[编章节])[\s　]*(.*)$")
POINT = re.compile(rf"^([{DIGITS}]+、|（[{DIGITS}]+）)\s*(.*)$")
LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """One clause: its own number (第三条, 二、), the heading above or beside it, its words."""

    number: str
    heading: str
    text: str

    @property
    def words(self) -> str:
        """All that is said in it, to be compared."""
        return "\n".join(part for part in (self.heading, self.text) if part)


def clauses(typed: str) -> list[Piece]:
    """The clauses of a draft in order; nothing that was typed is lost but blank lines.

    Where there are articles (第…条), each is a clause and chapters become headings of the first
    article below; else each point (一、 or （一）) is one; else each paragraph.
    """
    lines = [line.strip(" \t　\r") for line in typed.split("\n")]
    lines = [line for line in lines if line]
    if any(ARTICLE.match(line) for line in lines):
        return list(_articles(lines))
    if any(POINT.match(line) for line in lines):
        return list(_listed(lines))
    return [Piece("", "", line) for line in lines]


def _articles(lines: list[str]) -> Iterator[Piece]:
    number = ""
    heading: list[str] = []
    text: list[str] = []
    above: list[str] = []
    for line in lines:
        if CHAPTER.match(line) and len(line) <= LONGEST_HEADING:
            above.append(line)
        elif found := ARTICLE.match(line):
            if number or text:
                yield Piece(number, " ".join(heading), "\n".join(text))
            number, heading, above = found[1], above, []
            text = [found[2]] if found[2] else []
        else:
            text += [*above, line]
            above = []
    text += above
    yield Piece(number, " ".join(heading), "\n".join(text))


def _listed(lines: list[str]) -> Iterator[Piece]:
    number, heading = "", ""
    text: list[str] = []
    for line in lines:
        if found := POINT.match(line):
            if number or text:
                yield Piece(number, heading, "\n".join(text))
            number, rest = found[1], found[2]
            is_heading = bool(rest) and len(rest) <= LONGEST_HEADING and rest[-1] not in "。；;."
            heading, text = (rest, []) if is_heading else ("", [rest] if rest else [])
        else:
            text.append(line)
    yield Piece(number, heading, "\n".join(text))


def same(before: str, after: str) -> bool:
    """Whether two texts say the same but for blanks."""
    return re.sub(r"\s", "", before) == re.sub(r"\s", "", after)
