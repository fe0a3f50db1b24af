"""A paper as a PDF/A-2b with its fonts embedded, set by Typst."""

import json
import subprocess
import sys
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from taihua.base.papers.book import BoundVolume
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

PAPER, BOOK = (Path(__file__).with_name(name) for name in ("paper.typ", "book.typ"))
FONT_PACKAGES = ("pylopdf_fonts_zh_cn", "manimgx_fonts_cjk")


class PressFailed(RuntimeError):
    """A book could not be set; the message is what the press said."""


def to_pdf(paper: Paper, fonts: Fonts = PRINT_FONTS, font_folders: tuple[str, ...] = ()) -> bytes:
    """The paper as the bytes of a PDF.

    What the machine has installed is ignored, so that the same paper looks the same everywhere;
    ``font_folders`` adds families that ``fonts`` names. A sign that no family has (a rare
    character in a name) is shown as an empty box and keeps its text; such a paper is a plain PDF,
    since PDF/A forbids the box.
    """
    told = {"fonts": asdict(fonts), **as_data(paper)}
    return _archived(PAPER, {"paper": told}, [*packaged_fonts(), *font_folders])


def to_book(
    volume: BoundVolume, fonts: Fonts = PRINT_FONTS, font_folders: tuple[str, ...] = ()
) -> bytes:
    """The book as the bytes of a PDF, under the same promises as a paper.

    The same volume gives the same bytes on the same Typst and fonts: its own day is its date.

    It is set in a process of its own. What the press keeps in mind of its last ten works is little
    for papers, but gigabytes for books, and whoever sets a book may live on for weeks.

    :raises PressFailed: that process did not end well
    """
    told = {"fonts": asdict(fonts), **_printable(volume.as_json()), "authors": volume.authors}
    job = {"told": told, "folders": [*packaged_fonts(), *font_folders]}
    done = subprocess.run(
        [sys.executable, "-m", "taihua.base.papers.apart"],
        input=json.dumps(job, ensure_ascii=False).encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise PressFailed(f"exit code {done.returncode}: {done.stderr.decode(errors='replace')}")
    return done.stdout


def set_book(told: dict[str, Any], font_folders: list[str]) -> bytes:
    """The book that :func:`to_book` tells, set here and now."""
    return _archived(BOOK, {"book": told}, font_folders, date.fromisoformat(told["day"]))


def _printable(told: Any) -> Any:
    """Nested data with every text cleared of what no page can show."""
    if isinstance(told, dict):
        return {key: _printable(value) for key, value in told.items()}
    if isinstance(told, list | tuple):
        return [_printable(value) for value in told]
    return printable(told) if isinstance(told, str) else told


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
        "stamp": printable(paper.stamp),
    }


def _archived(
    template: Path, told: dict[str, Any], font_folders: list[str], day: date | None = None
) -> bytes:
    """Set as PDF/A-2b; where a sign is missing from all faces, as a plain PDF."""
    from typst import TypstError

    try:
        return _set(template, told, font_folders, day, archival=True)
    except TypstError as error:
        if "PDF/A" not in str(error):
            raise
        return _set(template, told, font_folders, day, archival=False)


def _set(
    template: Path,
    told: dict[str, Any],
    font_folders: list[str],
    day: date | None,
    *,
    archival: bool,
) -> bytes:
    import typst

    pdf: bytes = typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=font_folders,
        ignore_system_fonts=True,
        sys_inputs={name: json.dumps(data, ensure_ascii=False) for name, data in told.items()},
        format="pdf",
        pdf_standards="a-2b" if archival else None,
        timestamp=datetime.combine(day, time(), UTC) if day else None,
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
