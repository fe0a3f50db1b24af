"""``taihua samples FOLDER``: messy spreadsheets about the people who are here, to try uploads on."""

import random
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from taihua.base import clock
from taihua.base.output import put
from taihua.kernel.org.ledgers.directory import Directory
from taihua.kernel.org.queries import holders_on, open_units

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
SEED = 2013
type Cells = Sequence[str | int | float]


class Command(BaseCommand):
    """The same house gives the same files."""

    help = "写几张样子很乱的表，供试着导入"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="写到哪个文件夹")
        parser.add_argument("--on", type=date.fromisoformat, help="按哪一天写，默认今天")

    def handle(self, *args: Any, **options: Any) -> None:
        folder, on = options["folder"], options["on"] or clock.today()
        directory = Directory.everybody()
        people = [directory.show_person(person) for person in holders_on(on).order_by("code")]
        schools = [unit.name for unit in open_units(on) if unit.kind == "school"]
        if not people or not schools:
            raise CommandError(_("还没有人员和学校，写不出样表。请先导入花名册。"))
        folder.mkdir(parents=True, exist_ok=True)
        rng = random.Random(SEED)  # noqa: S311  # the same house, the same files
        for name, content in {
            "花名册.xlsx": roster(),
            "读书台账.csv": books(rng, people, on.year),
            "下基层调研台账.xlsx": visits(rng, people, schools, on.year),
            "资助发放台账.xlsx": aid(rng, schools, on.year),
            "有错的调研台账.xlsx": wrong(people, schools, on.year),
        }.items():
            put(folder / name, content)
            self.stdout.write(str(folder / name))


def roster() -> bytes:
    """New people of a new school: merged headers, a hidden sheet, dates in every writing."""
    content = BytesIO()
    book = Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet("苔花九小")
    _head(sheet, "苔花九小干部教师花名册", 9)
    for column, title in enumerate(("序号", "姓名", "单位", "职务", "任职时间")):
        sheet.merge_range(2, column, 3, column, title)
    sheet.merge_range(2, 5, 2, 6, "党员情况")
    sheet.write_row(3, 5, ("政治面貌", "入党时间"))
    for column, title in ((7, "身份证号"), (8, "备注")):
        sheet.merge_range(2, column, 3, column, title)
    rows: list[Cells] = [
        (1, "尚　可", "苔花九小", "校长", "2012.9.1", "中共党员", "2001.07", "", ""),
        (2, "买买提•依明", "苔花九小", "教师", 201309, "群众", "", "", "新调入"),
        (3, "䶮小青", "苔花九小", "教师", "２０１３年９月１日", "中共预备党员", 41455, "", ""),
    ]
    for number, row in enumerate(rows, 4):
        sheet.write_row(number, 0, row)
    _foot(sheet, 4 + len(rows), len(rows))
    book.add_worksheet("旧表").hide()
    book.close()
    return content.getvalue()


def books(rng: random.Random, people: Sequence[str], year: int) -> bytes:
    """A text file in GB18030, as old programs save it."""
    titles = ("论语", "教育的目的", "给教师的建议", "陶行知文集")
    lines = ["读书台账,,,,", "序 号,姓名,书　名,读完日期,备注"]
    for number, name in enumerate(rng.sample(list(people), min(12, len(people))), 1):
        day = f"{year}.{rng.randint(1, 11)}.{rng.randint(1, 28)}"
        lines.append(f"{number},{name},{rng.choice(titles)},{day},")
    lines.append(f"合计,,{len(lines) - 2},,")
    return "\r\n".join(lines).encode("gb18030")


def visits(rng: random.Random, people: Sequence[str], schools: Sequence[str], year: int) -> bytes:
    """Half days, full-width numbers, blanks in names, a column that nobody knows."""
    rows: list[Cells] = []
    for number, name in enumerate(rng.sample(list(people), min(15, len(people))), 1):
        month, day = rng.randint(1, 11), rng.randint(1, 28)
        when = rng.choice((f"{year}年{month}月{day}日", f"{year}/{month}/{day}"))
        days = rng.choice(("半天", "1", "１", "一天", "1.5"))
        topic = rng.choice(("课堂教学", "校园安全", "师资配备"))
        spaced = f"{name[0]}　{name[1]}" if len(name) == 2 else name  # noqa: PLR2004
        rows.append(
            (number, spaced, when.translate(FULL_WIDTH), rng.choice(schools), days, topic, "晴")
        )
    return _book(
        "下基层调研台账", ("序号", "姓名", "时间", "走访学校", "天数", "调研内容", "天气"), rows
    )


def aid(rng: random.Random, schools: Sequence[str], year: int) -> bytes:
    """Names that must not be kept, and sums with their unit."""
    rows: list[Cells] = [
        (number, rng.choice(schools), f"样生{number}", "生活补助", rng.choice(("二百元", "200.00", 200)), f"{year}.10.22")
        for number in range(1, 16)
    ]  # fmt: skip
    titles = ("序号", "学校名称", "学生姓名", "资助项目", "金额（元）", "发放时间")
    return _book("学生资助发放台账", titles, rows)


def wrong(people: Sequence[str], schools: Sequence[str], year: int) -> bytes:
    """Every kind of error, one a row, for the marked copy."""
    rows: list[Cells] = [
        (1, people[0], f"{year}.13.1", schools[0], 1, "没有这一天"),
        (2, "查无此人", f"{year}.11.4", schools[0], 1, "没有这个人"),
        (3, people[0], f"{year}.11.5", "没有的学校", 1, "没有这个单位"),
        (4, people[0], f"{year}.11.6", schools[0], -1, "负数"),
        (5, people[0], "11月7日", schools[0], 1, "没有年份"),
        (6, people[0], f"{year}.11.8", schools[0], "半天", "这一行没有错"),
    ]
    return _book("有错的表", ("序号", "姓名", "日期", "调研单位", "天数", "调研主题"), rows)


def _book(title: str, titles: Sequence[str], rows: Sequence[Cells]) -> bytes:
    content = BytesIO()
    book = Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    _head(sheet, title, len(titles))
    sheet.write_row(2, 0, titles)
    for number, row in enumerate(rows, 3):
        sheet.write_row(number, 0, row)
    _foot(sheet, 3 + len(rows), len(rows))
    book.close()
    return content.getvalue()


def _head(sheet: Worksheet, title: str, width: int) -> None:
    sheet.merge_range(0, 0, 0, width - 1, title)
    sheet.merge_range(1, 0, 1, width // 2 - 1, "填报单位：苔花区教育局")
    sheet.merge_range(1, width // 2, 1, width - 1, "填报人：苏禾　　日期：2013-12-01")


def _foot(sheet: Worksheet, row: int, count: int) -> None:
    sheet.write_row(row, 0, ("合计", count))
    sheet.write(row + 2, 0, "填表人：苏禾　　审核人：林知远")
