"""Where the header is, what is data, and what is told to have been left aside."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.base.sheets.matching import match_titles
from taihua.base.sheets.reading import Book, Sheet, read_book
from taihua.base.sheets.refusals import SheetRefused
from taihua.base.sheets.table import find_table
from tests.base.sheets.files import workbook

NAMES = {
    "name": ("姓名", "人员"),
    "unit": ("单位", "所在单位"),
    "day": ("日期", "时间"),
    "yuan": ("金额（元）", "金额"),
    "party": ("政治面貌",),
    "joined": ("入党时间",),
}


def table(*rows, merges=(), names=NAMES):
    return find_table(Book((Sheet("台账", [list(row) for row in rows], tuple(merges)),)), names)


def cells(found):
    return [line.cells for line in found.lines]


# --- the header ------------------------------------------------------------------------------------


def test_a_plain_header_is_the_first_row():
    found = table(("姓名", "日期"), ("王伟", "2013-12-04"))

    assert found.titles == ("姓名", "日期")
    assert cells(found) == [("王伟", "2013-12-04")]
    assert found.lines[0].number == 2


def test_a_title_a_row_of_particulars_and_blank_rows_stand_above():
    found = table(
        ("2013 年台账", None, None),
        ("填报单位：教育局", "填报人：苏禾", "日期：2013-12-1"),
        (None, None, None),
        ("序 号", "姓　名", "日期"),
        (1, "王伟", "2013-12-04"),
    )

    assert found.titles == ("序号", "姓名", "日期")
    assert found.lines[0].number == 5


def test_a_header_of_two_rows_with_merged_cells_is_one():
    found = table(
        ("花名册", None, None, None),
        ("姓名", "单位", "党员情况", None),
        (None, None, "政治面貌", "入党时间"),
        ("王伟", "苔花一小", "中共党员", "2001.7"),
        merges=[((0, 0), (0, 3)), ((1, 0), (2, 0)), ((1, 1), (2, 1)), ((1, 2), (1, 3))],
    )

    assert found.titles == ("姓名", "单位", "党员情况/政治面貌", "党员情况/入党时间")
    assert match_titles(found.titles, NAMES).columns == {
        0: "name",
        1: "unit",
        2: "party",
        3: "joined",
    }
    assert len(found.lines) == 1


def test_two_header_rows_of_a_text_file_are_found_without_merges():
    found = table(
        ("姓名", "党员情况", None), (None, "政治面貌", "入党时间"), ("王伟", "中共党员", "2001.7")
    )

    assert match_titles(found.titles, NAMES).columns == {0: "name", 1: "party", 2: "joined"}


def test_three_header_rows_are_found():
    found = table(
        ("基本情况", None, "党员情况", None),
        ("姓名", "单位", "政治", None),
        (None, None, "政治面貌", "入党时间"),
        ("王伟", "苔花一小", "中共党员", "2001.7"),
    )

    assert set(match_titles(found.titles, NAMES).columns.values()) == {
        "name",
        "unit",
        "party",
        "joined",
    }


def test_a_row_of_data_in_words_is_not_taken_for_a_second_header():
    found = table(("姓名", "单位"), ("王伟", "苔花一小"), ("李四", "苔花二小"))

    assert len(found.lines) == 2


def test_without_any_known_title_the_first_row_of_words_is_the_header():
    found = table(("甲", "乙"), (1, 2))

    assert found.titles == ("甲", "乙")


@pytest.mark.parametrize("rows", [[], [("一句话", None)], [(1, 2), (3, 4)]])
def test_no_header_is_a_refusal(rows):
    with pytest.raises(SheetRefused, match="没有找到表头"):
        table(*rows)


def test_a_header_without_data_is_a_refusal():
    with pytest.raises(SheetRefused, match="表头下面没有数据"):
        table(("姓名", "日期"), ("合计", None))


# --- what is data ----------------------------------------------------------------------------------


def test_totals_footers_subtitles_blanks_and_repeated_headers_are_left_aside():
    found = table(
        ("序号", "姓名", "单位", "金额"),
        ("一、机关", None, None, None),
        (1, "王伟", "机关", 10),
        (None, None, None, None),
        ("序号", "姓名", "单位", "金额"),
        (2, "李四", "机关", 20),
        ("小计", None, None, 30),
        ("合　计", None, None, 30),
        ("填表人：苏禾", None, "审核人：林知远", None),
        ("注：本表一式两份", None, None, None),
    )

    assert [line.number for line in found.lines] == [3, 6]
    assert found.notices == (
        "第 2 行是小标题，没有导入。",
        "第 7、8 行是合计行，没有导入。",
        "第 9、10 行是表尾说明，没有导入。",
    )


def test_a_unit_merged_over_its_people_stands_beside_each():
    found = table(
        ("单位", "姓名"),
        ("苔花一小", "王伟"),
        (None, "李四"),
        ("苔花二小", "王五"),
        merges=[((1, 0), (2, 0))],
    )

    assert cells(found) == [("苔花一小", "王伟"), ("苔花一小", "李四"), ("苔花二小", "王五")]


def test_ragged_rows_are_filled_and_cut_to_the_header():
    found = table(("姓名", "单位", "日期"), ("王伟",), ("李四", "机关", "2013-1-1", "多出来的"))

    assert cells(found) == [("王伟", None, None), ("李四", "机关", "2013-1-1")]


def test_sheets_of_one_header_are_one_table_and_others_are_named():
    content = workbook(
        ("一月", [["姓名", "日期"], ["王伟", date(2013, 1, 4)]], ()),
        ("二月", [["姓名", "日期"], ["李四", date(2013, 2, 4)], ["合计", 2]], ()),
        ("说明", [["本表由党办填写"]], ()),
    )

    found = find_table(read_book(content), NAMES)

    assert [(line.sheet, line.cells[0]) for line in found.lines] == [
        ("一月", "王伟"),
        ("二月", "李四"),
    ]
    assert found.notices == (
        "二月：第 3 行是合计行，没有导入。",
        "工作表“说明”的表头不同，没有导入。",
    )


values = st.lists(
    st.tuples(st.sampled_from(["王伟", "李四"]), st.integers(1, 99)), min_size=1, max_size=5
)


@given(values, st.integers(0, 4), st.booleans())
def test_however_much_stands_above_the_same_rows_are_found(rows, above, titled):
    head = [("2013 年台账", None)] * titled + [(None, None)] * above
    data = [(name, f"2013-12-{day % 28 + 1}") for name, day in rows]

    found = table(*head, ("姓名", "日期"), *data)

    assert cells(found) == data


# --- which column is which --------------------------------------------------------------------------


def test_titles_are_placed_by_exact_words_synonyms_and_bare_of_brackets():
    match = match_titles(("人员", "单位 ", "＊日期：", "金额(元)", "备注", "序号", "天气"), NAMES)

    assert match.columns == {0: "name", 1: "unit", 2: "day", 3: "yuan"}
    assert match.open == (6,)


def test_the_proper_title_wins_over_a_synonym_wherever_it_stands():
    match = match_titles(("时间", "日期"), NAMES)

    assert match.columns == {1: "day"}
    assert match.open == (0,)


def test_two_titles_that_differ_in_brackets_are_two():
    names = {"first": ("时间（起）",), "last": ("时间（止）",)}

    assert match_titles(("时间(起)", "时间(止)"), names).columns == {0: "first", 1: "last"}


def test_what_was_chosen_before_comes_first_and_may_be_nothing():
    match = match_titles(("谁", "人员", "天气"), NAMES, {"谁": "name", "天气": ""})

    assert match.columns == {0: "name"}
    assert match.open == (1,)
