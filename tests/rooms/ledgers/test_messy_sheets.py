"""Ledgers as districts send them: found in every shape of file, or refused as a whole."""

from datetime import date
from decimal import Decimal

import pytest

from taihua.base.sheets.refusals import SheetRefused
from taihua.kernel.org.models import Person, Unit
from taihua.kernel.records.queries import statements
from tests.base.sheets.files import repacked, workbook
from tests.base.sheets.old import xls
from tests.rooms.ledgers import messy
from tests.rooms.ledgers.browsing import HEADER
from tests.rooms.ledgers.messy import NOVEMBER, OCTOBER, book, filled, numbered
from tests.rooms.ledgers.sheets import csv
from tests.rooms.ledgers.trying import column_of, errors, taken, tried, visit

pytestmark = pytest.mark.usefixtures("everybody")

FOURTH = date(2013, 11, 4)


BOTH = [
    ("林知远", FOURTH, "苔花一小", Decimal(1), "课堂教学"),
    ("周明", date(2013, 10, 5), "苔花二小", Decimal("0.5"), "校园安全"),
]


@pytest.mark.parametrize("made", messy.UNDERSTOOD, ids=lambda made: made.__name__)
def test_the_same_two_visits_are_found_in_every_shape_of_sheet(made):
    preview = tried(made())

    assert errors(preview) == {}
    assert taken(preview) == BOTH


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_the_same_two_visits_are_found_in_every_encoding(encoding):
    assert taken(tried(csv(HEADER, NOVEMBER, OCTOBER, encoding=encoding))) == BOTH


@pytest.mark.parametrize("sign", ["\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_same_two_visits_are_found_between_other_signs_and_line_ends(sign, end):
    lines = [sign.join(map(str, row)) for row in (HEADER, NOVEMBER, OCTOBER)]

    assert taken(tried(end.join(lines).encode())) == BOTH


def test_the_same_two_visits_are_found_in_an_old_workbook():
    rows = [HEADER, (NOVEMBER[0], 41582, *NOVEMBER[2:]), OCTOBER]

    assert taken(tried(xls([list(row) for row in rows]))) == BOTH


def test_a_name_merged_over_two_rows_stands_beside_both():
    preview = tried(messy.with_a_name_merged_over_its_rows())

    assert column_of(preview, "person") == ["林知远", "林知远"]
    assert errors(preview) == {}


def test_what_is_left_aside_is_told_with_its_line():
    preview = tried(messy.with_totals_below())

    assert list(preview.table.notices) == [
        "第 3、5 行是合计行，没有导入。",
        "第 6、7 行是表尾说明，没有导入。",
    ]


def test_a_sheet_of_explanations_is_left_aside_and_named():
    notices = tried(messy.in_sheets_by_month()).table.notices

    assert notices == ("工作表“填表说明”的表头不同，没有导入。",)


def test_a_sheet_with_a_column_of_its_own_is_left_aside_and_named():
    sheets = [
        ("十一月", [HEADER, NOVEMBER], []),
        ("十月", [(*HEADER, "同行人员"), (*OCTOBER, "沈青")], []),
        ("九月", [HEADER[:-1], OCTOBER[:-1]], []),
    ]

    preview = tried(workbook(*sheets))

    assert taken(preview) == BOTH[:1]
    assert preview.table.notices == (
        "工作表“十月”的表头不同，没有导入。",
        "工作表“九月”的表头不同，没有导入。",
    )


def test_a_hidden_sheet_is_left_aside_and_named():
    sheets = [("本年", [HEADER, NOVEMBER], []), ("往年", [HEADER, OCTOBER], [])]

    preview = tried(workbook(*sheets, hidden=("往年",)))

    assert taken(preview) == BOTH[:1]
    assert preview.table.notices == ("隐藏的工作表“往年”没有导入。",)


@pytest.mark.parametrize(
    "total",
    [
        filled("合计", None, None, 1.5),
        filled("合  计：", None, None, 1.5),
        filled("合计：2人"),
        filled("共计2次"),
        filled(None, "总计", None, 1.5),
        filled(None, None, None, "小计", 1.5),
        filled("全年合计", None, None, 1.5),
        filled("第一季度小计", None, None, 1.5),
        filled("2013年合计", None, None, 1.5),
        filled("本页累计", None, None, 1.5),
    ],
    ids=lambda total: next(cell for cell in total if cell),
)
def test_a_total_is_no_visit_however_it_is_written(total):
    preview = tried(book(HEADER, NOVEMBER, OCTOBER, total))

    assert (taken(preview), errors(preview)) == (BOTH, {})
    assert preview.table.notices == ("第 4 行是合计行，没有导入。",)


def test_a_total_with_a_running_number_in_a_text_file_is_no_visit():
    rows = [*numbered(HEADER, NOVEMBER, OCTOBER), (3, "合计", "", "", 1.5, "")]

    assert taken(tried(csv(*rows))) == BOTH


def test_a_topic_that_speaks_of_totals_is_a_visit():
    preview = tried(book(HEADER, visit(topic="合计"), visit(topic="工资总计核对")))

    assert column_of(preview, "topic") == ["合计", "工资总计核对"]


# --- whole files ---------------------------------------------------------------------------------------


NO_TABLE = {
    "nothing": (lambda: b"", "这个文件是空的。"),
    "blanks": (lambda: b" \r\n \r\n", "这个文件是空的。"),
    "only headers": (lambda: book(HEADER), "表头下面没有数据。"),
    "title and headers": (
        lambda: book(filled("调研台账"), HEADER, merges=[(0, 0, 0, 4)]),
        "表头下面没有数据。",
    ),
    "only a total": (lambda: book(HEADER, filled("合计", None, None, 0)), "表头下面没有数据。"),
    "too few columns": (
        lambda: book(HEADER[:2], NOVEMBER[:2]),
        "表里缺少必填的列：调研单位、调研主题。",
    ),
    "header far below": (lambda: book(*[filled("说明")] * 25, HEADER, NOVEMBER), "没有找到表头。"),
    "prose": ("这不是表格，只是一段话。".encode, "没有找到表头。"),
    "Chinese commas": (lambda: "，".join(HEADER).encode(), "没有找到表头。"),
    "no mark of UTF-16": (
        lambda: csv(HEADER, NOVEMBER, encoding="utf-16-le"),
        "这个文件的文字编码认不出。",
    ),
    "data of a program": (lambda: b'{"name": 1}', "这个文件其实是网页或程序数据，不是表格。"),
    "half an archive": (lambda: b"PK\x03\x04" + bytes(64), "这个文件已损坏，打不开。"),
    "a printed paper": (lambda: b"%PDF-1.7", "这个文件不是表格。"),
}
HARMFUL = {
    "macros": ({"xl/vbaProject.bin": b"x"}, "这个文件带有宏，不能导入。"),
    "a path outside": ({"../../etc/passwd": b"x"}, "这个文件的内部路径指向文件之外，不能导入。"),
    "a drive": ({"C:\\windows\\x": b"x"}, "这个文件的内部路径指向文件之外，不能导入。"),
    "a bomb": ({"xl/media/bomb.bin": b"0" * 2_000_000}, "这个文件解开后过大，不能导入。"),
    "many parts": ({f"xl/{at}": b"" for at in range(2001)}, "这个文件解开后过大，不能导入。"),
}


@pytest.mark.parametrize("what", NO_TABLE)
def test_a_file_without_rows_to_read_is_refused_as_a_whole(what):
    content, reason = NO_TABLE[what]

    with pytest.raises(SheetRefused, match=reason):
        tried(content())

    assert not statements().exists()


@pytest.mark.parametrize("what", HARMFUL)
def test_a_workbook_that_means_harm_is_refused_before_it_is_unpacked(what):
    extra, reason = HARMFUL[what]

    with pytest.raises(SheetRefused, match=reason):
        tried(repacked(book(HEADER, NOVEMBER), extra=extra))

    assert not statements().exists()


# --- the roster ----------------------------------------------------------------------------------------

ROSTER = ("姓名", "单位", "职务", "任职时间", "政治面貌")


def test_a_sign_for_the_row_above_makes_no_unit_of_that_name():
    rows = [
        ("甲一", "苔花一小", "教师", "2010-09-01", "群众"),
        ("甲二", "同上", "〃", "同上", "群众"),
    ]

    preview = tried(book(ROSTER, *rows), ledger="roster")

    unclear = "没有写明是什么。请把内容再写一遍。"
    assert errors(preview) == {
        (3, "unit"): f"“同上”{unclear}",
        (3, "post"): f"“〃”{unclear}",
        (3, "first_day"): f"“同上”{unclear}",
    }
    assert not Unit.objects.filter(name="同上").exists()


def test_one_post_twice_in_a_roster_is_refused_and_nobody_is_made():
    row = ("甲一", "苔花一小", "教师", "2010-09-01", "群众")
    before = Person.objects.count()

    preview = tried(book(ROSTER, row, row), ledger="roster")

    assert errors(preview) == {(3, "name"): "甲一的这个任职在表里出现了两次。请只留一行。"}
    assert Person.objects.count() == before


def test_a_roster_without_its_columns_is_refused_with_their_names():
    with pytest.raises(SheetRefused, match="表里缺少必填的列：单位、任职时间。"):
        tried(book(("姓名", "职务"), ("甲一", "教师")), ledger="roster")


# --- names that must not be kept -----------------------------------------------------------------------


def test_sums_of_money_are_understood_or_refused_and_no_name_is_told():
    header = ("学校", "发放日期", "学生", "资助项目", "金额")
    sums = ["￥1,200.00", "二百元", "二百元整", "0.02万", "200元/人", 200.005, "100001"]
    rows = [("苔花一小", "2013-10-22", f"王小{at}", "补助", sum_) for at, sum_ in enumerate(sums)]

    preview = tried(book(header, *rows), ledger="aid")

    assert column_of(preview, "yuan")[:4] == [Decimal(n) for n in (1200, 200, 200, 200)]
    assert set(errors(preview)) == {(6, "yuan"), (7, "yuan"), (8, "yuan")}
    assert "王小" not in str(preview.plan.rows) + str(errors(preview))


# --- ledgers with words to choose from ----------------------------------------------------------------


def test_kinds_of_meetings_are_known_by_the_words_that_branches_use():
    header = ("支部", "会议类型", "会议时间", "会议议题")
    said = {
        "党员大会": "支部党员大会",
        "支部大会": "支部党员大会",
        "支委会": "支部委员会",
        "党小组会": "党小组会",
        "上党课": "党课",
        "民主评议": "民主评议党员",
        "述职述廉": "述职述廉会",
    }
    rows = [("基础教育科", word, "2013-11-04", f"题{word}") for word in said]

    preview = tried(book(header, *rows), ledger="meetings")

    assert (column_of(preview, "kind"), errors(preview)) == (list(said.values()), {})


def test_another_kind_of_meeting_is_refused_with_the_kinds_there_are():
    header = ("支部", "会议类型", "会议时间", "会议议题")

    preview = tried(book(header, ("基础教育科", "茶话会", "2013-11-04", "迎新")), ledger="meetings")

    [told] = errors(preview).values()
    assert told.startswith("“茶话会”不在可填的项目里。请填其中之一：支部党员大会、支部委员会、")
