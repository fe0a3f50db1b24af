"""Names that must not be kept, and the roster."""

import zlib

import pytest
from django.urls import reverse

from taihua.kernel.org.models import Person, Unit
from taihua.kernel.records.queries import statements
from taihua.rooms.ledgers.models import TitleChoice, Turn, Upload
from tests.rooms.ledgers.browsing import AID, confirm, hand_in, names, text
from tests.rooms.ledgers.sheets import as_file, xlsx

pytestmark = pytest.mark.usefixtures("demonstration_day")


def everything_stored():
    """All that this room keeps, as text."""
    uploads = [str(vars(upload)) for upload in Upload.objects.all()]
    kept = Upload.objects.exclude(body=None)
    bodies = [zlib.decompress(bytes(upload.body)).decode() for upload in kept]
    return "".join(uploads + bodies + [str(vars(s)) for s in statements()])


def test_a_pupils_name_is_never_stored_nor_shown(everybody, clerk):
    sheet = xlsx(
        AID,
        ("苔花一小", "2013-10-22", "王小花", "生活补助", "二百元"),
        ("苔花一小", "坏", "李小草", "补助", 1),
    )

    preview = hand_in(clerk, sheet, ledger="aid", name="王小花的表.xlsx")

    assert "王小花" not in text(preview) + everything_stored()
    assert "李小草" not in text(preview) + everything_stored()
    assert "t-" in text(preview)


def test_a_pupil_is_counted_once_in_a_school_and_apart_between_schools(everybody, clerk):
    rows = [
        ("苔花一小", "2013-04-18", "王小花", "生活补助", 200),
        ("苔花一小", "2013-10-22", "王 小花", "生活补助", 200),
        ("苔花二小", "2013-10-22", "王小花", "生活补助", 200),
    ]

    confirm(clerk, hand_in(clerk, xlsx(AID, *rows), ledger="aid"))

    assert len(set(statements().values_list("object_path", flat=True))) == 2


def test_a_sheet_with_names_and_unknown_titles_is_not_kept_until_they_are_placed(everybody, clerk):
    sheet = xlsx(
        ("学校", "发放日期", "孩子", "资助项目", "金额"),
        ("苔花一小", "2013-10-22", "王小花", "补助", 200),
    )

    asked = hand_in(clerk, sheet, ledger="aid")
    assert "平台不暂存原表" in text(asked)
    assert Upload.objects.count() == 0
    assert "王小花" not in text(asked)

    answers = {"title": ["孩子"], "column-0": "pupil", "sheet": as_file(sheet)}
    preview = clerk.post(reverse("ledgers:titles", args=["aid"]), answers, follow=True)
    assert "可以导入了" in text(preview)
    assert "王小花" not in everything_stored()


def test_answers_about_titles_without_the_sheet_are_asked_again(everybody, clerk):
    address = reverse("ledgers:titles", args=["aid"])

    without = clerk.post(address, {"title": ["孩子"], "column-0": "pupil"})
    answers = {"title": ["孩子", "小孩"], "column-0": "pupil", "column-1": "pupil"}
    twice = clerk.post(address, answers | {"sheet": as_file(xlsx(AID))})

    assert "平台不暂存原表" in text(without)
    assert "有两列对到了同一列" in text(twice)
    assert not TitleChoice.objects.exists()


def test_a_messy_roster_makes_units_people_and_membership(db, keeper, logged_in):
    header = ("序号", "姓 名", "性别", "单位", "职务", "政治面貌", "入党时间", "任职时间", "备注")
    rows = [
        (1, "王　伟", "男", "苔花三小", "校长", "中共党员", "2001.7", "２０１０年９月１日", ""),
        (2, "买买提•依明", "男", "苔花三小", "教师", "群众", "", 201309, ""),
        ("合计", 2, "", "", "", "", "", "", ""),
    ]
    browser = logged_in(keeper)

    preview = hand_in(browser, xlsx(header, *rows, title="干部教师花名册"), ledger="roster")
    done = confirm(browser, preview)

    assert "已导入花名册" in text(done)
    assert set(Person.objects.values_list("name", flat=True)) == {"王伟", "买买提·依明"}
    assert {unit.kind for unit in Unit.objects.all()} == {"school", "branch"}
    assert Turn.objects.get().ledger == "roster"
    page = browser.get(reverse("ledgers:ledger", args=["roster"]))
    assert names(page) == {"王伟", "买买提·依明"}
