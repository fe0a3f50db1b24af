"""Ledgers as districts send them: understood, or refused cell by cell in words."""

from datetime import date
from decimal import Decimal

import pytest

from taihua.base.sheets.refusals import SheetRefused
from taihua.kernel import house
from taihua.kernel.org.models import Person, Unit
from taihua.kernel.records.queries import statements
from taihua.rooms.ledgers.actions import Sent, import_file
from tests.base.sheets.files import repacked, workbook
from tests.base.sheets.old import xls
from tests.factories import NINE, PersonFactory, TermFactory
from tests.rooms.ledgers import messy
from tests.rooms.ledgers.browsing import HEADER
from tests.rooms.ledgers.messy import NOVEMBER, OCTOBER, book, filled, numbered
from tests.rooms.ledgers.sheets import csv

pytestmark = pytest.mark.usefixtures("everybody")

FOURTH = date(2013, 11, 4)


def tried(content, ledger="visits", year=None, *, dry_run=True):
    """What importing a file would do, or has done."""
    sent = Sent(name="台账.xlsx", content=content, year=year)
    return import_file(house.ledgers()[ledger], sent, at=NINE, dry_run=dry_run)


def taken(preview):
    """The rows as understood, in short: who, when, where, how long, what."""
    return [
        tuple(row[code] for code in ("person", "day", "place", "days", "topic"))
        for row in preview.plan.rows
    ]


def errors(preview):
    """What is said of each cell in error: (line, column) → reason and mend."""
    return {
        (preview.intake.lines[index].number, one.column): one.reason + one.mend
        for index, found in preview.errors.items()
        for one in found
    }


def column_of(preview, code):
    return [row[code] for row in preview.plan.rows]


def visit(**changes):
    """A row of the ledger of visits with some cells changed."""
    row = dict(zip(("person", "day", "place", "days", "topic"), NOVEMBER, strict=True))
    return tuple((row | changes).values())


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


# --- cells -------------------------------------------------------------------------------------------


def test_the_fourth_of_november_is_one_day_in_every_writing():
    days = [
        FOURTH,
        41582,
        41582.4,
        "41582",
        20131104,
        "20131104",
        "2013.11.4",
        "2013。11。4",
        "2013/11/04",
        "2013年11月4日",
        "2013年11月4号",
        "２０１３－１１－０４",
        "２０１３年１１月４日（星期一）",
        "2013-11-04 08:30",
        "2013.11.4上午",
        "二〇一三年十一月四日",
        " 2013 - 11 - 04 ",
    ]

    preview = tried(book(HEADER, *(visit(day=day, topic=f"题{day!r}") for day in days)))

    assert (column_of(preview, "day"), errors(preview)) == ([FOURTH] * len(days), {})


def test_days_that_cannot_be_told_are_refused_each_in_its_cell():
    whole = "请写成 2013-12-04 这样。"
    several = "请写第一天，几天写在天数里，或一天写一行。"
    said = {
        "11.4": "“11.4”没有写年份。请补上年份，或在导入时填写“缺年份的按哪一年”。",
        "13.11.4": f"“13.11.4”的年份要写全四位。{whole}",
        "4/11/2013": f"“4/11/2013”分不清月和日。{whole}",
        "2013-02-30": "没有“2013-02-30”这一天。请核对月和日。",
        "2013": f"“2013”只有年份。{whole}",
        "昨天": f"“昨天”看不出是哪一天。{whole}",
        "2013.11.4-5": f"“2013.11.4-5”不是一天。{several}",
        "2013年11月4日至5日": f"“2013年11月4日至5日”不是一天。{several}",
        "2013年11月4、5日": f"“2013年11月4、5日”不是一天。{several}",
        "2013年11月上旬": f"“2013年11月上旬”不是一天。{several}",
        "同上": "“同上”没有写明是什么。请把内容再写一遍。",
        "": "没有填日期。请补上。",
        "2013-12-05": "2013-12-05 还没有到。台账只记已经发生的事，请核对日期。",
    }

    preview = tried(book(HEADER, *(visit(day=day, topic=f"题{day}") for day in said)))

    assert errors(preview) == {(at, "day"): told for at, told in enumerate(said.values(), 2)}


def test_a_month_is_taken_as_its_first_day_and_the_clerk_is_told():
    months = ["2013.11", "2013年11月", "2013年11月份", 2013.11, "201311"]

    preview = tried(book(HEADER, *(visit(day=day, topic=f"题{day!r}") for day in months)))

    assert set(column_of(preview, "day")) == {date(2013, 11, 1)}
    told = [one.reason for found in preview.notices.values() for one in found]
    assert told == ["只写到月，按当月 1 日记。"] * len(months)


def test_the_year_that_days_leave_out_is_asked_for_once_for_all():
    sheet = book(HEADER, visit(day="11月4日"), visit(day="11-4", topic="安全"))

    assert tried(sheet).lacks_years
    assert column_of(tried(sheet, year=2012), "day") == [date(2012, 11, 4)] * 2
    assert not tried(sheet, year=2012).lacks_years


def test_quantities_are_understood_as_they_were_meant():
    said = {
        "１": 1,
        "半天": "0.5",
        "一天半": "1.5",
        "两天": 2,
        "全天": 1,
        "1.50": "1.5",
        "约1天": 1,
        1.0: 1,
        0: 0,
        None: None,
        "-": None,
    }

    preview = tried(book(HEADER, *(visit(days=day, topic=f"题{day}") for day in said)))

    assert errors(preview) == {}
    assert column_of(preview, "days") == [n if n is None else Decimal(n) for n in said.values()]


def test_quantities_that_are_none_are_refused_each_in_its_cell():
    plain = "请只填数字，单位写在表头。"
    said = {
        "abc": f"“abc”不是数。{plain}",
        "1/2": f"“1/2”不是数。{plain}",
        "1~2": f"“1~2”不是数。{plain}",
        "两三天": f"“两三天”不是数。{plain}",
        -1: "数量不能是负数。要冲减，请更正或作废原来那条记录。",
        1.005: "小数超过两位。请只保留两位小数。",
        1e20: "数量过大。请核对单位和小数点。",
        True: f"“是”不是数。{plain}",
    }

    preview = tried(book(HEADER, *(visit(days=day, topic=f"题{day}") for day in said)))

    assert errors(preview) == {(at, "days"): told for at, told in enumerate(said.values(), 2)}


def test_people_who_cannot_be_told_are_refused_with_who_may_be_meant():
    nobody = "请核对写法，或先在花名册里登记。"
    said = {
        "林之远": "没有“林之远”这个人。是不是“林知远”？",
        "林知远局长": "没有“林知远局长”这个人。是不是“林知远”？",
        "林知远等3人": "没有“林知远等3人”这个人。是不是“林知远”？",
        "林知远、周明": "这一格写了 2 个：林知远、周明。请分成几行，一行写一个。",
        "林知远 周明": "没有“林知远周明”这个人。是不是“林知远”“周明”？",
        "查无": f"没有“查无”这个人。{nobody}",
        "〃": "“〃”没有写明是什么。请把内容再写一遍。",
        "": "没有填调研人。请补上。",
    }

    preview = tried(book(HEADER, *(visit(person=name, topic=f"题{name}") for name in said)))

    assert errors(preview) == {(at, "person"): told for at, told in enumerate(said.values(), 2)}


def test_units_that_cannot_be_told_are_refused_with_which_may_be_meant():
    said = {
        "一小": "没有“一小”这个单位。是不是“苔花一小”？",
        "苔花区苔花一小": "没有“苔花区苔花一小”这个单位。是不是“苔花一小”？",
        "苔花一小（本部）": "没有“苔花一小（本部）”这个单位。是不是“苔花一小”？",
        "苔花一小、苔花二小": "这一格写了 2 个：苔花一小、苔花二小。请分成几行，一行写一个。",
        "实验中学": "没有“实验中学”这个单位。请核对写法，或先在花名册里登记。",
    }

    preview = tried(book(HEADER, *(visit(place=name, topic=f"题{name}") for name in said)))

    assert errors(preview) == {(at, "place"): told for at, told in enumerate(said.values(), 2)}


def test_a_namesake_is_told_by_code_unit_or_column_and_else_asked_for(school, other_school):
    for code, unit in (("W1", school), ("W2", other_school)):
        TermFactory(person=PersonFactory(code=code, name="王伟"), unit=unit)
    header = (*HEADER, "单位")
    rows = [
        (*visit(person="王伟（W2）", topic="甲"), None),
        (*visit(person="王伟（苔花二小）", topic="乙"), None),
        (*visit(person="王 伟", topic="丙"), "苔花二小"),
        (*visit(person="王伟", topic="丁"), None),
    ]

    preview = tried(book(header, *rows))

    assert errors(preview) == {
        (5, "person"): "有 2 位“王伟”：王伟（W1，苔花一小）、王伟（W2，苔花二小）。"
        "请在姓名后写上工号，如 王伟（W1），或填写单位。"
    }

    tried(book(header, *rows[:3]), dry_run=False)
    assert {told.person.code for told in statements()} == {"W2"}


def test_a_formula_is_taken_by_its_result_and_refused_without_one():
    told = {71: "课堂", 72: "安全", 73: "听课"}
    plain = book(HEADER, *(visit(days=days, topic=topic) for days, topic in told.items()))

    def with_formulas(name, body):
        if name != "xl/worksheets/sheet1.xml":
            return body
        body = body.replace(b"<v>71</v>", b"<f>70+1</f><v>71</v>")
        body = body.replace(b"<v>72</v>", b"<f>70+2</f>")
        return body.replace(b'<c r="D4"><v>73</v>', b'<c r="D4" t="e"><f>1/0</f><v>#DIV/0!</v>')

    preview = tried(repacked(plain, with_formulas))

    assert column_of(preview, "days") == [Decimal(71), None, None]
    assert errors(preview) == {
        (
            3,
            "days",
        ): "这一格是公式，文件里没有存下它的结果。请在表格软件里打开重算、存盘，或改填数值。",
        (4, "days"): "这一格的公式算出的是错误值。请在表格软件里打开重算、存盘，或改填数值。",
    }


def test_signs_that_nobody_sees_are_not_kept():
    unseen = book(HEADER, visit(topic="QQ课堂"))
    preview = tried(
        repacked(unseen, lambda _name, body: body.replace(b"QQ", b"_x0000__x0007_\xe2\x80\x8b"))
    )

    assert column_of(preview, "topic") == ["课堂"]


def test_what_looks_like_a_formula_or_a_page_is_plain_text():
    topics = ["=1+1", "+86", "@all", "<script>alert(1)</script>", "'; DROP TABLE org_person; --"]

    preview = tried(book(HEADER, *(visit(topic=topic) for topic in topics)))

    assert column_of(preview, "topic") == topics
    assert errors(preview) == {}


@pytest.mark.parametrize(("length", "wrong"), [(200, False), (201, True)])
def test_a_line_of_text_has_its_length(length, wrong):
    preview = tried(book(HEADER, visit(topic="长" * length)))

    assert bool(errors(preview)) is wrong
    if wrong:
        assert errors(preview)[2, "topic"] == "内容超过 200 个字。请写得短一些。"


def test_equal_rows_are_counted_as_two_and_the_clerk_is_told():
    preview = tried(book(HEADER, NOVEMBER, NOVEMBER))

    assert preview.counts == {"new": 2, "changed": 0, "same": 0}
    [notice] = preview.notices[1]
    assert notice.reason == "这一行和前面的一行完全相同，按两条记。"


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
