"""One cell: what it must have meant, or why nobody can tell."""

from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.base.sheets.cells import (
    clean_choice,
    clean_name,
    clean_names,
    clean_number,
    clean_text,
    clean_words,
)
from taihua.base.sheets.days import EPOCH, DayRead, clean_day
from taihua.base.sheets.numerals import chinese_number
from taihua.base.sheets.reading import Unreadable
from taihua.base.sheets.refusals import CellRefused

BROKEN = Unreadable("这一格是公式，文件里没有存下它的结果。")
anything = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**18), 10**18),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.just(BROKEN),
)


def refusal(clean, *given):
    with pytest.raises(CellRefused) as refused:
        clean(*given)
    return refused.value


# --- text and names ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, None),
        ("  \u3000 ", None),
        (" Ｔ００１２ ", "T0012"),
        ("零\u200b宽", "零宽"),
        ("两  个\t空格", "两 个 空格"),
        (20130001.0, "20130001"),
        (1.5, "1.5"),
        (True, "是"),
        (False, "否"),
        (date(2013, 12, 4), "2013-12-04"),
        (datetime.fromisoformat("2013-12-04"), "2013-12-04"),
        (time(8, 30), "08:30:00"),
    ],
)
def test_a_line_of_text_is_evened_out(cell, text):
    assert clean_text(cell) == text


def test_a_long_code_kept_as_a_number_is_refused():
    refused = refusal(clean_text, 3.20706198001011e17)

    assert refused.reason == "16 位以上的号码被存成了数字，末几位已经丢失。"
    assert "文本格式" in refused.mend


@pytest.mark.parametrize("cell", [BROKEN, "#REF!", "#N/A", "#DIV/0!"])
@pytest.mark.parametrize("clean", [clean_text, clean_words, clean_name, clean_number, clean_day])
def test_a_formula_without_a_value_is_refused_everywhere(clean, cell):
    assert "公式" in refusal(clean, cell).reason


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("王　伟", "王伟"),
        (" 王 伟 ", "王伟"),
        ("买买提•依明", "买买提·依明"),
        ("买买提 . 依明", "买买提·依明"),
        ("王伟(T0012)", "王伟（T0012）"),
        ("䶮 𠮷", "䶮𠮷"),
        ("John  Smith", "John Smith"),
        ("苔花一小 （东区）", "苔花一小（东区）"),
        (None, None),
    ],
)
def test_a_name_is_one_name_however_it_is_spaced(cell, name):
    assert clean_name(cell) == name


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("王　伟、李四", ("王伟", "李四")),
        ("王伟 李四", ("王伟", "李四")),
        ("王 伟 李四", ("王伟", "李四")),
        ("王伟，李四；王五等", ("王伟", "李四", "王五")),
        ("王伟\n李四\n王伟", ("王伟", "李四")),
        ("", ()),
        (None, ()),
    ],
)
def test_several_names_are_each_found_once(cell, names):
    assert clean_names(cell) == names


def test_free_text_keeps_its_lines():
    assert clean_words("  第一行 \r\n\n\n\n 第二行\u3000") == "第一行\n\n第二行"
    assert clean_words("  ") is None


# --- numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,200", "1200"),
        ("１２００元", "1200"),
        ("￥1,234.50", "1234.5"),
        ("1.5万", "15000"),
        ("一万二千元", "12000"),
        ("半天", "0.5"),
        ("一天", "1"),
        ("1天半", "1.5"),
        ("两天半", "2.5"),
        ("3 人次", "3"),
        ("十二", "12"),
        (2.0, "2"),
        (0.1 + 0.2, "0.3"),
        (7, "7"),
    ],
)
def test_a_quantity_is_understood_as_it_was_meant(cell, number):
    assert clean_number(cell) == Decimal(number)


@pytest.mark.parametrize("cell", [None, "", "-", "—", "／", "无"])
def test_a_dash_is_no_quantity(cell):
    assert clean_number(cell) is None


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("-3", "数量不能是负数。"),
        (-0.5, "数量不能是负数。"),
        (0.125, "小数超过两位。"),
        ("很多", "“很多”不是数。"),
        ("1,20", "“1,20”不是数。"),
        ("(3)", "“(3)”不是数。"),
        (True, "“是”不是数。"),
    ],
)
def test_what_is_no_quantity_is_refused(cell, reason):
    assert refusal(clean_number, cell).reason == reason


def test_a_quantity_has_its_limit():
    assert refusal(clean_number, 501, Decimal(500)).reason == "数量过大，最多是 500。"
    assert clean_number(500, Decimal(500)) == 500


@given(st.decimals(0, 10**9, places=2))
def test_every_quantity_written_plainly_is_read_back(number):
    assert clean_number(f"{number:,}") == number
    assert clean_number(str(number)) == number


@given(st.integers(0, 99_999))
def test_chinese_numerals_say_what_digits_say(number):
    assert chinese_number(in_words(number)) == number


def in_words(number):
    """A number as a clerk writes it out."""
    if number < 10:
        return "零一二三四五六七八九"[number]
    for power, sign in ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= power:
            head, rest = divmod(number, power)
            gap = "零" if rest and rest < power // 10 else ""
            return in_words(head) + sign + (gap + in_words(rest) if rest else "")
    raise AssertionError


@pytest.mark.parametrize(
    "text", ["", "abc", "天", "半半", "12", "两三天", "三五个", "十二三", "七八十", "一二百"]
)
def test_what_is_no_chinese_number_is_none(text):
    assert chinese_number(text) is None


# --- choices -------------------------------------------------------------------------------------


def test_a_choice_is_found_however_it_is_spaced():
    assert clean_choice(" 支部 党员大会 ", ["支委会", "支部党员大会"]) == "支部党员大会"
    assert clean_choice("—", ["支委会"]) is None
    assert refusal(clean_choice, "大会", ["支委会", "党课"]).mend == "请填其中之一：支委会、党课。"


# --- days ----------------------------------------------------------------------------------------

FOURTH = date(2013, 12, 4)


@pytest.mark.parametrize(
    "cell",
    [
        "2013-12-04",
        "2013-12-4",
        "2013.12.4",
        "2013/12/4",
        "２０１３．１２．４",
        "2013年12月4日",
        "2013 年 12 月 4 日",
        "2013年12月4日（周三）",
        "2013-12-04 08:30:00",
        "2013-12-04T08:30",
        "2013年12月4日上午",
        "二〇一三年十二月四日",
        "20131204",
        20131204,
        20131204.0,
        41612,
        41612.75,
        "41612",
        FOURTH,
        datetime.fromisoformat("2013-12-04T23:59"),
    ],
    ids=repr,
)
def test_the_fourth_of_december_in_every_writing(cell):
    assert clean_day(cell) == DayRead(FOURTH)


@pytest.mark.parametrize(
    "cell",
    [
        "2013.09",
        "2013年9月",
        "201309",
        201309,
        201309.0,
        2013.09,
        2013.9,
        "二〇一三年九月",
        "2013年9月份",
    ],
    ids=repr,
)
def test_a_month_is_its_first_day_and_said_to_be_a_month(cell):
    assert clean_day(cell) == DayRead(date(2013, 9, 1), month_only=True)


def test_october_kept_as_a_number_cannot_be_told_from_january():
    assert "分不清是 1 月还是 10 月" in refusal(clean_day, 2013.1).reason
    assert clean_day("2013.10").day == date(2013, 10, 1)
    assert clean_day("2013.1").day == date(2013, 1, 1)


@pytest.mark.parametrize("cell", ["12月4日", "12.4", "12-04"])
def test_a_day_without_a_year_needs_one(cell):
    assert "没有写年份" in refusal(clean_day, cell).reason
    assert clean_day(cell, 2013) == DayRead(FOURTH)


@pytest.mark.parametrize("cell", [None, "", "—", "无", "/"])
def test_no_day_is_none(cell):
    assert clean_day(cell) is None


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("2013年2月30日", "没有“2013年2月30日”这一天。"),
        ("2013.13.1", "没有“2013.13.1”这一天。"),
        ("12/4/2013", "“12/4/2013”分不清月和日。"),
        ("13.12.4", "“13.12.4”的年份要写全四位。"),
        ("2013", "“2013”只有年份。"),
        ("2013.12.4-12.6", "“2013.12.4-12.6”不是一天。"),
        ("1013-12-04", "“1013-12-04”的年份不对。"),
        ("去年", "“去年”看不出是哪一天。"),
        (3, "“3”看不出是哪一天。"),
        (True, "“是”看不出是哪一天。"),
        (float(10**18), "“1000000000000000000”看不出是哪一天。"),
    ],
    ids=repr,
)
def test_what_is_no_day_is_refused_with_its_reason(cell, reason):
    refused = refusal(clean_day, cell)

    assert refused.reason == reason
    assert refused.mend


WRITINGS = (
    "{0.year}-{0.month}-{0.day}",
    "{0.year}.{0.month:02}.{0.day:02}",
    "{0.year}/{0.month}/{0.day}",
    "{0.year}年{0.month}月{0.day}日",
    "{0.year}{0.month:02}{0.day:02}",
)


@given(st.dates(date(1930, 1, 1), date(2099, 12, 31)), st.sampled_from(WRITINGS))
def test_every_day_in_every_writing_is_that_day(day, writing):
    assert clean_day(writing.format(day)) == DayRead(day)
    assert clean_day((day - EPOCH).days) == DayRead(day)


# --- what holds of all cleaning -------------------------------------------------------------------


@given(anything)
@pytest.mark.parametrize(
    "clean", [clean_text, clean_words, clean_name, clean_names, clean_number, clean_day]
)
def test_any_cell_is_cleaned_or_refused_and_never_fails(clean, cell):
    with suppress(CellRefused):
        clean(cell)


@given(st.text("王伟·（）a1 　、•.\u200b\n", max_size=15))
@pytest.mark.parametrize("clean", [clean_text, clean_words, clean_name])
def test_cleaning_what_is_clean_changes_nothing(clean, text):
    once = clean(text)

    assert clean(once) == once


@given(st.decimals(0, 10**6, places=2).map(str) | st.just("半天"))
def test_a_number_cleaned_is_clean(text):
    once = clean_number(text)

    assert clean_number(str(once)) == once


@pytest.mark.parametrize(
    ("text", "number"),
    [("万", 10_000), ("十万", 100_000), ("一万万", 10**8), ("万五千", 15_000), ("百万", 10**6)],
)
def test_a_myriad_by_itself_is_one(text, number):
    assert chinese_number(text) == number
