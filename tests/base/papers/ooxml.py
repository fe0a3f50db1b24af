"""What Word asks of a .docx before it opens one without a word about repairing it.

Neither python-docx nor LibreOffice minds the order of elements; Word does. The sequences are those of
ECMA-376 part 1 (wml.xsd), as far as papers use them; an element that is in no sequence is told too.
"""

import posixpath
import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/"
TYPES = f"{PACKAGE}content-types}}"
RELATIONS = f"{PACKAGE}relationships}}"

SEQUENCES = {
    "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers
        pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE
        autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents
        suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle
        rPr sectPr pPrChange""",
    "rPr": """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint
        noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect
        bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath""",
    "sectPr": """headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc
        pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi
        rtlGutter docGrid printerSettings""",
    "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc
        tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption
        tblDescription""",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
    "tcPr": """cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText
        vAlign hideMark""",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p tbl",
    "pBdr": "top left bottom right between bar",
    "style": """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden
        unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr
        tcPr tblStylePr""",
}
ORDER = {
    parent: {W + name: place for place, name in enumerate(said.split())}
    for parent, said in SEQUENCES.items()
}


def faults(docx: bytes) -> list[str]:
    """Everything that Word would stumble over, in words; nothing for a sound file."""
    with ZipFile(BytesIO(docx)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    trees = {
        name: ET.fromstring(content)  # noqa: S314  # a file that we made ourselves
        for name, content in parts.items()
        if name.endswith((".xml", ".rels"))
    }
    return [
        *_of_package(parts, trees),
        *_of_relations(parts, trees),
        *(f"{name}: {said}" for name, tree in trees.items() for said in _of_order(tree)),
        *_of_tables(trees["word/document.xml"]),
        *_of_styles(trees),
        *_of_footnotes(trees),
    ]


def _of_package(parts: dict[str, bytes], trees: dict[str, ET.Element]) -> Iterator[str]:
    types = trees["[Content_Types].xml"]
    endings = {each.get("Extension", "").lower() for each in types.iter(f"{TYPES}Default")}
    named = {each.get("PartName", "") for each in types.iter(f"{TYPES}Override")}
    for name in parts:
        ending = name.rpartition(".")[2].lower()
        if name != "[Content_Types].xml" and f"/{name}" not in named and ending not in endings:
            yield f"{name} has no content type"
    for name in sorted(named):
        if name.removeprefix("/") not in parts:
            yield f"{name} has a content type and is not there"


def _of_relations(parts: dict[str, bytes], trees: dict[str, ET.Element]) -> Iterator[str]:
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        source = posixpath.join(
            posixpath.dirname(posixpath.dirname(name)), posixpath.basename(name)[: -len(".rels")]
        )
        ids = [each.get("Id") for each in tree.iter(f"{RELATIONS}Relationship")]
        if len(ids) != len(set(ids)):
            yield f"{name} gives an id twice"
        for each in tree.iter(f"{RELATIONS}Relationship"):
            target = posixpath.join(posixpath.dirname(source), each.get("Target", ""))
            outside = each.get("TargetMode") == "External"
            if not outside and posixpath.normpath(target).lstrip("/") not in parts:
                yield f"{name} leads to {target}, which is not there"
        used = set(
            re.findall(r'r:(?:id|embed)="([^"]+)"', parts.get(source, b"").decode(errors="ignore"))
        )
        yield from (
            f"{source} uses {each}, which leads nowhere" for each in sorted(used - set(ids))
        )


def _of_order(tree: ET.Element) -> Iterator[str]:
    for parent in tree.iter():
        order = ORDER.get(parent.tag.removeprefix(W))
        if order is None or not parent.tag.startswith(W):
            continue
        last = -1
        for child in parent:
            place = order.get(child.tag)
            named = child.tag.removeprefix(W)
            if place is None:
                yield f"<{named}> has no place in <{parent.tag.removeprefix(W)}>"
            elif place < last and not _repeats(parent, child):
                yield f"<{named}> comes too late in <{parent.tag.removeprefix(W)}>"
            last = max(last, place if place is not None else last)


def _repeats(parent: ET.Element, child: ET.Element) -> bool:
    """References to headers and footers stand in any order; cells hold what they hold."""
    return parent.tag == f"{W}tc" or (
        parent.tag == f"{W}sectPr" and child.tag.endswith("erReference")
    )


def _of_tables(document: ET.Element) -> Iterator[str]:
    for cell in document.iter(f"{W}tc"):
        if len(cell) == 0 or cell[-1].tag != f"{W}p":
            yield "a cell does not end with a paragraph"
    for table in document.iter(f"{W}tbl"):
        wide = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.findall(f"{W}tr"):
            if len(row.findall(f"{W}tc")) != wide:
                yield "a row has not as many cells as its table has columns"
    body = document.find(f"{W}body")
    if body is None or body[-1].tag != f"{W}sectPr":
        yield "the body does not end with its section"
    elif len(body) > 1 and body[-2].tag == f"{W}tbl":
        yield "a table stands last: Word wants a paragraph after it"


def _of_styles(trees: dict[str, ET.Element]) -> Iterator[str]:
    styles = [each.get(f"{W}styleId") for each in trees["word/styles.xml"].iter(f"{W}style")]
    if len(styles) != len(set(styles)):
        yield "a style is there twice"
    for name, tree in trees.items():
        for tag in ("pStyle", "rStyle", "tblStyle"):
            for each in tree.iter(f"{W}{tag}"):
                if each.get(f"{W}val") not in styles:
                    yield f"{name} uses the style {each.get(f'{W}val')}, which is not there"


def _of_footnotes(trees: dict[str, ET.Element]) -> Iterator[str]:
    used = [each.get(f"{W}id") for each in trees["word/document.xml"].iter(f"{W}footnoteReference")]
    notes = trees.get("word/footnotes.xml")
    there = [each.get(f"{W}id") for each in notes.iter(f"{W}footnote")] if notes is not None else []
    if len(there) != len(set(there)):
        yield "a footnote is there twice"
    yield from (f"footnote {each} is not there" for each in used if each not in there)
