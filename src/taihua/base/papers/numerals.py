"""Chinese numerals: written and read."""

DIGITS = "零一二三四五六七八九"
VALUES = {digit: value for value, digit in enumerate(DIGITS)} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
MYRIAD = 10_000


def chinese(number: int) -> str:
    """A whole number from 0 to 9,999 in Chinese numerals.

    >>> [chinese(n) for n in (3, 10, 12, 20, 105, 110, 2013)]
    ['三', '十', '十二', '二十', '一百零五', '一百一十', '二千零一十三']
    """
    if not 0 <= number < MYRIAD:
        raise ValueError(f"{number} is not between 0 and 9999")
    digits = str(number)
    written = ""
    for place, digit in zip(reversed(range(len(digits))), digits, strict=True):
        if digit == "0":
            written += "零" if written and not written.endswith("零") else ""
        else:
            written += DIGITS[int(digit)] + ("", "十", "百", "千")[place]
    written = written.rstrip("零") or "零"
    return written.removeprefix("一") if written.startswith("一十") else written


def read(numeral: str) -> int | None:
    """The whole number that a Chinese numeral says, or None where it says none.

    >>> [read(n) for n in ("两", "十二", "六百零三", "十二万", "二〇一三", "三会")]
    [2, 12, 603, 120000, 2013, None]
    """
    if not numeral or any(sign not in VALUES | UNITS | {"万": MYRIAD} for sign in numeral):
        return None
    if len(numeral) > 1 and all(sign in VALUES for sign in numeral):
        return int("".join(str(VALUES[sign]) for sign in numeral))
    total = section = digit = 0
    for sign in numeral:
        if sign == "万":
            total, section, digit = (total + section + digit or 1) * MYRIAD, 0, 0
        elif sign in UNITS:
            section, digit = section + (digit or 1) * UNITS[sign], 0
        else:
            digit = VALUES[sign]
    return total + section + digit
