"""Cleaning one cell: what somebody typed in, what it must have meant, or why nobody can tell.

Every function takes a raw cell and gives a clean value, ``None`` for an empty cell, or raises
:class:`CellRefused`. Cleaning what is clean changes nothing.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from taihua.base.sheets.numerals import chinese_number
from taihua.base.sheets.reading import Cell, Unreadable
from taihua.base.sheets.refusals import CellRefused

CONTROLS = {*range(0x20), *range(0x7F, 0xA0)} - set(map(ord, "\t\n\v\f\r\x85"))
INVISIBLE = dict.fromkeys({*CONTROLS, *map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff")})
FULL_WIDTH = {
    code: code - 0xFEE0
    for first, last in (("０", "９"), ("Ａ", "Ｚ"), ("ａ", "ｚ"))
    for code in range(ord(first), ord(last) + 1)
}
NUMBER_SIGNS = str.maketrans("，．－＋％：／（）", ",.-+%:/()")
PARENTHESES = str.maketrans("()", "（）")
DOTS = re.compile(r"\s*[·•・‧･．.]\s*")
CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇]")
FAILURE = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)")
NOTHING = frozenset({"", "-", "--", "—", "——", "－", "/", "／", "\\", "无", "空"})
WHOLE_DAY = frozenset({"全天", "整天", "一整天"})
DITTO = frozenset({"同上", "同前", "〃", "″", '"', "''"})
BETWEEN_NAMES = re.compile(r"[、，,；;\n\r/]+")
EXACT_DIGITS = 10**15
PLACES = 2
UNITS = "天日元人次本篇名个场期户位小时学时节条项角分块篇章"
AMOUNT = re.compile(rf"(?P<digits>-?\d+(?:\.\d+)?)(?P<myriad>万?)(?P<unit>[{UNITS}]*)(?P<half>半?)")


def clean_text(cell: Cell) -> str | None:
    """One line: no odd spaces, digits and letters in half width."""
    text = _as_text(cell).translate(FULL_WIDTH)
    return " ".join(text.split()) or None


def clean_words(cell: Cell) -> str | None:
    """Free text: line breaks stay, blanks at line ends and odd characters go."""
    lines = (line.strip() for line in _as_text(cell).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() or None


def clean_name(cell: Cell) -> str | None:
    """The name of a person or unit: 王　伟 is 王伟; brackets and middle dots in one form."""
    text = clean_text(cell)
    if text is None or not CHINESE.search(text):
        return text
    text = DOTS.sub("·", text.translate(PARENTHESES))
    return "".join(text.split()).strip("·") or None


def clean_names(cell: Cell) -> tuple[str, ...]:
    """Several names in one cell, each once, in their order.

    Blanks part names only where no other sign does: 王 伟、李四 are two people.
    """
    text = _as_text(cell).strip().rstrip("等。.")
    if BETWEEN_NAMES.search(text):
        parts: Iterable[str] = BETWEEN_NAMES.split(text)
    else:
        parts = re.sub(r"\b(\w)\s+(\w)\b", r"\1\2", text).split()
    names = (clean_name(part) for part in parts)
    return tuple(dict.fromkeys(name for name in names if name))


def clean_number(cell: Cell, most: Decimal | None = None) -> Decimal | None:
    """A quantity in hundredths at the finest: 1,200元, １．５万, 半天, 两天半.

    :raises CellRefused: no number, negative, above ``most``, or finer than hundredths
    """
    number = _amount(cell)
    if number is None:
        return None
    if number < 0:
        raise CellRefused(_("数量不能是负数。"), _("要冲减，请更正或作废原来那条记录。"))
    if most is not None and number > most:
        raise CellRefused(
            _("数量过大，最多是 %(most)s。") % {"most": most}, _("请核对单位和小数点。")
        )
    rounded = number.quantize(Decimal(10) ** -PLACES)
    if abs(rounded - number) > Decimal("0.000001"):
        raise CellRefused(_("小数超过两位。"), _("请只保留两位小数。"))
    return plain_number(rounded)


def plain_number(number: Decimal) -> Decimal:
    """The same number without idle zeros, and never in exponents."""
    number = number.normalize()
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def clean_choice(
    cell: Cell, choices: Iterable[str], alike: Mapping[str, str] | None = None
) -> str | None:
    """One of a few words; ``alike`` says which of them other words stand for.

    :raises CellRefused: another word
    """
    text = clean_text(cell)
    if text is None or text in NOTHING:
        return None
    wanted = _bare((alike or {}).get(text, text))
    for choice in choices:
        if _bare(choice) == wanted:
            return choice
    raise CellRefused(
        _("“%(text)s”不在可填的项目里。") % {"text": text},
        _("请填其中之一：%(choices)s。") % {"choices": "、".join(choices)},
    )


def _as_text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Unreadable():
            raise CellRefused(cell.reason, _("请在表格软件里打开重算、存盘，或改填数值。"))
        case bool():
            return "是" if cell else "否"
        case int() | float():
            return _number_as_text(cell)
        case datetime():
            return cell.isoformat(sep=" ").removesuffix(" 00:00:00")
        case date():
            return cell.isoformat()
        case str():
            return _checked(cell.translate(INVISIBLE).strip())
    return str(cell)


def _checked(text: str) -> str:
    if FAILURE.fullmatch(text):
        raise CellRefused(
            _("这一格的公式算出的是错误值。"), _("请在表格软件里改好公式，或改填数值。")
        )
    return text


def _number_as_text(number: float) -> str:
    if abs(number) >= EXACT_DIGITS:
        raise CellRefused(
            _("16 位以上的号码被存成了数字，末几位已经丢失。"),
            _("请把这一列改成文本格式，重新填写完整号码。"),
        )
    return str(int(number)) if number == int(number) else repr(number)


def _amount(cell: Cell) -> Decimal | None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return round(Decimal(repr(_within_reason(cell))), 10)
    text = _as_text(cell).translate(FULL_WIDTH).translate(NUMBER_SIGNS)
    text = "".join(text.split()).strip("¥￥约").removesuffix("整")
    if text in NOTHING:
        return None
    if text in WHOLE_DAY:
        return Decimal(1)
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    if found := AMOUNT.fullmatch(text):
        _within_reason(float(found["digits"]))
        number = Decimal(found["digits"]) * (10_000 if found["myriad"] else 1)
        return number + (Decimal("0.5") if found["half"] else 0)
    number_in_words = chinese_number(text.rstrip("".join(sorted(set(UNITS) - {"分"}))))
    if number_in_words is None:
        raise CellRefused(
            _("“%(text)s”不是数。") % {"text": text[:20]}, _("请只填数字，单位写在表头。")
        )
    return number_in_words


def _within_reason(number: float) -> float:
    if abs(number) >= EXACT_DIGITS:
        raise CellRefused(_("数量过大。"), _("请核对单位和小数点。"))
    return number


def _bare(text: str) -> str:
    return re.sub(r"[\s（）()·、]", "", text).casefold()
