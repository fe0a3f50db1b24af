"""Cells as clerks fill them: understood, or refused each in its place with how to mend it."""

from datetime import date
from decimal import Decimal

import pytest

from taihua.kernel.records.queries import statements
from tests.base.sheets.files import repacked
from tests.factories import PersonFactory, TermFactory
from tests.rooms.ledgers.browsing import HEADER
from tests.rooms.ledgers.messy import NOVEMBER, book
from tests.rooms.ledgers.trying import column_of, errors, tried, visit

pytestmark = pytest.mark.usefixtures("everybody")

FOURTH = date(2013, 11, 4)


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
