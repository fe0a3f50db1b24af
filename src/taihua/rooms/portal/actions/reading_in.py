"""What somebody brings of a former site: a folder or zip of pages, or a sheet; read, not written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from io import BytesIO
from pathlib import Path, PurePosixPath
from urllib.parse import unquote
from zipfile import ZipFile

from django.utils.translation import gettext as _

from taihua.base.clock import ZONE
from taihua.base.packed import UNREADABLE
from taihua.base.sheets.matching import match_titles
from taihua.base.sheets.reading import Cell, Unreadable, read_book
from taihua.base.sheets.refusals import SheetRefused
from taihua.base.sheets.table import find_table
from taihua.rooms.portal.actions.articles import ArticleRefused
from taihua.rooms.portal.logic.old_pages import (
    decode,
    from_root,
    links_in,
    moment_in,
    pictures_in,
    read_page,
    with_links,
)
from taihua.rooms.portal.logic.words import to_html

PAGES = (".html", ".htm", ".shtml")
LARGEST_WHOLE = 300 * 1024 * 1024
MOST_FILES = 20_000
NAMES = {
    "title": ("标题", "文章标题", "题目"),
    "day": ("发布时间", "发布日期", "时间", "日期"),
    "source": ("来源", "信息来源"),
    "byline": ("作者", "撰稿人"),
    "text": ("正文", "内容"),
    "address": ("旧地址", "原地址", "网址", "链接"),
    "column": ("栏目", "所属栏目"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Old:
    """An article as it was found: where, what it says, its old address.

    Its pictures are named by the addresses that it shows, its files by their paths from the root.
    """

    where: str
    title: str
    published_at: datetime | None
    html: str
    source: str = ""
    byline: str = ""
    address: str = ""
    column: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    alts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)


def read_upload(name: str, content: bytes) -> list[Old]:
    """The articles in an uploaded zip of pages or in a spreadsheet.

    :raises ArticleRefused: it is neither, or too large
    """
    if name.lower().endswith(".zip"):
        return list(_pages(_unpacked(content)))
    return read_sheet(content)


def read_path(path: Path) -> list[Old]:
    """The articles in a folder of pages, a zip of them, or a spreadsheet.

    :raises ArticleRefused: there is nothing, it is neither, or too large
    """
    if path.is_dir():
        found = sorted(each for each in path.rglob("*") if each.is_file())
        return list(
            _pages({each.relative_to(path).as_posix(): each.read_bytes() for each in found})
        )
    if not path.is_file():
        raise ArticleRefused(_("没有这个文件或文件夹：%(path)s。") % {"path": path})
    return read_upload(path.name, path.read_bytes())


def read_sheet(content: bytes) -> list[Old]:
    """The rows of a spreadsheet as articles.

    :raises ArticleRefused: no sheet, or none with the columns
    """
    try:
        table = find_table(read_book(content), NAMES)
    except SheetRefused as refusal:
        raise ArticleRefused(str(refusal)) from refusal
    places = {code: at for at, code in match_titles(table.titles, NAMES).columns.items()}
    if missing := [NAMES[code][0] for code in ("title", "day", "text") if code not in places]:
        raise ArticleRefused(_("表里缺这几列：%(columns)s。") % {"columns": "、".join(missing)})
    found = []
    for line in table.lines:
        told = {code: line.cells[at] for code, at in places.items()}
        said = {code: _said(cell) for code, cell in told.items()}
        found.append(
            Old(
                where=_("%(sheet)s第 %(row)d 行") % {"sheet": line.sheet, "row": line.number},
                title=said["title"],
                published_at=_moment(told["day"]),
                html=to_html(said["text"]),
                source=said.get("source", ""),
                byline=said.get("byline", ""),
                address=said.get("address", ""),
                column=said.get("column", ""),
            )
        )
    return found


def _pages(files: Mapping[str, bytes]) -> Iterator[Old]:
    for name in sorted(files):
        if not name.lower().endswith(PAGES):
            continue
        page = read_page(decode(files[name]))
        html = with_links(page.html, partial(from_root, page=f"/{name}"))
        pictures = {
            src: content
            for src, _alt in pictures_in(html)
            if (content := _beside(files, name, src))
        }
        yield Old(
            where=name,
            title=page.title,
            published_at=page.published_at.replace(tzinfo=ZONE) if page.published_at else None,
            html=html,
            source=page.source,
            byline=page.byline,
            address=f"/{name}",
            pictures=pictures,
            alts=dict(pictures_in(html)),
            files=_linked(files, html),
        )


def _linked(files: Mapping[str, bytes], html: str) -> dict[str, bytes]:
    """The files, pages apart, to which the links of a page lead."""
    return {
        link: files[path]
        for link in links_in(html)
        if (path := unquote(link.partition("?")[0]).removeprefix("/")) in files
        and not path.lower().endswith(PAGES)
    }


def _beside(files: Mapping[str, bytes], page: str, src: str) -> bytes | None:
    """The file that a page shows under that address: from the root, or beside the page."""
    path = unquote(src.partition("?")[0])
    base = PurePosixPath("/") if path.startswith("/") else PurePosixPath("/", page).parent
    parts: list[str] = []
    for part in (base / path.lstrip("/")).parts[1:]:
        if part == "..":
            parts = parts[:-1]
        else:  # a path drops each "." by itself
            parts.append(part)
    return files.get("/".join(parts))


def _unpacked(content: bytes) -> dict[str, bytes]:
    try:
        with ZipFile(BytesIO(content)) as packed:
            parts = [part for part in packed.infolist() if not part.is_dir()]
            if len(parts) > MOST_FILES or sum(part.file_size for part in parts) > LARGEST_WHOLE:
                raise ArticleRefused(
                    _("这个压缩包解开后太大。请分成几包，或者用命令 taihua bring-articles 带入。")
                )
            return {_name(part.filename, part.flag_bits): packed.read(part) for part in parts}
    except UNREADABLE:
        raise ArticleRefused(_("这个压缩包打不开：损坏了，或者加了密码。")) from None


def _name(name: str, flags: int) -> str:
    """A name in a zip; old Chinese programs write it in GBK and do not say so."""
    if flags & 0x800:
        return name
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name


def _said(cell: Cell) -> str:
    if cell is None or isinstance(cell, Unreadable):
        return ""
    return str(cell).strip()


def _moment(cell: Cell) -> datetime | None:
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=ZONE)
    if isinstance(cell, date):
        return datetime.combine(cell, time(), ZONE)
    found = moment_in(_said(cell))
    return found.replace(tzinfo=ZONE) if found else None
