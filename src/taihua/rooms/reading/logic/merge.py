"""Two hands on one text."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher


def merge(base: str, mine: str, theirs: str) -> str | None:
    """Both changes in one text; nothing when they meet in the same lines.

    Both texts grew out of ``base``. Order does not matter: who saved first gets no preference.
    """
    old, left, right = (text.splitlines(keepends=True) for text in (base, mine, theirs))
    merged: list[str] = []
    at_old = at_left = at_right = 0
    for old_start, left_start, right_start, size in _unchanged(old, left, right):
        chunk = _choose(
            old[at_old:old_start], left[at_left:left_start], right[at_right:right_start]
        )
        if chunk is None:
            return None
        merged += chunk
        merged += old[old_start : old_start + size]
        at_old, at_left, at_right = old_start + size, left_start + size, right_start + size
    return "".join(merged)


def _choose(old: Sequence[str], left: Sequence[str], right: Sequence[str]) -> Sequence[str] | None:
    if right in (old, left):
        return left
    return right if left == old else None


def _unchanged(
    old: Sequence[str], left: Sequence[str], right: Sequence[str]
) -> Iterator[tuple[int, int, int, int]]:
    """Runs of lines that stand in all three: where in each, and how many; the end closes."""
    ours = SequenceMatcher(None, old, left, autojunk=False).get_matching_blocks()
    others = SequenceMatcher(None, old, right, autojunk=False).get_matching_blocks()
    i = j = 0
    while i < len(ours) and j < len(others):
        one, other = ours[i], others[j]
        start = max(one.a, other.a)
        stop = min(one.a + one.size, other.a + other.size)
        if start < stop:
            yield start, one.b + start - one.a, other.b + start - other.a, stop - start
        if one.a + one.size < other.a + other.size:
            i += 1
        else:
            j += 1
    yield len(old), len(left), len(right), 0
