from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.base.papers.numerals import chinese, read
from taihua.base.papers.values import (
    Heading,
    Paragraph,
    closing_indents,
    numbered,
    paper_day,
    paper_number,
    printable,
    width,
)


def test_headings_are_numbered_by_level_and_start_anew_under_each_higher_one():
    blocks = (
        Heading("甲", 1),
        Heading("乙", 2),
        Heading("丙", 2),
        Heading("丁", 3),
        Heading("戊", 4),
        Heading("己", 1),
        Heading("庚", 2),
        Paragraph.of("文"),
    )

    assert [number for number, _ in numbered(blocks)] == [
        "一、", "（一）", "（二）", "1.", "（1）", "二、", "（一）", "",
    ]  # fmt: skip


def test_heading_levels_beyond_four_are_written_as_the_fourth():
    assert [number for number, _ in numbered((Heading("深", 9),))] == ["（1）"]


def test_the_number_of_a_paper_has_hexagonal_brackets_and_no_leading_zero():
    assert paper_number("苔教", 2013, 7) == "苔教〔2013〕7号"


def test_the_day_of_a_paper_has_no_leading_zeros():
    assert paper_day(date(2013, 5, 8)) == "2013年5月8日"


@pytest.mark.parametrize(
    ("issuer", "day", "sealed", "expected"),
    [
        ("苔花区教育局", "2013年12月4日", True, (4.25, 4)),
        ("苔花区教育局", "2013年5月8日", False, (4, 2)),
        ("苔花区教育局党委办公室", "2013年5月8日", False, (2, 5)),
        ("一二三四五六七八九十一二三四五六七八九十", "2013年5月8日", True, (0, 4)),
    ],
)
def test_the_closing_keeps_the_distances_of_the_standard(issuer, day, sealed, expected):
    assert closing_indents(issuer, day, sealed=sealed) == expected


@given(st.text(min_size=1, max_size=30), st.dates())
def test_an_unsealed_day_always_begins_two_characters_after_its_issuer(issuer, day):
    written = paper_day(day)
    by_name, by_day = closing_indents(issuer, written, sealed=False)

    assert by_name + width(issuer) - (by_day + width(written)) == 2
    assert min(by_name, by_day) >= 2


def test_printable_drops_only_what_no_page_can_show():
    assert printable("学\x00习\x0b力\ud800 𬭎\n") == "学习力 𬭎\n"


@given(st.integers(0, 9999))
def test_a_chinese_numeral_reads_back_as_its_number(number):
    assert read(chinese(number)) == number


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("两", 2),
        ("十", 10),
        ("二十", 20),
        ("六百", 600),
        ("一万二千", 12000),
        ("十二万", 120000),
        ("二〇一三", 2013),
        ("三会", None),
        ("", None),
    ],
)
def test_read_understands_what_people_write(numeral, number):
    assert read(numeral) == number


def test_chinese_refuses_what_it_cannot_write():
    with pytest.raises(ValueError, match="10000"):
        chinese(10000)
