"""A paper as an HTML fragment, its footnotes at the end and linked both ways."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from taihua.base.papers.values import (
    Annex,
    Block,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Run,
    Table,
    numbered,
    paper_day,
)


def to_html(paper: Paper) -> SafeString:
    """The paper as one ``<article>``; everything in it is escaped."""
    writer = Writer()
    blocks = _joined(writer.block(number, block) for number, block in numbered(paper.blocks))
    annexes = _joined(writer.annex(mark, each) for mark, each in paper.annexes)
    return format_html(
        '<article class="paper" lang="zh-Hans">{}<h1>{}</h1>{}{}{}{}{}{}{}</article>',
        _head(paper),
        format_html_join(mark_safe("<br>"), "{}", ((line,) for line in paper.title.split("\n"))),
        _addressee(paper),
        blocks,
        _attachments(paper.attachment_names),
        _closing(paper),
        annexes,
        writer.notes_html(),
        _imprint(paper),
    )


def to_body(paper: Paper) -> SafeString:
    """What stands between title and closing, with its footnotes: for a page that has both already."""
    writer = Writer()
    blocks = _joined(writer.block(number, block) for number, block in numbered(paper.blocks))
    annexes = _joined(writer.annex(mark, each) for mark, each in paper.annexes)
    return format_html("{}{}{}{}", _addressee(paper), blocks, annexes, writer.notes_html())


def _addressee(paper: Paper) -> SafeString:
    """To whom it is addressed (主送), at the left edge."""
    if not paper.addressee:
        return mark_safe("")
    return format_html('<p class="addressee">{}：</p>', paper.addressee)


@dataclass(slots=True)
class Writer:
    """Writes blocks in order and collects the footnotes they carry; a basis is noted once."""

    notes: list[str] = field(default_factory=list)

    def block(self, number: str, block: Block) -> SafeString:
        match block:
            case Heading():
                tag = f"h{min(max(block.level, 1), 4) + 1}"
                return format_html(f"<{tag}>{{}}{{}}</{tag}>", number, block.text)
            case Paragraph():
                return format_html("<p>{}</p>", self.runs(block.runs))
            case Listing():
                tag = "ol" if block.ordered else "ul"
                items = format_html_join(
                    "", "<li>{}</li>", ((self.runs(item),) for item in block.items)
                )
                return format_html(f"<{tag}>{{}}</{tag}>", items)
            case _:
                return _table(block)

    def annex(self, mark: str, annex: Annex) -> SafeString:
        return format_html(
            '<section class="annex"><p class="annex-mark">{}</p><h2 class="annex-title">{}</h2>{}</section>',
            mark,
            annex.title,
            _joined(self.block(number, block) for number, block in numbered(annex.blocks)),
        )

    def runs(self, runs: Iterable[Run]) -> SafeString:
        return _joined(self.run(run) for run in runs)

    def run(self, run: Run) -> SafeString:
        text = format_html("<strong>{}</strong>", run.text) if run.strong else run.text
        mark = self.mark(run.note)
        if run.href and run.note:
            said = (run.href, run.note, self.notes.index(run.note) + 1, text)
            text = format_html(
                '<a class="figure" href="{}" title="{}" data-note="{}">{}</a>', *said
            )
        elif run.href:
            text = format_html('<a href="{}">{}</a>', run.href, text)
        return format_html("{}{}", text, mark)

    def mark(self, note: str) -> SafeString:
        if not note or note in self.notes:
            return SafeString("")
        self.notes.append(note)
        number = len(self.notes)
        return format_html(
            '<sup><a id="from-{}" href="#note-{}">[{}]</a></sup>', number, number, number
        )

    def notes_html(self) -> SafeString:
        if not self.notes:
            return SafeString("")
        items = format_html_join(
            "",
            '<li id="note-{}">{} <a href="#from-{}" aria-label="回到正文">↑</a></li>',
            ((number, note, number) for number, note in enumerate(self.notes, 1)),
        )
        return format_html('<ol class="notes">{}</ol>', items)


def _head(paper: Paper) -> SafeString:
    if not paper.masthead:
        return SafeString("")
    return format_html(
        '<p class="masthead">{}</p><p class="number">{}</p>', paper.masthead, paper.number
    )


def _table(block: Table) -> SafeString:
    header = format_html_join("", '<th scope="col">{}</th>', ((cell,) for cell in block.header))
    rows = _joined(
        format_html(
            "<tr>{}</tr>",
            format_html_join(
                "",
                "<td{}>{}</td>",
                (
                    (mark_safe(' class="number"') if column in block.right else "", cell)
                    for column, cell in enumerate(row)
                ),
            ),
        )
        for row in block.rows
    )
    caption = format_html("<caption>{}</caption>", block.caption) if block.caption else ""
    return format_html(
        "<table>{}<thead><tr>{}</tr></thead><tbody>{}</tbody></table>", caption, header, rows
    )


def _attachments(names: tuple[str, ...]) -> SafeString:
    if not names:
        return SafeString("")
    items = format_html_join("", "<li>{}</li>", ((name,) for name in names))
    return format_html('<p>附件：</p><ol class="attachments">{}</ol>', items)


def _closing(paper: Paper) -> SafeString:
    if not paper.issuer or paper.day is None:
        return SafeString("")
    remark = format_html("<p>（{}）</p>", paper.remark) if paper.remark else ""
    return format_html(
        '<p class="closing">{}<br>{}</p>{}', paper.issuer, paper_day(paper.day), remark
    )


def _imprint(paper: Paper) -> SafeString:
    """版记: who else is sent the paper, and who printed it when."""
    if not paper.has_imprint:
        return SafeString("")
    copies = format_html("<p>抄送：{}</p>", paper.copied_to) if paper.copies else ""
    said = (paper.printed_by, paper.printing_day)
    printed = format_html("<p>{} <span>{}</span></p>", *said) if paper.printed_by else ""
    return format_html('<footer class="imprint">{}{}</footer>', copies, printed)


def _joined(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))
