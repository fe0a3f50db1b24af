"""Numbers that must not be public are found however they are written; others are not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.portal.logic.scan import (
    CHECKS,
    WEIGHTS,
    Kind,
    is_card,
    is_identity,
    masked,
    scan,
)

WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


@st.composite
def identities(draw):
    day = draw(st.dates(min_value=date(1930, 1, 1)))
    day = day.replace(year=min(day.year, 2020), day=min(day.day, 28))
    body = f"{draw(st.integers(110000, 659999))}{day:%Y%m%d}{draw(st.integers(0, 999)):03}"
    total = sum(int(sign) * weight for sign, weight in zip(body, WEIGHTS, strict=True))
    return body + CHECKS[total % 11]


@st.composite
def cards(draw):
    body = draw(st.sampled_from(["62", "4", "52", "35"])) + draw(
        st.text("0123456789", min_size=14, max_size=16)
    )
    doubled = sum(n - 9 if n > 9 else n for n in (2 * int(s) for s in body[::-2]))
    total = doubled + sum(int(s) for s in body[-2::-2])
    return body + str(-total % 10)


def spaced(number, step):
    return " ".join(number[at : at + step] for at in range(0, len(number), step))


def kinds(text):
    return [finding.kind for finding in scan([("正文", text)])]


@given(identities(), st.sampled_from([4, 6, 18]), st.booleans())
def test_every_identity_number_is_found_spaced_and_wide(number, step, wide):
    written = spaced(number, step)

    assert is_identity(number)
    assert kinds(f"号码{written.translate(WIDE) if wide else written}。") == [Kind.IDENTITY]


@given(identities(), st.integers(1, 9))
def test_an_identity_number_with_another_last_sign_is_none(number, more):
    last = CHECKS[(CHECKS.index(number[-1]) + more) % 11]

    assert not is_identity(number[:-1] + last)


@given(cards())
def test_every_card_number_is_found_in_groups_of_four(number):
    assert is_card(number)
    assert kinds(f"卡号 {spaced(number, 4)}") in ([Kind.CARD], [Kind.IDENTITY])


@given(st.from_regex(r"\A1[3-9][0-9]{9}\Z"), st.sampled_from(["", "+86 ", "0"]))
def test_every_mobile_number_is_found_and_mostly_hidden(number, before):
    found = scan([("标题", f"电话{before}{spaced(number, 4)}")])

    assert [finding.kind for finding in found] == [Kind.MOBILE]
    assert number not in found[0].around.replace(" ", "")
    assert found[0].where == "标题"


@given(st.text())
def test_where_something_is_found_the_place_is_in_the_text(text):
    for finding in scan([("正文", text)]):
        assert 0 <= finding.start < finding.start + finding.length <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "办公电话 0431-85550123，传真 0431－5550123",
        "电话 5550123",
        "共 12000 元，惠及 600 人次",
        "2013年12月4日19:52:14",
        "苔教〔2013〕12号，邮编 130000",
        "学籍号 2013010112345",
        "版本 1.2.3.4.5",
    ],
)
def test_what_an_office_writes_every_day_is_no_finding(text):
    assert kinds(text) == []


@pytest.mark.parametrize("gap", ["   ", "\u200b", "\u00ad", "\ufeff", "\u3000", "\xa0\xa0\xa0"])
def test_what_stands_between_the_digits_hides_no_number(gap):
    assert kinds(f"号110105{gap}19491231{gap}002X。") == [Kind.IDENTITY]
    assert kinds(f"138{gap}0013{gap}8000") == [Kind.MOBILE]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("1 13800138000 2013", [Kind.MOBILE]),
        ("12 138 0013 8000 3", [Kind.MOBILE]),
        ("3 4111111111111111 2", [Kind.CARD]),
        ("13800138000 13900139000", [Kind.MOBILE, Kind.MOBILE]),
        ("7 110105 19491231 002X 13800138000", [Kind.IDENTITY, Kind.MOBILE]),
        ("86 13800138000", [Kind.MOBILE]),
        ("2013 1200 3400 5600", []),
        ("138 0013 800 0", [Kind.MOBILE]),
    ],
)
def test_in_the_row_of_a_table_numbers_are_found_beside_others(row, told):
    assert kinds(row) == told


def test_two_numbers_in_one_text_are_two_findings():
    assert kinds("身份证 11010519491231002X，手机 13800138000") == [Kind.IDENTITY, Kind.MOBILE]


@pytest.mark.parametrize(
    "number",
    [
        "",
        "11010519491231002",  # a sign too few
        "010105194912310021",  # no place begins with 0
        "11010519491331002X",  # no such month
        "1101051949123100２X",  # a wide digit is made narrow before
    ],
)
def test_what_cannot_be_an_identity_number_is_none(number):
    assert not is_identity(number)


@pytest.mark.parametrize(
    "number",
    ["411111111111111", "4" * 16, "9111111111111119", "4111111111111112", "411111111111111１"],
)
def test_what_cannot_be_a_card_number_is_none(number):
    assert not is_card(number)


def test_the_number_of_a_card_known_to_all_is_one():
    assert is_card("4111111111111111")


def test_masked_a_text_keeps_all_but_the_numbers():
    said = "张三 11010519491231002X，电话 138 0013 8000，办公室 0431-85550123。"

    assert masked(said) == "张三 110*************2X，电话 138******00，办公室 0431-85550123。"


@given(st.text())
def test_what_holds_no_number_is_not_touched_and_masked_twice_is_masked_once(text):
    assert masked(text) == text or scan([("", text)])
    assert masked(masked(text)) == masked(text)
