"""Texts that go on record, in the language of the records."""

from collections.abc import Iterable


def spread_as_told(taken_up: Iterable[tuple[str, str]]) -> str:
    """Where a forum's ideas were taken up, a line each: the unit and what it did."""
    return "\n".join(f"{unit}：{what}" for unit, what in taken_up)


def first_line(text: str, most: int = 120) -> str:
    """What a text is called by."""
    lines = text.strip().splitlines()
    return lines[0][:most] if lines else ""
