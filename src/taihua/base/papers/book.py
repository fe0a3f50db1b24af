"""A book of many hands as a value: what a volume holds before it becomes PDF or EPUB (文集)."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Piece:
    """One text of a book: whose it is, where they work, and its paragraphs."""

    title: str
    byline: str
    unit: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Texts that stand together under a heading (栏目)."""

    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class BoundVolume:
    """Everything between the covers, in its order; ``colophon`` is lines of a name and a value (版权页)."""

    title: str
    subtitle: str
    publisher: str
    day: date
    preface: tuple[str, ...]
    parts: tuple[Part, ...]
    colophon: tuple[tuple[str, str], ...] = ()

    @property
    def pieces(self) -> list[Piece]:
        """The texts in the order in which they stand."""
        return [piece for part in self.parts for piece in part.pieces]

    @property
    def authors(self) -> list[tuple[str, list[int]]]:
        """Who wrote, and the numbers of their texts counted from one (作者索引).

        In the order of GB 18030, which lists the usual characters by their sound.
        """
        found: dict[str, list[int]] = {}
        for number, piece in enumerate(self.pieces, start=1):
            found.setdefault(piece.byline, []).append(number)
        return sorted(found.items(), key=lambda entry: entry[0].encode("gb18030"))

    def as_json(self) -> dict[str, Any]:
        """The book as plain data, from which :meth:`from_json` makes it again."""
        return asdict(self) | {"day": self.day.isoformat()}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        return cls(
            title=told["title"],
            subtitle=told["subtitle"],
            publisher=told["publisher"],
            day=date.fromisoformat(told["day"]),
            preface=tuple(told["preface"]),
            parts=tuple(Part(part["title"], _pieces(part["pieces"])) for part in told["parts"]),
            colophon=tuple((name, value) for name, value in told["colophon"]),
        )


def _pieces(told: Iterable[Mapping[str, Any]]) -> tuple[Piece, ...]:
    return tuple(
        Piece(each["title"], each["byline"], each["unit"], tuple(each["paragraphs"]))
        for each in told
    )
