"""The report as an official paper."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from taihua.base.papers import Block, Heading, Paper, Paragraph, Run
from taihua.rooms.reports.logic.figures import Placed, pieces
from taihua.rooms.reports.logic.outline import Section


@dataclass(frozen=True, slots=True)
class Backing:
    """What stands behind a figure: its basis, and where it can be opened."""

    basis: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class SentTo:
    """Whom the issued report is for (主送), and who else is sent it (抄送)."""

    addressee: str = ""
    copies: tuple[str, ...] = ()


NOBODY_NAMED = SentTo()


def report_title(body: str, year: int) -> str:
    return f"{body}{year}年度学习型党组织建设工作总结"


def as_paper(
    sections: Iterable[Section],
    *,
    year: int,
    body: str,
    number: str,
    day: date,
    backings: Mapping[str, Backing],
    sent_to: SentTo = NOBODY_NAMED,
) -> Paper:
    """The report as a paper: every figure with its basis as a footnote, once issued with its foot."""
    return Paper(
        title=f"{body}\n{year}年度学习型党组织建设工作总结",
        masthead=f"{body}文件" if number else "",
        number=number,
        addressee=sent_to.addressee,
        blocks=tuple(block for section in sections for block in _blocks(section, backings)),
        issuer=body,
        day=day,
        sealed=bool(number),
        copies=sent_to.copies if number else (),
        printed_by=body if number else "",
        printed=day if number else None,
        subject=f"{year}",
    )


def paragraphs(text: str, backings: Mapping[str, Backing]) -> Iterator[Paragraph]:
    """The text's lines as paragraphs, figures as runs with their backing."""
    for line in text.splitlines():
        if line.strip():
            yield Paragraph(tuple(_run(piece, backings) for piece in pieces(line.strip())))


def _blocks(section: Section, backings: Mapping[str, Backing]) -> Iterator[Block]:
    if section.level:
        yield Heading(section.title, section.level)
    yield from paragraphs(section.text, backings)


def _run(piece: object, backings: Mapping[str, Backing]) -> Run:
    if not isinstance(piece, Placed):
        return Run(getattr(piece, "text", ""))
    backing = backings.get(piece.code, Backing(""))
    return Run(piece.shown or "?", note=backing.basis, href=backing.href)
