"""Finding words in text: in the database and in memory by one rule, the same on every database.

All words must stand in the text, as they are, anywhere: that is right for Chinese, which has no
spaces, and for names of two characters. Wide and narrow, large and small letters are the same.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from django.db.models import Q

SHORTEST = 2  # characters of the longest word
LONGEST = 80  # characters of a question
AROUND = 24  # characters shown before the first hit
SHOWN = 90  # characters of an excerpt
WIDE = {narrow: narrow + 0xFEE0 for narrow in range(0x21, 0x7F)}


def folded(text: str) -> str:
    """A text in which wide and narrow, large and small letters are the same."""
    return unicodedata.normalize("NFKC", text).casefold()


def words_of(asked: str) -> list[str]:
    """The words asked for, each once; spaces and punctuation part them (《劝学》 is 劝学)."""
    parted = "".join(" " if unicodedata.category(c)[0] in "PZC" else c for c in folded(asked))
    return list(dict.fromkeys(parted.split()))


def too_short(words: Sequence[str]) -> bool:
    """Whether so little is asked for that nearly everything would be found."""
    return all(len(word) < SHORTEST for word in words)


def standing_in(words: Iterable[str], *fields: str) -> Q:
    """The condition that every word stands in one of the ``fields`` of a row."""
    whole = Q()
    for word in words:
        anywhere = Q()
        for field in fields:
            for spelling in _spellings(word):
                anywhere |= Q(**{f"{field}__icontains": spelling})
        whole &= anywhere
    return whole


def stand_in(words: Iterable[str], *texts: str) -> bool:
    """What :func:`standing_in` asks of a row, asked of texts that are at hand."""
    plain = [folded(text) for text in texts]
    return all(any(word in text for text in plain) for word in words)


def _spellings(word: str) -> list[str]:
    """How a word may be written: SQLite takes only plain letters, large and small, for the same."""
    capitals = word.upper()
    found = [word, word.translate(WIDE), capitals.translate(WIDE)]
    return list(dict.fromkeys(found if word.isascii() else [*found, capitals]))


def hits(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where in ``text`` the words stand: spans from first to last, apart from each other."""
    small = [_small(character) for character in text]
    plain = "".join(small)
    places: Sequence[int] = range(len(text))
    if len(plain) != len(text):
        places = [place for place, folds in enumerate(small) for _fold in folds]
    spans = sorted(span for word in words for span in _spans(plain, word))
    found: list[tuple[int, int]] = []
    for first, last in spans:
        start, stop = places[first], places[last - 1] + 1
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        else:
            found.append((start, stop))
    return found


@lru_cache(maxsize=8192)
def _small(character: str) -> str:
    """One character folded; a text has thousands of them, but few different ones."""
    return folded(character)


def _spans(text: str, word: str) -> Iterator[tuple[int, int]]:
    start = text.find(word)
    while word and start >= 0:
        yield start, start + len(word)
        start = text.find(word, start + len(word))


def excerpt(text: str, words: Sequence[str]) -> str:
    """The part of ``text`` in which the first of the words stands, on one line."""
    line = " ".join(text.split())
    found = hits(line, words)
    start = max(0, found[0][0] - AROUND) if found else 0
    stop = start + SHOWN
    return f"{'…' if start else ''}{line[start:stop]}{'…' if stop < len(line) else ''}"


def parts(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """A text cut where the words stand: each part, and whether it is one of them."""
    edges = [0, *(edge for span in hits(text, words) for edge in span), len(text)]
    cut = [(text[start:stop], at % 2 == 1) for at, (start, stop) in enumerate(pairwise(edges))]
    return [(part, is_hit) for part, is_hit in cut if part]
