"""Rule packs as TOML text: read, with the line of every fault. Pure."""

import math
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from taihua.base.templatetags.page import listed
from taihua.kernel.rules.enums import Confidence, Level
from taihua.kernel.rules.logic import WHOLE, Rule
from taihua.kernel.rules.packs import rule_from_data
from taihua.kernel.rules.schema import pack_schema
from taihua.kernel.rules.typed import day_of

LARGEST = 256 * 1024
DEEPEST = 6
TABLES = ("rule", "pending")
HEADER = re.compile(r"^\s*\[\[?\s*([a-z]+)\s*\]\]?\s*(?:#.*)?$")
LONGEST_LINE = 4000
CHAIN = re.compile(r"""(?:[\w"'-]++\s*+\.\s*+){12}""")
BLANK = re.compile(r"^\s*(?:#.*)?$")
AT_LINE = re.compile(r"\(at line (\d+)")
MOST_YEARS = 30
OFTEN = 20  # faults told at once

_VALIDATOR = Draft202012Validator(pack_schema())


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a text, and on which line (0: nowhere in particular)."""

    line: int
    reason: str

    def __str__(self) -> str:
        if not self.line:
            return self.reason
        return _("第 %(line)d 行：%(reason)s") % {"line": self.line, "reason": self.reason}


class PackRefused(Exception):
    """A text is no rule pack; ``faults`` say where and why."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A norm that the house knows and cannot judge yet (备查条目), since nothing records it."""

    code: str
    sentence: str
    source: str
    why: str
    level: Level
    confidence: Confidence = Confidence.SURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A book of rules as its text says it (制度文本); ``lines`` tell where each rule begins."""

    code: str
    title: str
    level: Level
    source: str
    effective_from: date
    rules: tuple[Rule, ...] = ()
    pending: tuple[Pending, ...] = ()
    text: str = field(default="", compare=False)
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)

    def rule(self, code: str) -> Rule | None:
        """The rule of that code, if the pack has it."""
        return next((rule for rule in self.rules if rule.code == code), None)


# --- reading ---------------------------------------------------------------------------------------


def decode_pack(content: bytes) -> str:
    """The text of an uploaded file.

    :raises PackRefused: it is too large, or no UTF-8 text
    """
    if len(content) > LARGEST:
        raise PackRefused(_too_large())
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + content[: error.start].count(b"\n")
        raise PackRefused(Fault(line, _("不是 UTF-8 文本，请另存为 UTF-8 再上传。"))) from None


@lru_cache(maxsize=16)  # a book is looked at more often than it is written
def parse_pack(text: str) -> Pack:
    """The pack that a text describes.

    :raises PackRefused: it is too large or too deep, no TOML, or holds what a pack may not hold
    """
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise PackRefused(_too_large())
    text = text.replace("\r\n", "\n")
    data = _plain(_toml(text))
    places = Places(text)
    if faults := _faults(data, places):
        raise PackRefused(*faults)
    return _pack(data, text, places)


def _too_large() -> Fault:
    return Fault(0, _("文本超过 %(size)d KB，制度不会这么长。") % {"size": LARGEST // 1024})


# What the parser says, in words for whoever writes rules; what is not here is passed on as it is.
PARSER_SAYS = {
    "Expected ']' at the end of a table declaration": gettext_lazy("方括号“]”没有合上"),
    "Expected ']]' at the end of an array declaration": gettext_lazy("方括号“]]”没有合上"),
    "Expected '=' after a key in a key/value pair": gettext_lazy("名称后面缺等号“=”"),
    "Expected newline or end of document after a statement": gettext_lazy(
        "一行里写了两件事，请分成两行"
    ),
    "Invalid value": gettext_lazy("等号后面的值认不出来，文字要放在英文双引号里"),
    "Invalid statement": gettext_lazy("这一行认不出来"),
    "Unterminated string": gettext_lazy("引号没有合上"),
    "Unclosed array": gettext_lazy("列表的方括号没有合上"),
    "Cannot overwrite a value": gettext_lazy("同一个名称写了两遍"),
}


def _toml(text: str) -> dict[str, Any]:
    for number, written in enumerate(text.split("\n"), start=1):
        # The parser needs time by the square of a key's parts, and nobody reads such a line.
        if len(written) > LONGEST_LINE or CHAIN.search(written):
            raise PackRefused(Fault(number, _("这一行太长，或者键套得太深。")))
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = AT_LINE.search(str(error))
        line = int(found.group(1)) if found else text.count("\n") + 1
        why = str(error).partition(" (at ")[0]
        why = str(PARSER_SAYS.get(why, why))
        raise PackRefused(Fault(line, _("不合 TOML 的写法：%(why)s") % {"why": why})) from None
    except (ValueError, RecursionError):
        raise PackRefused(Fault(0, _("有过大的数字或者过深的嵌套。"))) from None


def _plain(value: Any, depth: int = 0) -> Any:
    """TOML's values as JSON has them: days become text."""
    if depth > DEEPEST:
        raise PackRefused(Fault(0, _("嵌套超过 %(deepest)d 层。") % {"deepest": DEEPEST}))
    if isinstance(value, dict):
        return {key: _plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, depth + 1) for item in value]
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return value


def _faults(data: Any, places: "Places") -> list[Fault]:
    found = [
        Fault(places.line(list(error.absolute_path), _named_in(error)), _reason(error))
        for error in _VALIDATOR.iter_errors(data)
    ]
    found = list(dict.fromkeys(found))  # several missing keys are told in one fault
    if not found:
        found = [*_wrong_values(data, places)]
    return sorted(found, key=lambda fault: fault.line)[:OFTEN]


def _named_in(error: ValidationError) -> str | None:
    """The unknown key that an error is about."""
    if error.validator != "additionalProperties":
        return None
    there = cast("dict[str, Any]", error.instance)
    return next((key for key in there if key not in _schema_of(error)["properties"]), None)


def _missing_in(error: ValidationError) -> list[str]:
    if error.validator != "required":
        return []
    there = cast("dict[str, Any]", error.instance)
    return [key for key in _schema_of(error)["required"] if key not in there]


def _schema_of(error: ValidationError) -> dict[str, Any]:
    return dict(cast("dict[str, Any]", error.schema))


REASONS = {
    "additionalProperties": gettext_lazy("不认识的项“%(unknown)s”。"),
    "required": gettext_lazy("缺少“%(missing)s”。"),
    "enum": gettext_lazy("“%(key)s”不能是“%(value)s”，只能是：%(asked)s。"),
    "type": gettext_lazy("“%(key)s”的值“%(value)s”类型不对，应为 %(asked)s。"),
    "pattern": gettext_lazy("“%(key)s”的写法不对：“%(value)s”。"),
    "maxLength": gettext_lazy("“%(key)s”太长，最多 %(asked)s 个字。"),
    "maxItems": gettext_lazy("“%(key)s”太多，最多 %(asked)s 项。"),
    "minLength": gettext_lazy("“%(key)s”不能为空。"),
    "minItems": gettext_lazy("“%(key)s”不能为空。"),
    "uniqueItems": gettext_lazy("“%(key)s”里有重复。"),
}
OUT_OF_RANGE = gettext_lazy("“%(key)s”的值“%(value)s”超出范围（%(asked)s）。")


def _reason(error: ValidationError) -> str:
    asked = error.validator_value
    names = [str(part) for part in error.absolute_path if isinstance(part, str)]
    return str(REASONS.get(str(error.validator), OUT_OF_RANGE)) % {
        "key": names[-1] if names else "",
        "value": _short(error.instance),
        "asked": listed(asked) if isinstance(asked, list) else asked,
        "unknown": _named_in(error),
        "missing": listed(_missing_in(error)),
    }


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"  # noqa: PLR2004  # what fits a line


def _wrong_values(data: Mapping[str, Any], places: "Places") -> Iterator[Fault]:
    """What a schema cannot say."""
    yield from _wrong_days(data["book"], ["book"], places)
    seen: set[str] = set()
    for table in TABLES:
        for index, item in enumerate(data.get(table, [])):
            path = [table, index]
            yield from _wrong_days(item, path, places)
            if item["code"] in seen:
                again = _("代码“%(code)s”用了两次。") % item
                yield Fault(places.line([*path, "code"]), again)
            seen.add(item["code"])
            if table == "rule":
                yield from _wrong_rule(item, path, places)


def _wrong_days(item: Mapping[str, Any], path: list[Any], places: "Places") -> Iterator[Fault]:
    for key in ("effective_from", "valid_from", "valid_to", "due_date", "source_until"):
        if key in item and day_of(item[key]) is None:
            reason = _("“%(value)s”不是日期，或者在 1900 年到 2199 年以外。")
            yield Fault(places.line([*path, key]), reason % {"value": item[key]})


def _wrong_rule(item: Mapping[str, Any], path: list[Any], places: "Places") -> Iterator[Fault]:
    hundredths = item["times"] * WHOLE
    if math.isnan(hundredths) or not math.isclose(hundredths, round(hundredths), abs_tol=1e-6):
        yield Fault(places.line([*path, "times"]), _("“times”最多两位小数。"))
    if item["every"] == "years" and item.get("n", 1) > MOST_YEARS:
        reason = _("“n”最多 %(most)d 年。") % {"most": MOST_YEARS}
        yield Fault(places.line([*path, "n"]), reason)
    if item["every"] == "once" and "due_date" not in item:
        yield Fault(places.line([*path, "every"]), _("只做一次的要写明“due_date”。"))
    if item.get("valid_to", "9999") < item.get("valid_from", ""):
        yield Fault(places.line([*path, "valid_to"]), _("“valid_to”早于“valid_from”。"))


def _pack(data: Mapping[str, Any], text: str, places: "Places") -> Pack:
    book = data["book"]
    usual = {"level": book["level"], "valid_from": book["effective_from"]}
    rules = tuple(
        replace(rule_from_data(usual | item), book=book["code"]) for item in data.get("rule", [])
    )
    pending = tuple(
        Pending(
            **{
                **item,
                "level": Level(item.get("level", book["level"])),
                "confidence": Confidence(item.get("confidence", Confidence.SURE)),
            }
        )
        for item in data.get("pending", [])
    )
    return Pack(
        code=book["code"],
        title=book["title"],
        level=Level(book["level"]),
        source=book["source"],
        effective_from=date.fromisoformat(book["effective_from"]),
        rules=rules,
        pending=pending,
        text=text,
        lines={rule.code: places.line(["rule", k]) for k, rule in enumerate(rules)},
    )


class Places:
    """Where the tables and keys of a TOML text stand, as far as a plain look can tell."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.starts: dict[str, list[int]] = {}
        for number, line in enumerate(self.lines, 1):
            if header := HEADER.match(line):
                self.starts.setdefault(header.group(1), []).append(number)

    def line(self, path: Sequence[Any], key: str | None = None) -> int:
        """The line of the value at ``path`` (or of ``key`` in it), else of the table around it."""
        start, end = self.block(path)
        wanted = key or next((part for part in path[1:] if isinstance(part, str)), None)
        if wanted is not None:
            for number in range(max(1, start), end + 1):
                if re.match(rf"\s*{re.escape(str(wanted))}\s*[=.]", self.lines[number - 1]):
                    return number
        return start

    def block(self, path: Sequence[Any]) -> tuple[int, int]:
        """The first and last line of the table at ``path``: 0 and all where it cannot be told."""
        starts = self.starts.get(str(path[0]), []) if path else []
        index = path[1] if len(path) > 1 and isinstance(path[1], int) else 0
        if index >= len(starts):
            return 0, len(self.lines)
        start = starts[index]
        others = sorted(line for lines in self.starts.values() for line in lines if line > start)
        end = others[0] - 1 if others else len(self.lines)
        # Comments at the end speak of what follows.
        while end > start and BLANK.match(self.lines[end - 1]):
            end -= 1
        return start, end
