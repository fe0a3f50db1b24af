"""Places in a text that survive a new edition: a quotation, its surroundings, a position.

The selectors are those of W3C Web Annotation (TextQuoteSelector, TextPositionSelector).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

CONTEXT = 32
PLACE_LENGTH = 24
LIKE_ENOUGH = 0.6
SEED = 4


@dataclass(frozen=True, slots=True)
class Quote:
    """What is meant, with what stands before and after it."""

    prefix: str
    exact: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Locator:
    """A quotation in a chapter, where it was when it was taken."""

    href: str
    offset: int
    quote: Quote


@dataclass(frozen=True, slots=True)
class Span:
    """Where a locator lands now; ``exact`` is false when the words were changed."""

    href: str
    start: int
    end: int
    exact: bool = True


def locate(href: str, text: str, start: int, end: int | None = None) -> Locator:
    """The locator of ``text[start:end]``; without an end, of the place at ``start``."""
    start = max(0, min(start, len(text)))
    end = start + PLACE_LENGTH if end is None else max(start, end)
    quote = Quote(text[max(0, start - CONTEXT) : start], text[start:end], text[end : end + CONTEXT])
    return Locator(href, start, quote)


def find(locator: Locator, texts: Mapping[str, str]) -> Span | None:
    """Where the locator lands in the chapters of an edition, or nothing.

    The same chapter is believed before another one, the same words before similar ones.
    """
    elsewhere = [href for href in texts if href != locator.href]
    chapters = [locator.href, *elsewhere] if locator.href in texts else elsewhere
    for search in (_same_words, _similar_words):
        for href in chapters:
            if span := search(locator, href, texts[href]):
                return span
    return None


def _same_words(locator: Locator, href: str, text: str) -> Span | None:
    quote = locator.quote
    if not quote.exact:
        return None
    starts = max(
        _occurrences(text, quote.exact),
        key=lambda start: (_agreement(quote, text, start), -abs(start - locator.offset)),
        default=None,
    )
    return None if starts is None else Span(href, starts, starts + len(quote.exact))


def _similar_words(locator: Locator, href: str, text: str) -> Span | None:
    quote = locator.quote
    matcher = SequenceMatcher(None, text, quote.exact, autojunk=False)
    seed = matcher.find_longest_match()
    if seed.size >= min(SEED, len(quote.exact)) > 0:
        start = max(0, seed.a - seed.b)
        end = min(len(text), start + len(quote.exact))
        if SequenceMatcher(None, text[start:end], quote.exact).ratio() >= LIKE_ENOUGH:
            return Span(href, start, end, exact=False)
    return _between(quote, href, text)


def _between(quote: Quote, href: str, text: str) -> Span | None:
    """The words were rewritten, but what stood around them is still there."""
    before = text.find(quote.prefix) if len(quote.prefix) >= SEED else -1
    if before < 0:
        return None
    start = before + len(quote.prefix)
    after = text.find(quote.suffix, start) if len(quote.suffix) >= SEED else -1
    if not start < after <= start + 2 * len(quote.exact) + CONTEXT:
        return None
    return Span(href, start, after, exact=False)


def _occurrences(text: str, words: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def _agreement(quote: Quote, text: str, start: int) -> int:
    """How many characters around ``start`` are as they were."""
    end = start + len(quote.exact)
    before = _common(reversed(quote.prefix), reversed(text[max(0, start - CONTEXT) : start]))
    return before + _common(iter(quote.suffix), iter(text[end : end + CONTEXT]))


def _common(left: Iterator[str], right: Iterator[str]) -> int:
    same = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        same += 1
    return same
