"""Aid that schools pay: counted to the cent, by pupil and not by name."""

from datetime import date
from fractions import Fraction

import pytest

from taihua.kernel import house
from taihua.kernel.measures.queries import value
from taihua.kernel.records.queries import statements
from taihua.rooms.ledgers.actions import Sent, import_file
from tests.factories import NINE
from tests.rooms.ledgers.sheets import csv, xlsx

HEADER = ("学校", "发放日期", "学生", "资助项目", "金额", "公示情况", "签收情况")
PAID = ("苔花一小", "2013-04-18", "王小花", "生活补助", "312.55", "已公示", "已签收")

pytestmark = pytest.mark.usefixtures("school", "other_school", "su")


@pytest.fixture
def paid():
    """Import these payments; gives the preview."""

    def bring(*rows, header=HEADER):
        sent = Sent(name="发放.xlsx", content=xlsx(header, *rows))
        return import_file(house.ledgers()["aid"], sent, at=NINE, dry_run=False)

    return bring


def counted(code):
    figure = house.figures()[code]
    return value(figure, first=date(2013, 1, 1), last=date(2013, 12, 31)).number


def changed(row=PAID, **changes):
    named = dict(
        zip(("school", "day", "pupil", "item", "yuan", "notice", "receipt"), row, strict=True)
    )
    return tuple((named | changes).values())


def test_the_sum_is_kept_to_the_cent(paid):
    paid(PAID, changed(pupil="李草", yuan="0.45"), changed(pupil="张三", yuan="1,000.01"))

    assert counted("care.aid_yuan") == Fraction(131_301, 100)


def test_a_pupil_is_counted_once_however_often_and_apart_from_a_namesake(paid):
    paid(
        PAID,
        changed(day="2013-10-22", pupil=" 王 小花 "),
        changed(school="苔花二小"),
        changed(pupil="王小花（三班）"),
    )

    assert counted("care.pupils") == 3
    assert counted("care.schools") == 2


def test_what_was_announced_and_signed_for_is_counted_where_it_is_written(paid):
    paid(PAID, changed(pupil="甲生", notice=""), changed(pupil="乙生", notice="", receipt=""))

    assert counted("care.announced") == 1
    assert counted("care.announced_share") == Fraction(1, 3)
    assert counted("care.received_share") == Fraction(2, 3)


def test_no_name_is_on_record_anywhere(paid):
    paid(changed(item="王小花的生活补助", notice="王小花已公示"))

    kept = [str(vars(one)) for one in statements()]
    assert len(kept) == 3
    assert "王小花" not in "".join(kept)


@pytest.mark.parametrize("name", ["身份证号", "家长姓名", "联系电话", "银行卡号", "家庭住址"])
def test_what_need_not_be_known_is_left_out_without_asking(paid, name):
    found = paid((*PAID, "320705200001010000"), header=(*HEADER, name))

    assert found.errors == {}
    assert "320705200001010000" not in str([vars(one) for one in statements()])


@pytest.mark.parametrize(
    ("changes", "column", "reason"),
    [
        ({"yuan": "-1"}, "yuan", "数量不能是负数。"),
        ({"yuan": "50000.01"}, "yuan", "数量过大，最多是 50000。"),
        ({"yuan": ""}, "yuan", "没有填金额。"),
        ({"yuan": "1.005"}, "yuan", "小数超过两位。"),
        ({"pupil": ""}, "pupil", "没有填学生。"),
        ({"item": "  "}, "item", "没有填资助项目。"),
        ({"day": "2013-12-05"}, "day", "2013-12-05 还没有到。"),
        ({"school": "苔花三小"}, "unit", "没有“苔花三小”这个单位。"),
    ],
)
def test_a_payment_that_cannot_be_is_refused_by_cell(paid, changes, column, reason):
    found = paid(
        PAID, changed(pupil="李草", **changes) if "pupil" not in changes else changed(**changes)
    )

    [error] = found.errors[1]
    assert (error.column, error.reason) == (column, reason)
    assert not statements().exists()


def test_the_largest_sum_is_taken(paid):
    assert paid(changed(yuan="50000")).errors == {}


def test_the_same_payments_again_are_the_same_whatever_the_file(paid):
    paid(PAID)
    content = csv(HEADER, changed(yuan="￥312.55", day="2013年4月18日"), encoding="gb18030")

    again = import_file(
        house.ledgers()["aid"], Sent(name="x", content=content), at=NINE, dry_run=False
    )

    assert again.counts == {"new": 0, "changed": 0, "same": 1}
    assert counted("care.aid_yuan") == Fraction(31_255, 100)


def test_a_sum_put_right_replaces_the_wrong_one(paid):
    paid(PAID)

    again = paid(changed(yuan="300"))

    assert again.counts == {"new": 0, "changed": 1, "same": 0}
    assert counted("care.aid_yuan") == 300


def test_a_school_that_planned_and_paid_nothing_is_seen(paid):
    header = ("单位", "类别", "制定日期", "内容")
    rows = [(school, "学生资助", "2013-02-01", "春季资助") for school in ("苔花一小", "苔花二小")]
    sent = Sent(name="计划.xlsx", content=xlsx(header, *rows))
    import_file(house.ledgers()["aid-plans"], sent, at=NINE, dry_run=False)
    paid(PAID)

    assert counted("care.planned") == 2
    assert counted("care.paid_share") == Fraction(1, 2)
