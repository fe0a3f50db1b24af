"""A sheet on its way in while the plug is pulled, the disk fills up, or somebody else imports it too."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.rooms.ledgers.sheets import xlsx
from tests.serving import environment, taihua

ROWS = 60
SETTLE = """
from datetime import date
from taihua.kernel.org.models import Person, Unit
Unit.objects.create(code="s", name="苔花一小", kind="school", opened=date(2005, 1, 1))
Person.objects.create(code="lin", name="林知远")
"""
STOP_HALF_WAY = """
import sys, time
from django.core.management import call_command
from taihua.kernel.records.ledgers import store
whole = store.record_many
def half(drafts, **told):
    whole(drafts[: len(drafts) // 2], **told)
    sys.stdout.write("HALF\\n")
    sys.stdout.flush()
    time.sleep(120)
store.record_many = half
call_command("import", "visits", {sheet!r})
"""
ON_A_FULL_DISK = """
from django.core.management import call_command
from django.db import connection
with connection.cursor() as cursor:
    pages = cursor.execute("PRAGMA page_count").fetchone()[0]
    cursor.execute(f"PRAGMA max_page_count = {{pages + 2}}")
call_command("import", "visits", {sheet!r})
"""


@pytest.fixture(scope="module")
def settled(empty_house, tmp_path_factory):
    """A house with one school and one person."""
    home = Path(shutil.copytree(empty_house, tmp_path_factory.mktemp("settled") / "home"))
    taihua(home, "shell", "-v0", "-c", SETTLE)
    return home


@pytest.fixture
def office(settled, tmp_path):
    """A house of one's own, and a sheet of visits."""
    home = Path(shutil.copytree(settled, tmp_path / "home"))
    rows = [("林知远", "2013-11-04", "苔花一小", 1, f"第{number}题") for number in range(ROWS)]
    sheet = home / "visits.xlsx"
    sheet.write_bytes(xlsx(("姓名", "日期", "调研单位", "天数", "调研主题"), *rows))
    return home, sheet


def on_record(home):
    with closing(sqlite3.connect(home / "taihua.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return database.execute("SELECT count(*) FROM records_statement").fetchone()[0]


def started(home, *words):
    return subprocess.Popen(
        [sys.executable, "-m", "taihua", *words],
        env=environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_kill_9_in_the_middle_of_an_import_leaves_nothing_and_it_can_be_done_again(office):
    home, sheet = office
    cut = started(home, "shell", "-v0", "-c", STOP_HALF_WAY.format(sheet=str(sheet)))
    assert cut.stdout.readline() == "HALF\n"

    cut.kill()
    cut.wait()
    cut.stdout.close()

    assert on_record(home) == 0
    assert f"新增 {ROWS}，更正 0，不变 0" in taihua(home, "import", "visits", str(sheet))
    assert on_record(home) == ROWS


def test_a_disk_that_fills_up_leaves_nothing(office):
    home, sheet = office

    said = taihua(home, "shell", "-v0", "-c", ON_A_FULL_DISK.format(sheet=str(sheet)), code=1)

    assert "disk is full" in said
    assert on_record(home) == 0


def test_two_who_import_the_same_sheet_at_once_write_it_once(office):
    home, sheet = office

    both = [started(home, "import", "visits", str(sheet)) for _each in range(2)]
    said = sorted(each.communicate(timeout=120)[0].splitlines()[-1] for each in both)

    assert said == [
        f"已导入：{ROWS} 行，新增 0，更正 0，不变 {ROWS}",
        f"已导入：{ROWS} 行，新增 {ROWS}，更正 0，不变 0",
    ]
    assert on_record(home) == ROWS
