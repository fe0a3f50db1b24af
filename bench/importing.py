"""A roster of ten thousand rows through the whole intake, beside reading the sheet and inserting.

The sheet is written as offices write theirs: days in several shapes, a title above the header. A
second sheet has a wrong cell in every fiftieth row, which must be told cell by cell.
"""

import argparse
import os
import random
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import python_calamine
import xlsxwriter

from bench.measure import CACHE, Plain, Ratio, peak_memory, side_by_side, timed
from taihua.site.demo.names import Names
from tests.serving import environment, taihua

HOME = CACHE / "import"
ROWS = {"small": 2_000, "full": 10_000}
HEADER = ("姓名", "工号", "单位", "职务", "层次", "任职时间", "政治面貌")
POSTS = (("校长", "中层干部"), ("教导主任", "中层干部"), ("教师", "一般干部职工"))
WRONG_EVERY = 50
AT = datetime(2013, 12, 4, 9, tzinfo=UTC)


def measure(scale: str, runs: int) -> list[Ratio | Plain]:
    """The clean sheet beside its floor, the wrong one, and the memory of it all."""
    rows = ROWS[scale]
    HOME.mkdir(parents=True, exist_ok=True)
    clean, wrong = HOME / "roster.xlsx", HOME / "wrong.xlsx"
    write_sheet(clean, rows)
    write_sheet(wrong, rows, wrong_every=WRONG_EVERY)
    whole, floor, errors = _prepare()
    a, b = side_by_side(lambda: whole(clean), lambda: floor(clean), runs)
    told, count = timed(lambda: errors(wrong))
    return [
        Ratio(f"a roster of {rows:,} rows", a, b, "s", "reading and bulk insert", "≤ 10 s"),
        Plain(f"{count} wrong cells of {rows:,} rows told", told, "s", "≤ 10 s"),
        Plain("peak memory of the process", peak_memory(), "MB", "≤ 300 MB"),
    ]


def write_sheet(path: Path, rows: int, wrong_every: int = 0) -> None:
    """A sheet with a title row and days in the shapes that people type."""
    rng = random.Random(rows)
    names = Names(rng)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("花名册")
    sheet.write_row(0, 0, ["苔花区教职工花名册"])
    sheet.write_row(1, 0, HEADER)
    for number in range(rows):
        day = date(2000 + number % 13, 1 + number % 12, 1 + number % 28)
        shapes = (
            f"{day.year}.{day.month}.{day.day}",
            f"{day.year}年{day.month}月{day.day}日",
            day.isoformat(),
        )
        post, tier = POSTS[min(number // (rows // 50), 2)]
        told = shapes[number % 3]
        if wrong_every and number % wrong_every == 0:
            told = "二月三十"
        sheet.write_row(
            number + 2,
            0,
            (
                f" {names.next()}",
                f"R{number:05}",
                f"第{number % (rows // 50)}小学",
                post,
                tier,
                told,
                "中共党员" if number % 3 == 0 else "群众",
            ),
        )
    book.close()


type Way = Callable[[Path], int]


def _prepare() -> tuple[Way, Way, Way]:
    shutil.rmtree(HOME / "home", ignore_errors=True)
    taihua(HOME / "home", "migrate", "-v0")
    os.environ |= environment(HOME / "home", TAIHUA_TODAY="2013-12-04")
    import django  # noqa: PLC0415  # only now is it known which database is meant

    django.setup()
    from django.db import transaction  # noqa: PLC0415

    from taihua.kernel import house  # noqa: PLC0415
    from taihua.kernel.org.models import Person, Post, Term, Unit  # noqa: PLC0415
    from taihua.rooms.ledgers import actions  # noqa: PLC0415

    roster = house.ledgers()["roster"]

    def undone(work: Callable[[], int]) -> int:
        with transaction.atomic():
            count = work()
            transaction.set_rollback(True)
        return count

    def whole(path: Path) -> int:
        sent = actions.Sent(name=path.name, content=path.read_bytes(), year=None)

        def work() -> int:
            preview = actions.import_file(roster, sent, at=AT, dry_run=False)
            if preview.errors:
                raise AssertionError(list(preview.errors.items())[:3])
            return Person.objects.count()

        return undone(work)

    def errors(path: Path) -> int:
        sent = actions.Sent(name=path.name, content=path.read_bytes(), year=None)
        preview = actions.import_file(roster, sent, at=AT, dry_run=True)
        return preview.error_count

    def floor(path: Path) -> int:
        return undone(lambda: _by_hand(path, Person, Post, Term, Unit))

    return whole, floor, errors


def _by_hand(path: Path, person: type, post: type, term: type, unit: type) -> int:
    """Somebody's script for this one sheet: no check, no message, no history."""
    sheet = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    rows = [[str(cell).strip() for cell in row] for row in sheet[2:]]
    opened = date(2000, 1, 1)
    units = {row[2]: unit(code=row[2], name=row[2], kind="school", opened=opened) for row in rows}
    posts = {row[3]: post(code=row[3], name=row[3], tier="staff") for row in rows}
    people = [person(code=row[1], name=row[0]) for row in rows]
    unit.objects.bulk_create(units.values(), batch_size=500)  # type: ignore[attr-defined]
    post.objects.bulk_create(posts.values(), batch_size=500)  # type: ignore[attr-defined]
    person.objects.bulk_create(people, batch_size=500)  # type: ignore[attr-defined]
    term.objects.bulk_create(  # type: ignore[attr-defined]
        [
            term(
                person=somebody,
                unit=units[row[2]],
                post=posts[row[3]],
                first_day=_day(row[5]),
                known_from=AT,
            )
            for row, somebody in zip(rows, people, strict=True)
        ],
        batch_size=500,
    )
    return len(people)


def _day(text: str) -> date:
    plain = text.replace("年", "-").replace("月", "-").replace("日", "").replace(".", "-")
    year, month, day = plain.split("-")
    return date(int(year), int(month), int(day))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", choices=ROWS, default="small")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    for line in measure(asked.scale, asked.runs):
        print(line.line())


if __name__ == "__main__":
    main()
