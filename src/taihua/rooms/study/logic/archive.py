"""The file of one session (学习档案) as a paper, in the customary order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from taihua.base.papers import Block, Heading, Paper, Paragraph, Table


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the file: its heading, what it says, what it lists; ``none`` is said of an empty one."""

    title: str
    none: str
    words: Sequence[str] = ()
    header: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


def archive_paper(title: str, issuer: str, parts: Iterable[Part]) -> Paper:
    """The parts one after another; what is missing is said and not left out."""
    blocks: list[Block] = []
    for part in parts:
        blocks.append(Heading(part.title))
        if not part.words and not part.rows:
            blocks.append(Paragraph.of(part.none))
        blocks += [Paragraph.of(text) for text in part.words]
        if part.rows:
            rows = tuple(tuple(row) for row in part.rows)
            blocks.append(Table(tuple(part.header), rows))
    return Paper(title=title, blocks=tuple(blocks), issuer=issuer, sealed=False)
