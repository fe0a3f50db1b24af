"""Rules as data: what a TOML pack, a row of the database and a pure rule have in common. Pure."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from taihua.base.periods import Every
from taihua.kernel.rules.enums import Confidence, Count, Level, Proration, Subject
from taihua.kernel.rules.logic import WHOLE, Audience, Rule

WORDS = {
    "level": Level,
    "subject": Subject,
    "count": Count,
    "every": Every,
    "proration": Proration,
    "confidence": Confidence,
}
DAYS = ("valid_from", "valid_to", "due_date", "source_until")
LISTS = ("verbs", "kinds")
# Set by the row that carries the rule, not by its text.
CARRIED = ("book", "in_force_from", "replaced_from")


def rule_from_data(data: Mapping[str, Any]) -> Rule:
    """The rule that ``data`` describes: the keys of :class:`Rule`, with ``times`` for the quota.

    :raises ValueError: a word that is none of its kind, or a day that is none
    :raises TypeError: a key is missing or unknown
    """
    values = dict(data)
    values["hundredths"] = round(values.pop("times") * WHOLE)
    audience = dict(values.get("audience", {}))
    concurrent = audience.pop("concurrent", True)
    values["audience"] = Audience(
        concurrent=concurrent, **{key: tuple(value) for key, value in audience.items()}
    )
    for key, words in WORDS.items():
        if key in values:
            values[key] = words(values[key])
    for key in DAYS:
        if isinstance(values.get(key), str):
            values[key] = date.fromisoformat(values[key])
    for key in LISTS:
        values[key] = tuple(values.get(key, ()))
    return Rule(**values)


def rule_to_data(rule: Rule) -> dict[str, Any]:
    """The data of a rule, fit for JSON and TOML: the inverse of :func:`rule_from_data`."""
    data: dict[str, Any] = {}
    for item in fields(Rule):
        value = getattr(rule, item.name)
        if item.name in CARRIED or value is None:
            continue
        if item.name == "hundredths":
            data["times"] = value // WHOLE if value % WHOLE == 0 else value / WHOLE
        elif item.name == "audience":
            data["audience"] = _audience(value)
        elif isinstance(value, date):
            data[item.name] = value.isoformat()
        else:
            data[item.name] = list(value) if isinstance(value, tuple) else value
    return data


def _audience(audience: Audience) -> dict[str, Any]:
    data: dict[str, Any] = {
        item.name: list(getattr(audience, item.name))
        for item in fields(Audience)
        if item.name != "concurrent" and getattr(audience, item.name)
    }
    if not audience.concurrent:
        data["concurrent"] = False
    return data
