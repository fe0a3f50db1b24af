"""The tables of the reading room."""

from taihua.rooms.reading.models.anthology import (
    Contribution,
    EditedText,
    Erratum,
    Opinion,
    Section,
    Volume,
)
from taihua.rooms.reading.models.assignments import (
    Answer,
    Assignment,
    Attempt,
    Question,
    ReaderGroup,
    Reading,
    Substitute,
)
from taihua.rooms.reading.models.books import Book, Chapter, Copy, Edition, Loan, Picture
from taihua.rooms.reading.models.circles import WeeklyAnswer, WeeklyQuestion
from taihua.rooms.reading.models.evening import Bookmark, EveningLine, Mark
from taihua.rooms.reading.models.notes import Circle, Comment, Note, NoteVersion, Share

__all__ = [
    "Answer",
    "Assignment",
    "Attempt",
    "Book",
    "Bookmark",
    "Chapter",
    "Circle",
    "Comment",
    "Contribution",
    "Copy",
    "EditedText",
    "Edition",
    "Erratum",
    "EveningLine",
    "Loan",
    "Mark",
    "Note",
    "NoteVersion",
    "Opinion",
    "Picture",
    "Question",
    "ReaderGroup",
    "Reading",
    "Section",
    "Share",
    "Substitute",
    "Volume",
    "WeeklyAnswer",
    "WeeklyQuestion",
]
