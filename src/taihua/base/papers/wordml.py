"""The body of a Word file as WordprocessingML text: pure, no library."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from taihua.base.papers import layout
from taihua.base.papers.values import (
    Annex,
    Block,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Run,
    Table,
    closing_indents,
    numbered,
    paper_day,
    printable,
)

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
AREA = layout.PAGE[0] - layout.LEFT - layout.RIGHT
LINES = (layout.THICK, layout.THIN)
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


@dataclass(slots=True)
class Writer:
    """Writes blocks in order and collects the footnotes they carry; a basis is noted once."""

    notes: list[str] = field(default_factory=list)

    def runs(self, runs: Iterable[Run]) -> str:
        return "".join(run(item) + self.note(item.note) for item in runs)

    def note(self, text: str) -> str:
        if not text or text in self.notes:
            return ""
        self.notes.append(text)
        return note_mark(f'<w:footnoteReference w:id="{len(self.notes)}"/>')

    def block(self, number: str, block: Block) -> str:
        match block:
            case Heading():
                style = f"Heading{min(max(block.level, 1), 4)}"
                return paragraph(run(Run(number + block.text)), style=style)
            case Paragraph():
                return paragraph(self.runs(block.runs), first=2 if block.indent else 0)
            case Listing():
                return self.listing(block)
            case _:
                return table(block)

    def annex(self, mark: str, annex: Annex) -> str:
        """On a page of its own: its mark on the first line, its title on the third."""
        return (
            paragraph(run(Run(mark)), style="AnnexMark")
            + paragraph("")
            + paragraph(title(annex.title), style="Title")
            + paragraph("")
            + "".join(self.block(number, block) for number, block in numbered(annex.blocks))
        )

    def listing(self, block: Listing) -> str:
        marks = (f"{n}." for n in count(1)) if block.ordered else iter(lambda: "—", None)
        return "".join(
            paragraph(run(Run(f"{mark} ")) + self.runs(item), first=2)
            for mark, item in zip(marks, block.items, strict=False)
        )


def body(paper: Paper) -> tuple[str, list[str]]:
    """The whole body, and the footnotes in the order of their numbers."""
    writer = Writer()
    written = [head(paper), paragraph(title(paper.title), style="Title"), paragraph("")]
    if paper.addressee:
        written.append(paragraph(run(Run(f"{paper.addressee}："))))
    written += [writer.block(number, block) for number, block in numbered(paper.blocks)]
    written += [attachments(paper.attachment_names), closing(paper)]
    written += [writer.annex(mark, each) for mark, each in paper.annexes]
    written.append(imprint(paper))
    return "".join(written), writer.notes


def title(text: str) -> str:
    """The title, broken where its writer broke it."""
    return "<w:r><w:br/></w:r>".join(run(Run(line)) for line in text.split("\n"))


def head(paper: Paper) -> str:
    """The red head: mark of the issuer, number, red line; nothing where there is no mark."""
    if not paper.masthead:
        return ""
    line = f'<w:bottom w:val="single" w:sz="12" w:space="11" w:color="{layout.RED}"/>'
    return (
        paragraph(run(Run(paper.masthead)), style="Masthead")
        + paragraph("") * 2
        + paragraph(run(Run(paper.number)), align="center", border=line)
        + paragraph("") * 2
    )


def attachments(names: tuple[str, ...]) -> str:
    """附件说明: one line below the text, names without punctuation."""
    if not names:
        return ""
    alone = len(names) == 1
    lines = [name if alone else f"{n}. {name}" for n, name in enumerate(names, 1)]
    first, *others = lines
    return (
        paragraph("")
        + paragraph(run(Run(f"附件：{first}")), first=2)
        + "".join(paragraph(run(Run(line)), first=5) for line in others)
    )


def closing(paper: Paper) -> str:
    """署名, 成文日期 and 附注."""
    if not paper.issuer or paper.day is None:
        return ""
    day = paper_day(paper.day)
    name_by, day_by = closing_indents(paper.issuer, day, sealed=paper.sealed)
    blank = paragraph("", keep=True) * (2 if paper.sealed else 1)
    remark = paragraph(run(Run(f"（{paper.remark}）")), first=2) if paper.remark else ""
    return (
        blank
        + paragraph(run(Run(paper.issuer)), align="right", right=name_by, keep=True)
        + paragraph(run(Run(day)), align="right", right=day_by)
        + remark
    )


def imprint(paper: Paper) -> str:
    """版记: a table that lies on the lower edge of the type area, under whatever the page holds."""
    if not paper.has_imprint:
        return ""
    rows = []
    if paper.copies:
        rows.append(cell_across(paragraph(run(Run(f"抄送：{paper.copied_to}")), style="Copies")))
    if paper.printed_by:
        said = run(Run(paper.printed_by)) + "<w:r><w:tab/></w:r>" + run(Run(paper.printing_day))
        rows.append(cell_across(paragraph(said, style="Imprint")))
    outside, between = (f'w:val="single" w:sz="{sz}" w:space="0" w:color="000000"' for sz in LINES)
    return (
        f'<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin"'
        f' w:horzAnchor="margin" w:tblpXSpec="left" w:tblpYSpec="bottom"/>'
        f'<w:tblOverlap w:val="never"/><w:tblW w:w="{AREA}" w:type="dxa"/><w:tblBorders>'
        f"<w:top {outside}/><w:bottom {outside}/><w:insideH {between}/></w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        f'<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{AREA}"/></w:tblGrid>{"".join(rows)}</w:tbl>'
        # The table floats beside the paragraph after it: the last of the paper.
        + paragraph("", style="Anchor")
    )


def cell_across(content: str) -> str:
    """A row of one cell as wide as the type area."""
    width = f'<w:tcPr><w:tcW w:w="{AREA}" w:type="dxa"/></w:tcPr>'
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>{width}{content}</w:tc></w:tr>"


def run(item: Run) -> str:
    bold = "<w:rPr><w:b/></w:rPr>" if item.strong else ""
    text = escape(printable(item.text))
    return f'<w:r>{bold}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(
    runs: str,
    *,
    style: str = "",
    align: str = "",
    first: float = 0,
    right: float = 0,
    keep: bool = False,
    border: str = "",
) -> str:
    """One paragraph; indents are in characters, and in twips for programs without a grid."""
    properties = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    properties += "<w:keepNext/>" if keep else ""
    properties += f"<w:pBdr>{border}</w:pBdr>" if border else ""
    indents = ""
    if first:
        indents += f' w:firstLineChars="{_hundredths(first)}" w:firstLine="{_twips(first)}"'
    if right:
        indents += f' w:rightChars="{_hundredths(right)}" w:right="{_twips(right)}"'
    properties += f"<w:ind{indents}/>" if indents else ""
    properties += f'<w:jc w:val="{align}"/>' if align else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def table(block: Table) -> str:
    columns = max(len(block.header), 1)
    grid = f'<w:gridCol w:w="{AREA // columns}"/>' * columns
    rows = [_row(block.header, block.right, header=True)]
    rows += [_row(row, block.right) for row in block.rows]
    caption = paragraph(run(Run(block.caption)), style="Caption", keep=True)
    return (
        (caption if block.caption else "")
        + f'<w:tbl><w:tblPr><w:tblW w:w="{AREA}" w:type="dxa"/>'
        + f"<w:tblBorders>{BORDERS}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        + "".join(rows)
        + "</w:tbl>"
        + paragraph("")
    )


def footnotes(notes: list[str]) -> str:
    """The footnotes part: two separators that Word asks for, then the notes from 1."""
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{tag}/></w:r></w:p></w:footnote>'
        for kind, number, tag in (
            ("separator", -1, "separator"),
            ("continuationSeparator", 0, "continuationSeparator"),
        )
    )
    mark = note_mark("<w:footnoteRef/>")
    written = "".join(
        f'<w:footnote w:id="{number}">'
        f"{paragraph(mark + run(Run(' ' + text)), style='FootnoteText')}</w:footnote>"
        for number, text in enumerate(notes, 1)
    )
    return f"<w:footnotes {SPACES}>{separators}{written}</w:footnotes>"


def note_mark(number: str) -> str:
    """The number of a footnote, raised and in brackets: after a figure a bare 2 reads as squared."""
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>{}</w:r>'
    return "".join(raised.format(part) for part in ("<w:t>[</w:t>", number, "<w:t>]</w:t>"))


def page_number() -> str:
    """— 1 —, counted by the program that shows it."""
    field_ = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    return run(Run("— ")) + field_ + run(Run(" —"))


def _row(cells: tuple[str, ...], right: frozenset[int], *, header: bool = False) -> str:
    repeated = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if header else ""
    written = "".join(
        "<w:tc><w:tcPr/>"
        + paragraph(
            run(Run(cell, strong=header)),
            style="TableText",
            align="center" if header else ("right" if column in right else "left"),
        )
        + "</w:tc>"
        for column, cell in enumerate(cells)
    )
    return f"<w:tr>{repeated}{written}</w:tr>"


def _hundredths(characters: float) -> int:
    return round(characters * 100)


def _twips(characters: float) -> int:
    return round(characters * layout.CHARACTER)
