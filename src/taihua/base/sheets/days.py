"""Cleaning a day: 2013-12-04, 2013.12.4, 2013年12月4日, 20131204, 41612, 二〇一三年十二月四日."""

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from taihua.base.sheets.cells import NOTHING, NUMBER_SIGNS, clean_text
from taihua.base.sheets.numerals import DIGITS, chinese_number
from taihua.base.sheets.reading import Cell
from taihua.base.sheets.refusals import CellRefused

EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets, their false leap day of 1900 counted in
SERIALS = range(10_000, 73_416)  # 1927 to 2100: smaller numbers are no days in any ledger
YEARS = range(1900, 2101)
MEND = "2013-12-04"

_SEP = r"[-./,。、·_年]"
TIME = re.compile(r"[T\s]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
TAIL = re.compile(r"[（(]?(星期|周|礼拜)[一二三四五六日天][)）]?|[上下]午|晚上?$")
WHOLE = re.compile(rf"(\d{{4}}){_SEP}(\d{{1,2}})[-./,。、·_月](\d{{1,2}})[日号]?")
SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})")
MONTH = re.compile(rf"(\d{{4}}){_SEP}(\d{{1,2}})月?份?|(\d{{4}})(\d{{2}})")
NO_YEAR = re.compile(r"(\d{1,2})[-./月](\d{1,2})[日号]?")
SHORT_YEAR = re.compile(r"\d{2}[-./年]\d{1,2}[-./月]\d{1,2}日?")
SEVERAL = re.compile(
    r"\d{4}[-./年]\d{1,2}[-./月](\d{1,2}[日号]?[-~—–至到、,和及]+.*\d.*|[上中下]旬)|.*[至到~].*"
)
YEAR_LAST = re.compile(r"\d{1,2}[-./]\d{1,2}[-./]\d{4}")
IN_WORDS = re.compile(
    r"([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]+)月(?:([一二三四五六七八九十]+)[日号])?"
)


class DayRead(NamedTuple):
    """A day as read; ``month_only`` when the cell named no day, so that it is the month's first."""

    day: date
    month_only: bool = False


def clean_day(cell: Cell, year: int | None = None) -> DayRead | None:
    """The day a cell means; ``year`` is taken where the cell names none.

    :raises CellRefused: no day, or one that can be read in two ways
    """
    if isinstance(cell, datetime):
        return DayRead(cell.date())
    if isinstance(cell, date):
        return DayRead(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(cell)
    text = clean_text(cell)
    if text is None or text in NOTHING:
        return None
    text = TAIL.sub("", TIME.sub("", text)).translate(NUMBER_SIGNS)
    return _from_text("".join(text.split()), year)


def _from_number(number: float) -> DayRead:
    whole = int(number)
    if whole in SERIALS:
        return DayRead(EPOCH + timedelta(days=whole))
    text = str(whole) if whole == number else repr(number)
    if whole in YEARS and text.endswith(".1"):
        raise CellRefused(
            _("%(text)s 存成了数字，分不清是 1 月还是 10 月。") % {"text": text},
            _("请写成 2013-01 或 2013-10 这样的文本。"),
        )
    return _from_text(text, None)


def _from_text(text: str, year: int | None) -> DayRead:
    text = _digits(text)
    if text.isdecimal() and int(text) in SERIALS and len(text) == len("41612"):
        return DayRead(EPOCH + timedelta(days=int(text)))
    if found := WHOLE.fullmatch(text) or SOLID.fullmatch(text):
        return DayRead(_day(text, *map(int, found.groups())))
    if found := MONTH.fullmatch(text):
        numbers = [int(group) for group in found.groups() if group]
        return DayRead(_day(text, numbers[0], numbers[1], 1), month_only=True)
    if found := NO_YEAR.fullmatch(text):
        if year is None:
            raise CellRefused(
                _("“%(text)s”没有写年份。") % {"text": text},
                _("请补上年份，或在导入时填写“缺年份的按哪一年”。"),
            )
        return DayRead(_day(text, year, int(found[1]), int(found[2])))
    if SEVERAL.fullmatch(text):
        raise CellRefused(
            _("“%(text)s”不是一天。") % {"text": text[:20]},
            _("请写第一天，几天写在天数里，或一天写一行。"),
        )
    raise CellRefused(_why(text), _("请写成 %(example)s 这样。") % {"example": MEND})


def _digits(text: str) -> str:
    found = IN_WORDS.fullmatch(text)
    if found is None:
        return text
    year = "".join(str(DIGITS[sign]) for sign in found[1])
    rest = [chinese_number(part) for part in found.groups()[1:] if part]
    return "-".join([year, *(str(number) for number in rest)])


def _why(text: str) -> str:
    if text.isdecimal() and int(text) in YEARS:
        return _("“%(text)s”只有年份。") % {"text": text}
    if SHORT_YEAR.fullmatch(text):
        return _("“%(text)s”的年份要写全四位。") % {"text": text}
    if YEAR_LAST.fullmatch(text):
        return _("“%(text)s”分不清月和日。") % {"text": text}
    return _("“%(text)s”看不出是哪一天。") % {"text": text[:20]}


def _day(text: str, year: int, month: int, day: int) -> date:
    if year not in YEARS:
        raise CellRefused(
            _("“%(text)s”的年份不对。") % {"text": text},
            _("请写成 %(example)s 这样。") % {"example": MEND},
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise CellRefused(
            _("没有“%(text)s”这一天。") % {"text": text}, _("请核对月和日。")
        ) from None
