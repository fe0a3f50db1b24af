"""Placeholders: where a figure stands in the text, and what it last came to.

``[[help.person_times|612]]`` names a figure and shows the number that was last counted for it. The
number is rewritten whenever the text is saved or refreshed: nobody can type it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

PLACEHOLDER = re.compile(r"\[\[([a-z0-9_.\-]+)(?:\|([^\[\]\n]*))?\]\]")


@dataclass(frozen=True, slots=True)
class Words:
    """Running text between figures."""

    text: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure in the text, with the number last shown."""

    code: str
    shown: str


def pieces(text: str) -> Iterator[Words | Placed]:
    """The text as running words and placed figures, in order."""
    at = 0
    for match in PLACEHOLDER.finditer(text):
        if match.start() > at:
            yield Words(text[at : match.start()])
        yield Placed(match[1], match[2] or "")
        at = match.end()
    if at < len(text):
        yield Words(text[at:])


def codes(text: str) -> list[str]:
    """The figures placed in a text, each once, in order."""
    return list(dict.fromkeys(match[1] for match in PLACEHOLDER.finditer(text)))


def bare(text: str) -> str:
    """The text with its figures named but not numbered: what merging compares."""
    return PLACEHOLDER.sub(r"[[\1]]", text)


def filled(text: str, numbers: Mapping[str, str]) -> str:
    """The text with the present number of every figure; an unknown one keeps what it showed."""
    return PLACEHOLDER.sub(
        lambda match: f"[[{match[1]}|{numbers.get(match[1], match[2] or '?')}]]", text
    )


def read_aloud(text: str) -> str:
    """The text as people read it: each figure is its number."""
    return PLACEHOLDER.sub(lambda match: match[2] or "?", text)


def retyped(text: str, numbers: Mapping[str, str]) -> list[Placed]:
    """The figures whose number somebody changed by hand."""
    return [
        piece
        for piece in pieces(text)
        if isinstance(piece, Placed)
        and piece.shown
        and piece.code in numbers
        and piece.shown != numbers[piece.code]
    ]
