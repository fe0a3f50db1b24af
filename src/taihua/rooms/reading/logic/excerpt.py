"""A piece of a text around the words that were looked for."""

from collections.abc import Sequence

BEFORE, LENGTH = 20, 80


def excerpt(text: str, words: Sequence[str]) -> str:
    """About ``LENGTH`` characters in one line, from shortly before the first of ``words``."""
    line = " ".join(text.split())
    low = line.lower()
    places = [low.find(word.lower()) for word in words if word]
    start = max(0, min((place for place in places if place >= 0), default=0) - BEFORE)
    piece = line[start : start + LENGTH]
    before, after = "…" if start else "", "…" if start + LENGTH < len(line) else ""
    return f"{before}{piece}{after}"
