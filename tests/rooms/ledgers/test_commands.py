"""`taihua import` and `taihua export`."""

import json

import pytest
import time_machine
from django.core.management import CommandError, call_command
from python_calamine import CalamineWorkbook

from taihua.kernel.records.queries import statements
from tests.rooms.ledgers.sheets import csv, xlsx

HEADER = ("姓名", "日期", "调研单位", "天数", "调研主题", "天气")
VISIT = ("林知远", "2013.11", "苔花一小", "半天", "课堂教学", "晴")
WRONG = ("林之远", "2013.11.5", "苔花一小", 1, "安全", "雨")


@pytest.fixture(autouse=True)
def demonstration_day():
    with time_machine.travel("2013-12-04T10:00:00+08:00", tick=False):
        yield


@pytest.fixture
def run(lin, school, capsys):
    """Runs a command; gives what it printed, and how it refused."""

    def run(*arguments):
        refusal = None
        try:
            call_command(*map(str, arguments))
        except CommandError as refused:
            refusal = refused
        return capsys.readouterr().out, refusal

    return run


@pytest.fixture
def sheet(tmp_path):
    def sheet(*rows, name="台账.xlsx"):
        path = tmp_path / name
        path.write_bytes(csv(*rows) if name.endswith(".csv") else xlsx(*rows))
        return path

    return sheet


def test_import_tells_what_it_did(run, sheet):
    said, refusal = run("import", "visits", sheet(HEADER, VISIT, ("合计", "", "", 1, "", "")))

    assert refusal is None
    assert said.splitlines() == [
        "Sheet1 第 2 行 日期：2013.11 只写到月，按当月 1 日记。",
        "第 3 行是合计行，没有导入。",
        "没有导入的列：天气",
        "已导入：1 行，新增 1，更正 0，不变 0",
    ]
    assert statements().get().person.name == "林知远"


def test_a_dry_run_writes_nothing(run, sheet):
    said, refusal = run("import", "visits", sheet(HEADER, VISIT), "--dry-run")

    assert refusal is None
    assert "没有导入：1 行，新增 1" in said
    assert not statements().exists()


def test_errors_are_told_by_cell_and_nothing_is_written(run, sheet):
    said, refusal = run("import", "visits", sheet(HEADER, VISIT, WRONG))

    assert "Sheet1 第 3 行 调研人：林之远 没有“林之远”这个人。是不是“林知远”？" in said
    assert (str(refusal), refusal.returncode) == ("有 1 格要改，什么都没有导入。", 1)
    assert not statements().exists()


def test_json_has_every_finding(run, sheet):
    said, refusal = run("import", "visits", sheet(HEADER, VISIT, WRONG), "--json")

    told = json.loads(said)
    assert refusal.returncode == 1
    assert (told["rows"], told["new"], told["imported"]) == (2, 2, False)
    assert told["left_out"] == ["天气"]
    [error] = told["errors"]
    assert (error["row"], error["column"], error["value"]) == (3, "调研人", "林之远")
    assert [notice["column"] for notice in told["notices"]] == ["日期"]


def test_dates_without_a_year_take_the_one_given(run, sheet):
    row = ("林知远", "11月4日", "苔花一小", 1, "课堂", "晴")

    assert run("import", "visits", sheet(HEADER, row))[1].returncode == 1
    assert run("import", "visits", sheet(HEADER, row), "--year", "2012")[1] is None
    assert statements().get().day.year == 2012


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (("import", "nothing", "x"), 2, "没有台账 nothing"),
        (("import", "visits", "no-such.xlsx"), 2, "没有文件"),
        (("export", "nothing", "x.xlsx"), 2, "没有台账 nothing"),
        (("export", "visits", "x.doc"), 2, "结尾"),
    ],
)
def test_wrong_usage_is_told_apart(run, arguments, code, reason):
    _said, refusal = run(*arguments)

    assert refusal.returncode == code
    assert reason in str(refusal)


def test_a_file_that_is_no_sheet_is_refused(run, tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"%PDF-1.7")

    _said, refusal = run("import", "visits", path)

    assert (refusal.returncode, str(refusal)[:8]) == (1, "这个文件不是表格")


@pytest.mark.parametrize("name", ["out.xlsx", "out.csv"])
def test_what_export_writes_import_reads_as_the_same(run, sheet, tmp_path, name):
    run("import", "visits", sheet(HEADER, VISIT))
    path = tmp_path / name

    said, refusal = run("export", "visits", path, "--year", 2013)

    assert (said, refusal) == (f"{path}：1 行\n", None)
    assert "新增 0，更正 0，不变 1" in run("import", "visits", path)[0]


def test_export_of_another_year_has_only_its_header(run, sheet, tmp_path):
    run("import", "visits", sheet(HEADER, VISIT))
    path = tmp_path / "out.xlsx"

    run("export", "visits", path, "--year", 2012)

    assert len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()) == 1


def test_export_to_where_nothing_can_be_written_says_so(run, sheet, tmp_path):
    run("import", "visits", sheet(HEADER, VISIT))

    said, refusal = run("export", "visits", tmp_path / "nowhere" / "out.csv")

    assert (said, refusal.returncode) == ("", 2)
    assert "No such file or directory。请换个位置再试。" in str(refusal)


# --- sheets to try uploads on -----------------------------------------------------------------------

SOUND = {
    "花名册.xlsx": ("roster", 3),
    "读书台账.csv": ("reading", 6),
    "下基层调研台账.xlsx": ("visits", 6),
    "资助发放台账.xlsx": ("aid", 15),
}


@pytest.fixture
def samples(run, zhou, shen, wu, su, zheng, tmp_path):
    run("samples", tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", SOUND)
def test_a_messy_sample_comes_in_whole(run, samples, name):
    ledger, rows = SOUND[name]

    said, refusal = run("import", ledger, samples / name, "--json")

    assert (refusal, json.loads(said)["new"]) == (None, rows)


def test_the_wrong_sample_is_wrong_in_five_cells(run, samples):
    _said, refusal = run("import", "visits", samples / "有错的调研台账.xlsx")

    assert str(refusal) == "有 5 格要改，什么都没有导入。"


def test_samples_need_somebody_to_be_about(db, tmp_path):
    with pytest.raises(CommandError, match="先导入花名册"):
        call_command("samples", str(tmp_path))
