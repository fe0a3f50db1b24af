"""Rule packs written as TOML, and single rules exchanged in a text. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, fields, replace
from datetime import date
from typing import Any

from taihua.kernel.rules.logic import Rule
from taihua.kernel.rules.packs import DAYS, rule_to_data
from taihua.kernel.rules.packtext import Pack, PackRefused, Places, parse_pack


def write_pack(pack: Pack) -> str:
    """The text of a pack; read again it is the same pack."""
    book = {
        "code": pack.code,
        "title": pack.title,
        "level": pack.level,
        "source": pack.source,
        "effective_from": pack.effective_from,
    }
    pending = [
        {
            "code": item.code,
            "sentence": item.sentence,
            "source": item.source,
            "why": item.why,
            "level": item.level,
            "confidence": item.confidence,
        }
        for item in pack.pending
    ]
    return "\n".join(
        [
            f"[book]\n{_entries(book)}",
            *(write_rule(rule) for rule in pack.rules),
            *(f"[[pending]]\n{_entries(item)}" for item in pending),
        ]
    )


def write_rule(rule: Rule) -> str:
    """The table of one rule, as it stands in a pack; what is as usual is left out."""
    usual = {item.name: item.default for item in fields(Rule) if item.default is not MISSING}
    empty: list[Any] = ["", [], {}]
    kept = {
        key: date.fromisoformat(value) if key in DAYS else value
        for key, value in rule_to_data(rule).items()
        if value not in empty and usual.get(key, MISSING) != value
    }
    return f"[[rule]]\n{_entries(kept)}"


def put_rule(text: str, rule: Rule) -> str:
    """``text`` with the table of that rule replaced, or added at the end; all else as it stood."""
    pack = parse_pack(text)
    rule = replace(rule, book=pack.code, in_force_from=None)
    there = pack.rule(rule.code)
    if there is None:
        return f"{pack.text.rstrip()}\n\n{write_rule(rule)}"
    index = pack.rules.index(there)
    rules = [*pack.rules[:index], rule, *pack.rules[index + 1 :]]
    return _spliced(pack, index, write_rule(rule), replace(pack, rules=tuple(rules)))


def drop_rules(text: str, codes: Iterable[str]) -> str:
    """``text`` without the tables of those rules."""
    for code in codes:
        pack = parse_pack(text)
        if there := pack.rule(code):
            rules = tuple(rule for rule in pack.rules if rule is not there)
            text = _spliced(pack, pack.rules.index(there), "", replace(pack, rules=rules))
    return text


def _spliced(pack: Pack, index: int, block: str, wanted: Pack) -> str:
    """The text of ``pack`` with the block of one rule exchanged, comments of the others kept.

    Where a plain look at the lines was deceived (by a header inside a long text, say), the whole
    is written anew.
    """
    places = Places(pack.text)
    first, last = places.block(["rule", index])
    head, tail = "\n".join(places.lines[: first - 1]), "\n".join(places.lines[last:])
    text = "\n".join(part for part in (head, block.rstrip("\n"), tail) if part)
    try:
        return text if parse_pack(text) == wanted else write_pack(wanted)
    except PackRefused:
        return write_pack(wanted)


def _entries(table: Mapping[str, Any]) -> str:
    return "".join(f"{key} = {_value(value)}\n" for key, value in table.items())


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return _quoted(str(value))
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, Sequence):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return str(value)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    controls = {chr(code) for code in (*range(32), 127)}
    return '"' + "".join(f"\\u{ord(c):04x}" if c in controls else c for c in escaped) + '"'
