"""The way in: a sheet is brought, placed, looked at and confirmed."""

from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from python_calamine import CalamineWorkbook

from taihua.kernel.records.queries import statements
from taihua.rooms.ledgers import forms
from taihua.rooms.ledgers.models import TitleChoice, Upload
from tests.rooms.ledgers.browsing import HEADER, VISIT, confirm, hand_in, text
from tests.rooms.ledgers.sheets import csv, xlsx

ALL_OUT = {f"column-{at}": "-" for at in range(4)}

pytestmark = pytest.mark.usefixtures("demonstration_day")


def test_a_sheet_is_handed_in_looked_at_and_confirmed(everybody, clerk):
    preview = hand_in(clerk, xlsx(HEADER, VISIT, title="2013 年下基层调研台账"))

    assert "新增 1，更正 0，不变 0" in text(preview)
    assert statements().count() == 0

    done = confirm(clerk, preview)

    statement = statements().get()
    assert "已导入下基层调研台账" in text(done)
    assert (statement.person.name, statement.hundredths) == ("林知远", 50)
    assert statement.entered_by.person.name == "苏禾"
    upload = Upload.objects.get()
    assert (upload.body, upload.outcome) == (None, {"new": 1, "changed": 0, "same": 0})


def test_the_same_sheet_again_changes_nothing_and_says_so(everybody, clerk):
    sheet = xlsx(HEADER, VISIT)
    confirm(clerk, hand_in(clerk, sheet))

    preview = hand_in(clerk, sheet)
    assert "这个文件已在" in text(preview)
    assert "新增 0，更正 0，不变 1" in text(preview)

    confirm(clerk, preview)
    assert statements().count() == 1


def test_errors_stand_in_their_cells_and_nothing_can_be_imported(everybody, clerk):
    preview = hand_in(clerk, xlsx(HEADER, ("林之远", "2013.13.1", "苔花一小", -1, "课堂")))

    page = text(preview)
    assert "有 3 格要改" in page
    assert "没有“林之远”这个人。是不是“林知远”？" in page
    assert "没有“2013.13.1”这一天。" in page
    assert "数量不能是负数。" in page
    assert confirm(clerk, preview).redirect_chain
    assert statements().count() == 0


def test_the_marked_copy_colours_what_is_wrong_and_can_come_back(everybody, clerk):
    preview = hand_in(clerk, xlsx(HEADER, VISIT, ("林之远", "2013.11.5", "苔花一小", 1, "课堂")))
    upload = preview.context["upload"]

    copy = clerk.get(reverse("ledgers:marked", args=["visits", upload.pk]))

    rows = CalamineWorkbook.from_filelike(BytesIO(copy.content)).get_sheet_by_index(0).to_python()
    assert rows[0] == [*HEADER, "要改的地方"]
    assert rows[1][-1] == ""
    assert rows[2][-1] == "调研人：没有“林之远”这个人。是不是“林知远”？"
    again = hand_in(clerk, copy.content)
    assert "有 1 格要改" in text(again)


def test_columns_nobody_knows_are_asked_for_once(everybody, clerk):
    header = ("姓名", "日期", "去了哪里", "调研主题", "天气")
    sheet = xlsx(header, ("林知远", "2013-11-04", "苔花一小", "课堂", "晴"))

    asked = hand_in(clerk, sheet)
    assert "哪一列是哪一列" in text(asked)
    upload = asked.context["upload"]
    answers = {
        f"column-{at}": code for at, code in enumerate(("person", "day", "place", "topic", "-"))
    }
    preview = clerk.post(reverse("ledgers:match", args=["visits", upload.pk]), answers, follow=True)

    assert "可以导入了" in text(preview)
    assert "没有导入的列：天气" in text(preview)
    assert TitleChoice.objects.get(title="去了哪里").column == "place"
    assert "可以导入了" in text(hand_in(clerk, sheet))


def test_two_titles_for_one_column_and_a_lacking_column_are_refused(everybody, clerk):
    sheet = xlsx(("姓名", "甲", "乙", "丙"), ("林知远", 1, 2, 3))
    upload = hand_in(clerk, sheet).context["upload"]
    address = reverse("ledgers:match", args=["visits", upload.pk])

    twice = clerk.post(
        address, ALL_OUT | {"column-0": "person", "column-1": "day", "column-2": "day"}
    )
    lacking = clerk.post(address, ALL_OUT | {"column-0": "person"})

    assert "有两列对到了同一列" in text(twice)
    assert "表里缺少必填的列：日期、调研单位、调研主题。" in text(lacking)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "空的"),
        (b"%PDF-1.7 nothing", "不是表格"),
        (b"<html><table></table></html>", "网页"),
        (csv(("姓名", "日期"), ("林知远", "2013-11-04")), "缺少必填的列：调研单位、调研主题"),
        (csv(("一张没有表头的表",), ("什么也没有",)), "没有找到表头"),
        (csv(HEADER), "表头下面没有数据"),
    ],
)
def test_what_is_no_sheet_is_refused_beside_its_field(everybody, clerk, content, reason):
    page = hand_in(clerk, content)

    assert reason in text(page)
    assert Upload.objects.count() == 0


def test_dates_without_a_year_are_asked_for(everybody, clerk):
    preview = hand_in(clerk, xlsx(HEADER, ("林知远", "11月4日", "苔花一小", 1, "课堂")))
    assert "“11月4日”没有写年份。" in text(preview)
    upload = preview.context["upload"]

    told = clerk.post(
        reverse("ledgers:year", args=["visits", upload.pk]), {"year": "2013"}, follow=True
    )

    assert "可以导入了" in text(told)


def test_a_day_to_come_is_no_record(everybody, clerk):
    preview = hand_in(clerk, xlsx(HEADER, ("林知远", "2013-12-05", "苔花一小", 1, "课堂")))

    assert "2013-12-05 还没有到。" in text(preview)


def test_a_second_click_imports_nothing_twice(everybody, clerk):
    preview = hand_in(clerk, xlsx(HEADER, VISIT))
    confirm(clerk, preview)

    again = confirm(clerk, preview)

    assert "这份表已经导入过了，没有再导一次。" in text(again)
    assert statements().count() == 1


def test_two_clerks_at_once_are_told(everybody, clerk, keeper, logged_in):
    mine = hand_in(clerk, xlsx(HEADER, VISIT))
    other = logged_in(keeper)
    confirm(other, hand_in(other, xlsx(HEADER, VISIT)))

    late = confirm(clerk, mine)

    assert "keeper也导入了这本台账，结果会不一样。" in text(late)
    assert "不变 1" in text(late)
    assert statements().count() == 1


def test_a_waiting_sheet_is_its_owners_alone_and_can_be_dropped(
    everybody, clerk, keeper, logged_in
):
    upload = hand_in(clerk, xlsx(HEADER, VISIT)).context["upload"]
    address = reverse("ledgers:preview", args=["visits", upload.pk])

    assert logged_in(keeper).get(address).status_code == 404
    assert "您上传的“调研台账.xlsx”还没有导入" in text(
        clerk.get(reverse("ledgers:ledger", args=["visits"]))
    )

    clerk.post(reverse("ledgers:drop", args=["visits", upload.pk]))
    assert clerk.get(address).status_code == 404


def test_what_changes_is_struck_out_beside_what_it_becomes(visits, clerk):
    preview = hand_in(clerk, xlsx(HEADER, (*VISIT[:4], "校园安全")))

    page = text(preview)
    assert "<del>课堂教学</del>" in page
    assert "校园安全</ins>" in page
    confirm(clerk, preview)
    assert statements().get(person__name="林知远").object_label == "校园安全"


@pytest.mark.parametrize("show", ["all", "new", "same", "notices", "nonsense"])
def test_a_preview_can_be_looked_at_in_parts(visits, clerk, show):
    rows = [VISIT, ("周明", "2013.10", "苔花一小", 1, "课堂")]
    upload = hand_in(clerk, xlsx(HEADER, *rows)).context["upload"]

    page = clerk.get(reverse("ledgers:preview", args=["visits", upload.pk]), {"show": show})

    shown = {"all": 2, "new": 1, "same": 1, "notices": 1, "nonsense": 2}
    assert len(page.context["rows"]) == shown[show]


def test_a_year_that_is_none_is_told(everybody, clerk):
    upload = hand_in(clerk, xlsx(HEADER, VISIT)).context["upload"]

    page = clerk.post(
        reverse("ledgers:year", args=["visits", upload.pk]), {"year": "后年"}, follow=True
    )

    assert "年份要写四位数字" in text(page)


def test_an_imported_sheet_has_nothing_left_to_place_or_mark(everybody, clerk):
    preview = hand_in(clerk, xlsx(HEADER, VISIT))
    confirm(clerk, preview)
    address = ["visits", preview.context["upload"].pk]

    assert clerk.get(reverse("ledgers:match", args=address)).status_code == 302
    assert clerk.get(reverse("ledgers:marked", args=address)).status_code == 404
    clerk.post(reverse("ledgers:drop", args=address))
    assert Upload.objects.count() == 1


def test_a_sheet_that_lacks_columns_is_sent_to_be_placed(everybody, clerk):
    upload = hand_in(clerk, xlsx(("姓名", "甲"), ("林知远", 1))).context["upload"]

    page = clerk.get(reverse("ledgers:preview", args=["visits", upload.pk]))

    assert page.url == reverse("ledgers:match", args=["visits", upload.pk])


def test_sheets_left_waiting_for_a_week_are_cleared_away(everybody, clerk):
    hand_in(clerk, xlsx(HEADER, VISIT))
    with time_machine.travel("2013-12-12T10:00:00+08:00", tick=False):
        hand_in(clerk, xlsx(HEADER, (*VISIT[:4], "别的")))

    assert Upload.objects.count() == 1


def test_a_file_beyond_the_limit_is_refused(everybody, clerk, monkeypatch):
    monkeypatch.setattr(forms, "LARGEST_FILE", 10)

    assert "文件超过 20 MB" in text(hand_in(clerk, xlsx(HEADER, VISIT)))


def test_a_change_by_nobody_known_is_told_too(everybody, clerk):
    preview = hand_in(clerk, xlsx(HEADER, VISIT))
    confirm(clerk, hand_in(clerk, xlsx(HEADER, VISIT)))
    Upload.objects.filter(done_at__isnull=False).update(by=None)

    late = confirm(clerk, preview)

    assert "预览之后台账有了变化，结果会不一样。" in text(late)
