"""The pages of the ledgers, as the cast meets them."""

import zlib
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from python_calamine import CalamineWorkbook

from taihua.kernel.org.models import Person, Unit
from taihua.kernel.records.queries import statements
from taihua.rooms.ledgers.models import TitleChoice, Turn, Upload
from tests.rooms.ledgers.sheets import as_file, csv, xlsx

HEADER = ("姓名", "日期", "调研单位", "天数", "调研主题")
VISIT = ("林知远", "2013.11.4", "苔花一小", "半天", "课堂教学")

ALL_OUT = {f"column-{at}": "-" for at in range(4)}

pytestmark = pytest.mark.usefixtures("demonstration_day")


@pytest.fixture
def demonstration_day(settings):
    with time_machine.travel("2013-12-04T10:00:00+08:00", tick=False):
        yield


@pytest.fixture
def clerk(su, logged_in):
    return logged_in(su)


@pytest.fixture
def everybody(lin, zhou, shen, wu, su, zheng):
    """The whole cast, so that names in sheets are known."""


def hand_in(browser, content, ledger="visits", name="调研台账.xlsx", **more):
    address = reverse("ledgers:import", args=[ledger])
    return browser.post(address, {"sheet": as_file(content, name), **more}, follow=True)


def confirm(browser, page):
    upload = page.context["upload"]
    address = reverse("ledgers:confirm", args=[upload.ledger, upload.pk])
    seen = page.context["preview"].fingerprint()
    return browser.post(address, {"seen": seen}, follow=True)


def text(page):
    """What a page says, its blanks evened out."""
    return " ".join(page.content.decode().split())


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


# --- names that must not be kept -----------------------------------------------------------------

AID = ("学校", "发放日期", "学生", "资助项目", "金额")


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


# --- seeing, exporting, single rows ----------------------------------------------------------------


@pytest.fixture
def visits(everybody, clerk):
    rows = [
        VISIT,
        ("周明", "2013-11-05", "苔花二小", 1, "安全"),
        ("吴江", "2013-11-06", "苔花一小", 1, "听课"),
        ("沈青", "2013-11-07", "苔花二小", 1, "听课"),
    ]
    confirm(clerk, hand_in(clerk, xlsx(HEADER, *rows)))


def names(page):
    return {row.cells[0].value for row in page.context["page"]}


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("su", {"林知远", "周明", "吴江", "沈青"}),
        ("zheng", {"林知远", "周明", "吴江", "沈青"}),
        ("lin", {"林知远", "周明", "吴江", "沈青"}),
        ("zhou", {"周明"}),
        ("shen", {"沈青"}),
        ("wu", {"吴江"}),
    ],
)
def test_everybody_sees_what_is_theirs(visits, logged_in, request, who, seen):
    browser = logged_in(request.getfixturevalue(who))

    page = browser.get(reverse("ledgers:ledger", args=["visits"]))

    assert names(page) == seen
    assert f"共 {len(seen)} 条" in text(page)


def test_the_sentence_of_filters_narrows_the_rows(visits, clerk, school):
    address = reverse("ledgers:ledger", args=["visits"])

    assert names(clerk.get(address, {"unit": school.pk, "year": "2013"})) == {"沈青"}
    assert names(clerk.get(address, {"name": "周", "year": ""})) == {"周明"}
    assert names(clerk.get(address, {"year": "2012"})) == set()
    assert names(clerk.get(address, {"year": "nonsense"})) == {"林知远", "周明", "吴江", "沈青"}


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_is_exported_comes_back_as_the_same(visits, clerk, form):
    exported = clerk.get(reverse("ledgers:export", args=["visits"]), {"form": form, "year": ""})

    preview = hand_in(clerk, exported.content, name=f"导出.{form}")

    assert "新增 0，更正 0，不变 4" in text(preview)
    assert "attachment" in exported.headers["Content-Disposition"]


@pytest.mark.parametrize(("out", "back"), [("en", "zh-hans"), ("zh-hans", "en")])
def test_what_is_exported_in_one_language_comes_back_in_the_other(visits, clerk, out, back):
    clerk.cookies["django_language"] = out
    exported = clerk.get(reverse("ledgers:export", args=["visits"]), {"form": "xlsx", "year": ""})
    clerk.cookies["django_language"] = back

    preview = hand_in(clerk, exported.content, name="visits.xlsx").context["preview"]

    assert preview.counts == {"new": 0, "changed": 0, "same": 4}


def test_a_blank_sheet_has_the_columns_and_nothing_else(everybody, clerk):
    blank = clerk.get(reverse("ledgers:blank", args=["visits"]))

    rows = CalamineWorkbook.from_filelike(BytesIO(blank.content)).get_sheet_by_index(0).to_python()
    assert rows[0][:3] == ["调研人", "单位", "日期"]
    assert len(rows) == 1


def ref_of(browser, name="林知远"):
    page = browser.get(reverse("ledgers:ledger", args=["visits"]), {"name": name, "year": ""})
    return page.context["page"][0].ref


def test_a_row_tells_who_entered_it_and_what_befell_it(visits, clerk):
    ref = ref_of(clerk)
    page = text(clerk.get(reverse("ledgers:row", args=["visits", ref])))

    assert "记入 · 苏禾" in page
    assert "课堂教学" in page


def test_a_row_out_of_sight_is_not_there(visits, clerk, shen, wu, zheng, logged_in):
    ref = ref_of(clerk)

    for somebody in (shen, wu):
        for page in ("row", "correct", "void"):
            address = reverse(f"ledgers:{page}", args=["visits", ref])
            assert logged_in(somebody).get(address).status_code == 404
    auditor = logged_in(zheng)
    assert auditor.get(reverse("ledgers:row", args=["visits", ref])).status_code == 200
    assert auditor.get(reverse("ledgers:correct", args=["visits", ref])).status_code == 404


def test_a_row_is_corrected_with_a_reason(visits, clerk):
    address = reverse("ledgers:correct", args=["visits", ref_of(clerk)])
    row = {
        "person": "林知远",
        "day": "2013-11-04",
        "place": "苔花一小",
        "days": "1",
        "topic": "课堂教学",
    }

    refused = clerk.post(address, row)
    assert "更正原因" in text(refused)

    done = clerk.post(address, row | {"reason": "其实是一天"}, follow=True)
    assert "已更正" in text(done)
    assert statements().get(person__name="林知远").hundredths == 100
    history = text(clerk.get(reverse("ledgers:row", args=["visits", ref_of(clerk)])))
    assert "作废 · 苏禾：其实是一天" in history


def test_a_correction_with_a_wrong_cell_keeps_what_was_typed(visits, clerk):
    address = reverse("ledgers:correct", args=["visits", ref_of(clerk)])
    row = {
        "person": "林之远",
        "day": "2013-11-04",
        "place": "苔花九小",
        "topic": "新题目",
        "reason": "改",
    }

    page = text(clerk.post(address, row))

    assert "没有“苔花九小”这个单位。" in page
    assert 'value="新题目"' in page


def test_a_row_is_voided_with_a_reason(visits, clerk):
    ref = ref_of(clerk)

    clerk.post(reverse("ledgers:void", args=["visits", ref]), {"reason": "重复了"})

    assert not statements().filter(person__name="林知远").exists()
    page = text(clerk.get(reverse("ledgers:row", args=["visits", ref])))
    assert "这一条已经作废" in page
    assert clerk.get(reverse("ledgers:correct", args=["visits", ref])).status_code == 200


def test_a_member_enters_their_own_row_and_no_other(everybody, wu, logged_in):
    browser = logged_in(wu)
    row = {
        "person": "林知远",
        "day": "2013-12-01",
        "place": "苔花一小",
        "days": "1",
        "topic": "听课",
    }

    page = browser.post(reverse("ledgers:add", args=["visits"]), row, follow=True)

    assert "已记入《下基层调研台账》。" in text(page)
    assert statements().get().person == wu


def test_a_ledger_that_members_do_not_keep_is_closed_to_them(everybody, wu, logged_in):
    assert logged_in(wu).get(reverse("ledgers:add", args=["meetings"])).status_code == 404


@pytest.mark.parametrize("page", ["add", "import"])
def test_a_unit_clerk_writes_for_the_own_unit_only(everybody, shen, logged_in, page):
    browser = logged_in(shen)

    if page == "add":
        row = {"person": "吴江", "day": "2013-12-01", "place": "苔花一小", "topic": "听课"}
        answer = browser.post(reverse("ledgers:add", args=["visits"]), row)
    else:
        answer = hand_in(browser, xlsx(HEADER, ("吴江", "2013-12-01", "苔花一小", 1, "听课")))

    assert "这一行不归您登记。" in text(answer)
    assert hand_in(browser, b"x", ledger="roster").status_code == 404


def test_a_row_that_is_there_already_is_not_entered_twice(visits, clerk):
    address = reverse("ledgers:add", args=["visits"])
    row = {
        "person": "林知远",
        "day": "2013-11-04",
        "place": "苔花一小",
        "days": "0.5",
        "topic": "课堂教学",
    }

    assert "台账里已经有这一行了。" in text(clerk.post(address, row))
    assert "到那一行里更正" in text(clerk.post(address, row | {"days": "1"}))


def test_strangers_and_members_have_no_way_in(everybody, wu, client, logged_in):
    address = reverse("ledgers:import", args=["visits"])

    assert client.get(address).status_code == 302
    assert logged_in(wu).get(address).status_code == 403
    assert logged_in(wu).get(reverse("ledgers:ledger", args=["nothing"])).status_code == 404


def test_the_list_of_ledgers_names_them_all(everybody, clerk):
    page = text(clerk.get(reverse("ledgers:index")))

    for title in ("花名册", "下基层调研台账", "帮扶台账", "会议台账", "轮流授课台账", "讲坛台账"):
        assert title in page


# --- the roster ------------------------------------------------------------------------------------


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


def test_every_ledger_shows_its_pages(visits, clerk):
    codes = [
        ledger.code
        for group in clerk.get(reverse("ledgers:index")).context["groups"]
        for ledger in group.ledgers
    ]

    for code in codes:
        for page in ("ledger", "add", "import", "export", "blank"):
            assert clerk.get(reverse(f"ledgers:{page}", args=[code])).status_code == 200


@pytest.mark.parametrize("count", [1, 3, 24])
def test_a_ledger_costs_the_same_however_many_rows(
    everybody, clerk, count, django_assert_max_num_queries
):
    rows = [("林知远", "2013-11-04", "苔花一小", 1, f"题{number}") for number in range(count)]
    confirm(clerk, hand_in(clerk, xlsx(HEADER, *rows)))

    with django_assert_max_num_queries(14):
        clerk.get(reverse("ledgers:ledger", args=["visits"]))
