"""The JSON Schema of rule packs, made from the words that rules are made of. Pure.

``data/pack.schema.json`` is this, written out for other people's tools; a test holds them equal.
"""

from collections.abc import Iterable
from typing import Any

from taihua.base.periods import Every
from taihua.kernel.org.enums import Tier, UnitKind
from taihua.kernel.rules.enums import Confidence, Count, Level, Proration, Subject

ADDRESS = "https://json-schema.org/draft/2020-12/schema"
CODE = r"^[a-z0-9]+([._-][a-z0-9]+)*$"
BOOK_CODE = r"^[a-z0-9]+(-[a-z0-9]+)*$"
MECHANISM = r"^[LICPK][0-9]{1,2}$"
WORD = r"^[^\s\x00-\x1f]+$"
DAY = {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
MOST_RULES = 400
A_YEAR = 366


def pack_schema() -> dict[str, Any]:
    """What a pack may hold; days stand as text (2013-12-04), as JSON has no days."""
    return {
        "$schema": ADDRESS,
        "title": "Taihua rule pack",
        "description": "A dated, sourced set of rules of an institution, written as TOML.",
        **_table(
            {"book": _book(), "rule": _many(_rule()), "pending": _many(_pending())},
            required=["book"],
        ),
    }


def _book() -> dict[str, Any]:
    return _table(
        {
            "code": _text(60, BOOK_CODE),
            "title": _text(120),
            "level": _one_of(Level),
            "source": _text(2000),
            "effective_from": DAY,
        },
        required=["code", "title", "level", "source", "effective_from"],
    )


def _rule() -> dict[str, Any]:
    return _table(
        {
            "code": _text(80, CODE),
            "sentence": _text(300),
            "mechanism": _text(4, MECHANISM),
            "source": _text(500),
            "source_until": DAY,
            "level": _one_of(Level),
            "confidence": _one_of(Confidence),
            "subject": _one_of(Subject),
            "audience": _audience(),
            "verbs": _words(at_least=1),
            "kinds": _words(),
            "count": _one_of(Count),
            "times": {"type": "number", "exclusiveMinimum": 0, "maximum": 10000},
            "every": _one_of(Every),
            "n": _whole(1, 3660),
            "due_date": DAY,
            "grace_days": _whole(0, A_YEAR),
            "notice_days": _whole(0, A_YEAR),
            "proration": _one_of(Proration),
            "leave_excuses": {"type": "boolean"},
            "act": _text(60),
            "measure": _text(8),
            "minutes": _whole(0, 100000),
            "valid_from": DAY,
            "valid_to": DAY,
        },
        required=["code", "sentence", "mechanism", "source", "verbs", "times", "every"],
    )


def _audience() -> dict[str, Any]:
    return _table(
        {
            "tiers": _some_of(Tier.values),
            "tags": _words(),
            "posts": _words(),
            "unit_kinds": _some_of(UnitKind.values),
            "units": _words(),
            "concurrent": {"type": "boolean"},
        },
        required=[],
    )


def _pending() -> dict[str, Any]:
    return _table(
        {
            "code": _text(80, CODE),
            "sentence": _text(300),
            "source": _text(500),
            "level": _one_of(Level),
            "confidence": _one_of(Confidence),
            "why": _text(200),
        },
        required=["code", "sentence", "source", "why"],
    )


def _table(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _many(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item, "maxItems": MOST_RULES}


def _text(longest: int, pattern: str | None = None) -> dict[str, Any]:
    text: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": longest}
    return text | {"pattern": pattern} if pattern else text


def _whole(least: int, most: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": most}


def _one_of(words: Iterable[str]) -> dict[str, Any]:
    return {"enum": [str(word) for word in words]}


def _some_of(words: Iterable[str]) -> dict[str, Any]:
    return {"type": "array", "items": _one_of(words), "uniqueItems": True}


def _words(at_least: int = 0) -> dict[str, Any]:
    return {
        "type": "array",
        "items": _text(80, WORD),
        "minItems": at_least,
        "maxItems": 100,
        "uniqueItems": True,
    }
