"""What is written is read back, and nothing in it is ever a formula."""

import zipfile
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.base.sheets.reading import read_book
from taihua.base.sheets.writing import Flaw, harmless, to_csv, to_xlsx

TITLES = ["姓名", "日期", "金额"]
EVIL = ["=1+1", "+1", "-1", "@SUM(1)", '=HYPERLINK("http://x","y")', "'quoted"]


def read(content):
    [sheet] = read_book(content).sheets
    return sheet.grid


def test_a_workbook_bears_words_days_and_numbers_as_such():
    rows = [["王伟", date(2013, 12, 4), Decimal("1200.5")], ["", None, 3]]

    assert read(to_xlsx("台账", TITLES, rows)) == [
        TITLES,
        ["王伟", date(2013, 12, 4), 1200.5],
        [None, None, 3],
    ]


def test_moments_numbers_and_blanks_are_written_as_such():
    moment = datetime.fromisoformat("2013-12-04T08:30:00")

    assert read(to_xlsx("账", ["甲", "乙"], [[moment, 1.5]]))[1] == [moment, 1.5]


def test_a_text_file_bears_the_same_in_words():
    content = to_csv(TITLES, [["王伟", date(2013, 12, 4), Decimal("1200.5")], [None, None, 3]])

    assert content.startswith("\ufeff姓名".encode())
    assert read(content) == [TITLES, ["王伟", "2013-12-04", "1200.5"], [None, None, "3"]]


@pytest.mark.parametrize("evil", EVIL)
def test_what_looks_like_a_formula_is_text_and_comes_back_as_it_was(evil):
    assert harmless(evil).startswith("'")
    for content in (
        to_xlsx("账", ["甲", "乙"], [[evil, "x"]]),
        to_csv(["甲", "乙"], [[evil, "x"]]),
    ):
        assert read(content)[1] == [evil, "x"]


def test_no_cell_of_a_workbook_is_a_formula_or_a_link():
    content = to_xlsx("账", ["甲"], [[evil] for evil in [*EVIL, "http://example.org"]])

    with zipfile.ZipFile(BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet


def test_flaws_are_coloured_and_told_in_comments():
    content = to_xlsx("账", ["甲", "乙"], [["坏", "好"]], [Flaw(0, 0, "没有这一天。")])

    with zipfile.ZipFile(BytesIO(content)) as book:
        comments = book.read("xl/comments1.xml").decode()
        styles = book.read("xl/styles.xml").decode()
    assert "没有这一天。" in comments
    assert "F6D5CF" in styles


@pytest.mark.parametrize("title", ["台[账]:*?/\\'", "很" * 40, ""])
def test_any_title_can_name_a_sheet(title):
    [sheet] = read_book(to_xlsx(title, ["甲"], [["一"]])).sheets

    assert 0 < len(sheet.name) <= 31


texts = st.text(
    st.characters(blacklist_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=20
)


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=5))
def test_any_words_come_back_from_both_kinds_of_file(rows):
    rows = [[f"甲{first}", second] for first, second in rows]

    assert read(to_csv(["甲", "乙"], rows))[1:] == rows
    assert read(to_xlsx("账", ["甲", "乙"], rows))[1:] == rows
