"""Numbers written in Chinese, as far as ledgers use them: 两天半, 十二, 三百二十, 一万二千."""

import re
from decimal import Decimal

DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
POWERS = {"十": 10, "百": 100, "千": 1000}
MYRIAD = 10_000
HALF = Decimal("0.5")
SHAPE = re.compile(
    r"(?P<half>半)[天个日]?|(?P<whole>[零〇一二两三四五六七八九十百千万]+)[天个日]?(?P<more>半?)"
)


ABOUT = re.compile(r"(^|[十百千万])[一二两三四五六七八九]{2}($|[十百千万天个日半])")


def chinese_number(text: str) -> Decimal | None:
    """The number that ``text`` says, or ``None`` if it says none, or two: 两三天 is not 23."""
    shape = SHAPE.fullmatch(text)
    if shape is None or ABOUT.search(text):
        return None
    if shape["half"]:
        return HALF
    whole = Decimal(_whole(shape["whole"]))
    return whole + HALF if shape["more"] else whole


def _whole(text: str) -> int:
    if not any(sign in POWERS or sign == "万" for sign in text):
        return int("".join(str(DIGITS[sign]) for sign in text))
    high, myriad, low = text.rpartition("万")
    above = (_section(high) if high else 1) * MYRIAD if myriad else 0
    return above + _section(low)


def _section(text: str) -> int:
    total, digit = 0, 0
    for sign in text:
        if sign == "万":
            total, digit = (total + digit) * MYRIAD, 0
        elif sign in POWERS:
            total, digit = total + (digit or 1) * POWERS[sign], 0
        else:
            digit = DIGITS[sign]
    return total + digit
