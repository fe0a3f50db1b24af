"""A paper as a Word file (.docx) in the layout of GB/T 9704-2012."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from taihua.base.papers import layout, wordml
from taihua.base.papers.layout import WORD_FONTS, Fonts
from taihua.base.papers.values import Paper, paper_day, printable

FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def to_docx(paper: Paper, fonts: Fonts = WORD_FONTS) -> bytes:
    """The paper as the bytes of a Word file; fonts are named, never embedded."""
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    body, notes = wordml.body(paper)
    _set_page(document.sections[0])
    _set_grid(document.sections[0]._sectPr, parse_xml)  # noqa: SLF001  (no public door to it)
    _set_styles(document, fonts)
    _set_page_numbers(document, parse_xml)
    for element in parse_xml(f"<w:body {wordml.SPACES}>{body}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, element)
    if notes:
        _add_footnotes(document, wordml.footnotes(notes))
    _set_properties(document, paper)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _set_page(section: Any) -> None:
    from docx.shared import Twips

    section.page_width, section.page_height = map(Twips, layout.PAGE)
    section.top_margin, section.bottom_margin = Twips(layout.TOP), Twips(layout.BOTTOM)
    section.left_margin, section.right_margin = Twips(layout.LEFT), Twips(layout.RIGHT)
    section.footer_distance = Twips(layout.FOOTER_DISTANCE)
    section.header_distance = Twips(layout.FOOTER_DISTANCE)


def _set_grid(properties: Any, parse_xml: Any) -> None:
    from docx.oxml.ns import qn

    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    properties.append(
        parse_xml(
            f'<w:docGrid {wordml.SPACES} w:type="linesAndChars" '
            f'w:linePitch="{layout.LINE}" w:charSpace="{layout.CHARACTER_SPACE}"/>'
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the paragraphs of a style lie; ``first``, ``sides`` and ``hanging`` are in characters.

    ``line`` is the distance of lines in twips; 0 leaves it to the height of the signs.
    """

    align: str = "both"
    line: int = layout.LINE
    before: int = 0
    first: int = 0
    sides: int = 0
    hanging: int = 0
    tab: bool = False
    breaks: bool = False
    level: int = 0
    colour: str = "000000"

    def properties(self, size: float) -> str:
        """The paragraph's properties in the order that Word asks for."""
        character = layout.CHARACTER if size == layout.BODY_SIZE else round(size * 20)
        right_edge = wordml.AREA - self.sides * character
        return (
            f"<w:pPr {wordml.SPACES}>"
            + ("<w:keepNext/>" if self.level else "")
            + ("<w:pageBreakBefore/>" if self.breaks else "")
            + (f'<w:tabs><w:tab w:val="right" w:pos="{right_edge}"/></w:tabs>' if self.tab else "")
            + f'<w:spacing w:before="{self.before}" w:after="0"{self._line}/>'
            + self._indents(character)
            + f'<w:jc w:val="{self.align}"/>'
            + (f'<w:outlineLvl w:val="{self.level - 1}"/>' if self.level else "")
            + "</w:pPr>"
        )

    @property
    def _line(self) -> str:
        return f' w:line="{self.line}" w:lineRule="exact"' if self.line else ""

    def _indents(self, character: int) -> str:
        wanted = {
            "left": self.sides + self.hanging,
            "right": self.sides,
            "firstLine": self.first,
            "hanging": self.hanging,
        }
        said = "".join(
            f' w:{name}Chars="{count * 100}" w:{name}="{count * character}"'
            for name, count in wanted.items()
            if count
        )
        return f"<w:ind{said}/>" if said else ""


def _set_styles(document: Any, fonts: Fonts) -> None:
    body, small = layout.BODY_SIZE, layout.SMALL_SIZE
    _set_style(document, "Normal", fonts.body, body, Look())
    _set_style(document, "Title", fonts.title, layout.TITLE_SIZE, Look(align="center", line=640))
    for level, family in enumerate((fonts.hei, fonts.kai, fonts.body, fonts.body), 1):
        _set_style(document, f"Heading {level}", family, body, Look(first=2, level=level))
    mark = Look(align="center", line=0, before=layout.HEAD_DROP, colour=layout.RED)
    _set_style(document, "Masthead", fonts.title, 36, mark)
    _set_style(document, "Caption", fonts.hei, small, Look(align="center"))
    _set_style(document, "Table Text", fonts.song, 12, Look(line=400))
    _set_style(document, "Annex Mark", fonts.hei, body, Look(breaks=True))
    _set_style(document, "Copies", fonts.body, small, Look(sides=1, hanging=3))
    _set_style(document, "Imprint", fonts.body, small, Look(sides=1, tab=True, align="left"))
    _set_style(document, "Anchor", fonts.body, 1, Look(line=20))
    _set_style(document, "Footnote Text", fonts.song, layout.NOTE_SIZE, Look(line=300))
    _set_style(document, "Footer", fonts.song, small, Look(line=280))


def _set_style(document: Any, name: str, family: str, size: float, look: Look) -> None:
    """Write the style anew, so that nothing of the library's own look shines through."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import parse_xml

    known = {style.name for style in document.styles}
    style = (
        document.styles[name]
        if name in known
        else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    )
    element = style.element
    for old in (element.pPr, element.rPr):
        if old is not None:
            element.remove(old)
    element.append(parse_xml(look.properties(size)))
    element.append(
        parse_xml(
            f"<w:rPr {wordml.SPACES}>"
            f'<w:rFonts w:ascii="{family}" w:hAnsi="{family}" w:eastAsia="{family}" w:cs="{family}"/>'
            f'<w:color w:val="{look.colour}"/>'
            f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
            '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
        )
    )


def _set_page_numbers(document: Any, parse_xml: Any) -> None:
    """Right on odd pages, left on even ones, one character in."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        old = footer.paragraphs[0]._p  # noqa: SLF001  (replaced whole)
        indent = f'<w:ind w:{side}Chars="100" w:{side}="{layout.CHARACTER}"/>'
        old.getparent().replace(
            old,
            parse_xml(
                f'<w:p {wordml.SPACES}><w:pPr><w:pStyle w:val="Footer"/>{indent}'
                f'<w:jc w:val="{side}"/></w:pPr>{wordml.page_number()}</w:p>'
            ),
        )


def _add_footnotes(document: Any, written: str) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    part = Part(
        PackURI("/word/footnotes.xml"),
        FOOTNOTES_TYPE,
        (head + written).encode(),
        document.part.package,
    )
    document.part.relate_to(part, FOOTNOTES)


def _set_properties(document: Any, paper: Paper) -> None:
    properties = document.core_properties
    properties.title = printable(paper.title).replace("\n", "")[:255]
    properties.author = printable(paper.issuer)[:255]
    properties.subject = printable(paper.subject)[:255]
    properties.comments = paper_day(paper.day) if paper.day else ""
    properties.language = "zh-CN"
