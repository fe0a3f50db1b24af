"""From a table to the rows of a ledger: every cell clean, or named with what is wrong."""

from datetime import date
from decimal import Decimal

import pytest

from taihua.base.intake import Reading, shown, take_cells, take_in
from taihua.base.ledger import CellError, Chapter, Column, Kind, Ledger, Plan, State, Step
from taihua.base.pairing import canonical, compare, pair
from taihua.base.sheets.reading import Unreadable
from taihua.base.sheets.table import Line, Table
from tests.factories import NINE

COLUMNS = (
    Column("name", "姓名", Kind.PERSON, required=True, key=True),
    Column("day", "日期", Kind.DAY, required=True, past=True),
    Column("until", "止", Kind.DAY, blanks=("至今",)),
    Column("yuan", "金额", Kind.NUMBER, most=Decimal(100)),
    Column("kind", "类别", Kind.CHOICE, choices=("甲", "乙")),
    Column("who", "参加人", Kind.PEOPLE),
    Column("note", "事项", Kind.WORDS),
    Column("code", "编号", Kind.TEXT),
)
LEDGER = Ledger("test", "台账", "", COLUMNS, store=None)
TODAY = Reading(date(2013, 12, 4))


def taken(**cells):
    return take_cells(LEDGER, {"name": "王　伟", "day": "2013.12.4"} | cells, TODAY)


def wrong(**cells):
    return [(error.column, error.value, error.reason) for error in taken(**cells).errors]


def test_every_cell_is_cleaned_as_its_column_asks():
    intake = taken(
        until="至今", yuan="１０元", kind=" 乙 ", who="王伟、李四", note=" a \n b ", code=12.0
    )

    assert intake.errors == intake.notices == []
    assert intake.rows == [
        {
            "name": "王伟",
            "day": date(2013, 12, 4),
            "until": None,
            "yuan": Decimal(10),
            "kind": "乙",
            "who": ("王伟", "李四"),
            "note": "a\nb",
            "code": "12",
        }
    ]


def test_empty_cells_are_nothing_and_needed_ones_are_missed():
    intake = taken(name="—", day=None)

    assert intake.rows[0]["name"] is None
    assert [(e.column, e.reason, e.mend) for e in intake.errors] == [
        ("name", "没有填姓名。", "请补上。"),
        ("day", "没有填日期。", "请补上。"),
    ]


def test_what_is_wrong_is_named_with_the_cell_as_it_stood():
    assert wrong(day="2013.13.1", yuan=101, kind="丙", code=4e17) == [
        ("day", "2013.13.1", "没有“2013.13.1”这一天。"),
        ("yuan", "101", "数量过大，最多是 100。"),
        ("kind", "丙", "“丙”不在可填的项目里。"),
        ("code", "400000000000000000", "16 位以上的号码被存成了数字，末几位已经丢失。"),
    ]


def test_long_texts_are_refused():
    assert [error[2] for error in wrong(code="长" * 201, note="长" * 5001)] == [
        "内容超过 5000 个字。",
        "内容超过 200 个字。",
    ]


def test_a_day_to_come_is_refused_where_things_have_happened_only():
    assert wrong(day="2013-12-05") == [("day", "2013-12-05", "2013-12-05 还没有到。")]
    assert wrong(until="2099-01-01") == []


def test_a_month_is_told_to_be_read_as_its_first_day():
    [notice] = taken(day="201309").notices

    assert (notice.column, notice.value) == ("day", "201309")
    assert notice.reason == "只写到月，按当月 1 日记。"


def test_the_year_that_dates_leave_out_is_taken_from_the_reader():
    intake = take_cells(LEDGER, {"name": "王伟", "day": "5月4日"}, Reading(TODAY.today, 2012))

    assert intake.rows[0]["day"] == date(2012, 5, 4)


def test_a_table_is_taken_line_by_line_with_its_columns_placed():
    lines = (Line("一", 3, (1, "王伟", "2013-1-1")), Line("一", 5, (2, "", "坏")))

    intake = take_in(LEDGER, Table(("序号", "姓名", "日期"), lines), {1: "name", 2: "day"}, TODAY)

    assert [line.number for line in intake.lines] == [3, 5]
    assert intake.rows[0]["name"] == "王伟"
    assert [(error.index, error.column) for error in intake.errors] == [(1, "name"), (1, "day")]


# --- names that must not be kept ---------------------------------------------------------------------

SECRET = (
    Column("school", "学校", Kind.TEXT),
    Column("pupil", "学生", Kind.TOKEN, required=True, within="school"),
)


def hide(name):
    return f"t-{name.encode().hex():0<20}"[:22]


def test_a_secret_name_becomes_a_token_before_anybody_sees_it():
    ledger = Ledger("aid", "资助", "", SECRET, store=None, conceal=hide)

    intake = take_cells(ledger, {"school": "一小", "pupil": "王小花"}, TODAY)

    assert intake.rows[0]["pupil"] == hide("一小|王小花")
    assert ledger.secret


def test_a_token_stays_as_it_is():
    ledger = Ledger("aid", "资助", "", SECRET, store=None, conceal=hide)
    token = "t-0123456789abcdef0123"

    assert take_cells(ledger, {"pupil": token}, TODAY).rows[0]["pupil"] == token


def test_a_ledger_with_secret_names_and_no_way_to_hide_them_is_a_mistake():
    ledger = Ledger("aid", "资助", "", SECRET, store=None)

    with pytest.raises(LookupError, match="no way"):
        take_cells(ledger, {"pupil": "王小花"}, TODAY)


def test_a_cell_beside_its_error_never_shows_a_secret_name():
    assert shown(SECRET[1], "王小花") == ""
    assert shown(SECRET[0], None) == ""
    assert shown(SECRET[0], Unreadable("…")) == "公式"
    assert shown(SECRET[0], 201309.0) == "201309"


# --- which row is which ------------------------------------------------------------------------------


def by_name(record):
    return record["name"]


def test_an_equal_record_is_taken_before_one_of_the_same_key():
    standing = [({"name": "王", "x": "1"}, "first"), ({"name": "王", "x": "2"}, "second")]
    records = [{"name": "王", "x": "2"}, {"name": "王", "x": "3"}, {"name": "王", "x": "4"}, None]

    found = pair(records, standing, by_name)

    assert [one and one[1] for one in found] == ["second", "first", None, None]


def test_a_row_is_new_the_same_or_changed_cell_by_cell():
    before, after = {"name": "王", "x": "1"}, {"name": "王", "x": "2"}

    assert compare(None, after, dict).state is State.NEW
    assert compare(after, after, dict) == Step(State.SAME)
    changed = compare(before, after, dict)
    assert [(c.column, c.before, c.after) for c in changed.changes] == [("x", "1", "2")]


def test_each_value_has_one_writing():
    told = (date(2013, 12, 4), Decimal("1.50"), Decimal("1E+3"), ("王",), (), "字", None)

    assert [canonical(value) for value in told] == [
        "2013-12-04",
        "1.5",
        "1000",
        ["王"],
        None,
        "字",
        None,
    ]


def test_a_plan_counts_its_steps_and_has_a_fingerprint():
    one = Plan([{}], [Step(State.NEW)])
    other = Plan([{}], [Step(State.SAME)])

    assert (one.count(State.NEW), one.count(State.SAME), one.refused) == (1, 0, False)
    assert one.fingerprint() == Plan([{}], [Step(State.NEW)]).fingerprint()
    assert one.fingerprint() != other.fingerprint()


def test_a_chapter_is_told_in_one_breath():
    assert Chapter(NINE, "作废", "苏禾", "写错").told == "作废 · 苏禾：写错"
    assert Chapter(NINE, "记入").told == "记入"
    assert LEDGER.column("day").title == "日期"


def test_a_secret_name_is_taken_out_of_the_other_cells_of_its_row():
    columns = (*SECRET, Column("matter", "事项", Kind.WORDS))
    ledger = Ledger("aid", "资助", "", columns, store=None, conceal=hide)
    cells = {"school": "一小", "pupil": "王小花", "matter": "给王小花家修屋，王小花满意"}

    (row,) = take_cells(ledger, cells, TODAY).rows

    assert row["matter"] == "给〔本人〕家修屋，〔本人〕满意"
    assert "王小花" not in repr(row)


def test_a_single_sign_is_no_name_to_take_out_of_other_cells():
    columns = (*SECRET, Column("matter", "事项", Kind.WORDS))
    ledger = Ledger("aid", "资助", "", columns, store=None, conceal=hide)

    (row,) = take_cells(ledger, {"school": "一小", "pupil": "王", "matter": "王庄修屋"}, TODAY).rows

    assert row["matter"] == "王庄修屋"
    assert row["pupil"] != "王"


def test_a_plan_with_another_error_has_another_fingerprint():
    def plan(*errors):
        return Plan([{}], [Step(State.NEW)], list(errors)).fingerprint()

    one, other = (
        CellError(0, "name", "王", "没有这个人。"),
        CellError(1, "name", "王", "没有这个人。"),
    )

    assert len({plan(), plan(one), plan(other)}) == 3
    assert plan(one) == plan(one)
