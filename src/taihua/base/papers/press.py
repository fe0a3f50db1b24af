"""A paper as a PDF/A-2b with its fonts embedded, set by Typst."""

import json
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from taihua.base.papers.layout import PRINT_FONTS, Fonts
from taihua.base.papers.values import (
    Block,
    Heading,
    Listing,
    Paper,
    Paragraph,
    closing_indents,
    numbered,
    paper_day,
    printable,
)

TEMPLATE = Path(__file__).with_name("paper.typ")
FONT_PACKAGES = ("pylopdf_fonts_zh_cn", "manimgx_fonts_cjk")


def to_pdf(paper: Paper, fonts: Fonts = PRINT_FONTS, font_folders: tuple[str, ...] = ()) -> bytes:
    """The paper as the bytes of a PDF.

    What the machine has installed is ignored, so that the same paper looks the same everywhere;
    ``font_folders`` adds families that ``fonts`` names. A sign that no family has (a rare
    character in a name) is shown as an empty box and keeps its text; such a paper is a plain PDF,
    since PDF/A forbids the box.
    """
    from typst import TypstError

    data = json.dumps({"fonts": asdict(fonts), **as_data(paper)}, ensure_ascii=False)
    folders = [*packaged_fonts(), *font_folders]
    try:
        return _set(data, folders, archival=True)
    except TypstError as error:
        if "PDF/A" not in str(error):
            raise
        return _set(data, folders, archival=False)


def packaged_fonts() -> list[str]:
    """The folders of the font packages that come with Taihua."""
    specs = (find_spec(name) for name in FONT_PACKAGES)
    return [str(Path(spec.origin).parent) for spec in specs if spec and spec.origin]


def as_data(paper: Paper) -> dict[str, Any]:
    """The paper as the template reads it: texts travel as data, never as markup."""
    seen: set[str] = set()
    day = paper_day(paper.day) if paper.day else ""
    name_by, day_by = closing_indents(paper.issuer, day, sealed=paper.sealed)
    return {
        "title": printable(paper.title),
        "masthead": printable(paper.masthead),
        "number": printable(paper.number),
        "addressee": printable(paper.addressee),
        "attachments": [printable(name) for name in paper.attachment_names],
        "issuer": printable(paper.issuer),
        "day": day,
        "name_by": name_by,
        "day_by": day_by,
        "sealed": paper.sealed,
        "remark": printable(paper.remark),
        "blocks": _blocks(paper.blocks, seen),
        "annexes": [
            {"mark": mark, "title": printable(each.title), "blocks": _blocks(each.blocks, seen)}
            for mark, each in paper.annexes
        ],
        "copies": printable(paper.copied_to),
        "printed_by": printable(paper.printed_by),
        "printing_day": paper.printing_day,
    }


def _set(data: str, font_folders: list[str], *, archival: bool) -> bytes:
    import typst

    pdf: bytes = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=font_folders,
        ignore_system_fonts=True,
        sys_inputs={"paper": data},
        format="pdf",
        pdf_standards="a-2b" if archival else None,
    )
    return pdf


def _blocks(blocks: tuple[Block, ...], seen: set[str]) -> list[dict[str, Any]]:
    return [_block(number, block, seen) for number, block in numbered(blocks)]


def _block(number: str, block: Block, seen: set[str]) -> dict[str, Any]:
    match block:
        case Heading():
            level = min(max(block.level, 1), 4)
            return {"kind": "heading", "level": level, "text": printable(number + block.text)}
        case Paragraph():
            return {"kind": "par", "indent": block.indent, "runs": _runs(block.runs, seen)}
        case Listing():
            items = [_runs(item, seen) for item in block.items]
            return {"kind": "list", "ordered": block.ordered, "items": items}
        case _:
            return {
                "kind": "table",
                "caption": printable(block.caption),
                "header": [printable(cell) for cell in block.header],
                "rows": [[printable(cell) for cell in row] for row in block.rows],
                "right": sorted(block.right),
            }


def _runs(runs: Any, seen: set[str]) -> list[dict[str, Any]]:
    written = []
    for run in runs:
        note = "" if run.note in seen else run.note
        seen.add(run.note)
        written.append({"text": printable(run.text), "strong": run.strong, "note": printable(note)})
    return written
