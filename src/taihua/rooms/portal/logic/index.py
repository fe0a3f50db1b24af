"""What a text is found by: every two signs that stand beside each other (双字索引).

Any two neighbouring signs of a word are a token, so a word of two signs and more stands in a text
just where its tokens follow each other. No dictionary guesses where Chinese words begin.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

from taihua.base.search import folded

# After the last sign of a run: what follows a gap does not follow the sign before it.
END = "\ue0ff"
# Plain letters are moved where no database takes them for anything but signs.
AWAY = {plain: 0xE000 + plain for plain in range(0x80)}
PARTS = frozenset("PZC")  # punctuation, spaces, controls: they part words, as base.search has it
NUMBERS = 1 << 20


def runs(text: str) -> list[str]:
    """The signs of a folded text that no space and no punctuation part."""
    bare = "".join(" " if unicodedata.category(sign)[0] in PARTS else sign for sign in text)
    return bare.split()


def tokens_of(text: str) -> list[str]:
    """The tokens of a folded text, in their order."""
    return [token for run in runs(text) for token in _pairs(run + END)]


def sentence(text: str, marks: Iterable[str] = ()) -> str:
    """The tokens of a folded text in one line, for an index that minds their order."""
    return " ".join([*tokens_of(text), *marks])


def token_set(text: str, marks: Iterable[str] = ()) -> list[str]:
    """The tokens of a folded text and its single signs, each once, for an index of sets."""
    singles = {sign.translate(AWAY) for run in runs(text) for sign in run}
    return sorted({*tokens_of(text), *singles, *marks})


def tokens_asked(word: str) -> list[str]:
    """The tokens that stand one after the other wherever a word stands; one sign alone is itself."""
    return [word.translate(AWAY)] if len(word) == 1 else list(_pairs(word))


def phrases(words: Iterable[str]) -> str:
    """The words as a question to FTS5: phrases, and the beginning of a token for a single sign."""
    return " AND ".join(
        f'"{" ".join(tokens_asked(word))}"{" *" if len(word) == 1 else ""}' for word in words
    )


def column_mark(column: int) -> str:
    return f"c{column}"


def year_mark(year: int) -> str:
    return f"y{year}"


def place_of(seconds: int, number: int) -> int:
    """One number that grows with the moment of publication, different for every article."""
    return seconds * NUMBERS + number % NUMBERS


def searched_text(*parts: str) -> str:
    """What is searched of an article: its parts, folded, apart from each other."""
    return folded("\n".join(parts))


def _pairs(run: str) -> Iterator[str]:
    return ((first + second).translate(AWAY) for first, second in pairwise(run))
