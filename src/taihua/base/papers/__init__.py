"""Papers: an official paper as a value, set as Word, PDF or HTML (GB/T 9704-2012)."""

from taihua.base.papers.book import BoundVolume, Part, Piece
from taihua.base.papers.press import to_book, to_pdf
from taihua.base.papers.values import (
    Annex,
    Block,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Run,
    Table,
    paper_number,
)
from taihua.base.papers.web import to_body, to_html
from taihua.base.papers.word import to_docx

__all__ = [
    "Annex",
    "Block",
    "BoundVolume",
    "Heading",
    "Listing",
    "Paper",
    "Paragraph",
    "Part",
    "Piece",
    "Run",
    "Table",
    "paper_number",
    "to_body",
    "to_book",
    "to_docx",
    "to_html",
    "to_pdf",
]
