"""The years of visits and help that the demonstration district has behind it."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from taihua.base.ledger import Row
from taihua.kernel.house import Story
from taihua.kernel.org.enums import Tier, UnitKind
from taihua.kernel.org.models import Person
from taihua.kernel.records.ledgers import told
from taihua.kernel.records.tokens import opaque
from taihua.rooms.outreach.room.figures import SINCE
from taihua.rooms.outreach.room.ledgers import GROUPS, HELP, PLANS, STUDENTS, VISIT
from taihua.rooms.outreach.room.written import write_here

HELP_TOTAL, PERSONS, STUDENT_TOTAL = 612, 306, 206
MISSED, SILENT, UNHELPFUL = 0.1, 0.1, 0.1
MADE_UP, PROPOSING, ANSWERING, CARRYING, REVISITING, HEADS_GO = 0.06, 0.7, 0.85, 0.7, 0.75, 0.25
THEMES = ("课堂教学", "校园安全", "师资配备", "留守儿童关爱", "校舍与设备", "办学特色", "减负情况")
SEEN = ("多媒体教室不够用。", "音体美教师缺编。", "操场排水不畅。", "图书更新慢。", None)
PROPOSALS = {
    "请计财部门列入下学期设备计划。": ("已列入计划，下学期落实。", "设备已到校，学生用上了。"),
    "请人事部门安排交流教师。": ("已安排一名交流教师。", "交流教师已到岗上课。"),
    "请两校结对教研。": ("已纳入教研日程。", "两校已共同备课两次。"),
}
MATTERS = {
    "退休老干部": ("陪同就医", "上门送学", "维修水暖"),
    "老党员": ("走访慰问", "代办手续", "上门过组织生活"),
    "留守儿童": ("亲情通话", "课业辅导", "购置冬衣"),
}
ANSWERED_AFTER, CARRIED_AFTER, REVISITED_AFTER = (timedelta(days=n) for n in (25, 60, 40))


def tell(story: Story) -> None:
    """Visits month by month, some missed; help and students up to the totals of the district."""
    bureaus, schools = story.units(UnitKind.BUREAU), story.units(UnitKind.SCHOOL)
    if not bureaus or not schools:
        return
    places = [school.code for school in schools]
    for ledger, rows in (
        (PLANS, _plans(story, bureaus[0].code)),
        (VISIT, _leaders_visits(story, places)),
        (VISIT, _heads_visits(story, places)),
        (HELP, _help(story)),
        (STUDENTS, _students(story, bureaus[0].code)),
    ):
        for draft in told(ledger, rows, story.rng):
            story.add(draft)
    write_here(story)


def _half(day: date) -> tuple[int, bool]:
    return day.year, day.month > 6  # noqa: PLR2004


def _plans(story: Story, bureau: str) -> Iterator[Row]:
    for year in story.years():
        day = date(year, 1, 10)
        if not story.first <= day <= story.on:
            continue
        for number, theme in enumerate(THEMES[:4]):
            yield {
                "unit": bureau, "kind": "调研", "day": day, "topic": theme,
                "planned": date(year, 3 * number + 1, 15), "lead": None,
            }  # fmt: skip
        for kind, topic in (("帮扶", "结对帮扶"), ("助学", "金秋助学")):
            yield {
                "unit": bureau, "kind": kind, "day": day, "topic": topic,
                "planned": None, "lead": None,
            }  # fmt: skip


def _leaders_visits(story: Story, places: list[str]) -> Iterator[Row]:
    """Leaders go nearly every month; a few months are missed, a few made up in the next.

    Of the cast, the leader missed a month in autumn and has not been out in the last one.
    """
    months, cast = story.months(), story.cast()
    turns = [
        (month, person)
        for month in months[:-1]
        for person in story.people(tier=Tier.LEADERSHIP, on=month)
    ]
    missed = story.lapses(len(turns), MISSED)
    silent = _left_out(story, [(person.code, month) for month, person in turns], SILENT)
    for number, (month, person) in enumerate(turns):
        if person.code in cast:
            if month in {*months[-4:-3], *months[-2:-1]}:
                continue
        elif number in missed:
            if number % 3:
                continue
            yield from _made_up(story, person, month, places)
            continue
        speaks = (person.code, _half(month)) not in silent
        yield _visit(story, person, _day_in(story, month), places, speaks=speaks)
    for person in story.people(tier=Tier.LEADERSHIP)[-1:]:
        if story.on.day > 3:  # noqa: PLR2004
            yield _visit(story, person, story.on - timedelta(days=2), places, speaks=False)


def _left_out(
    story: Story, turns: Iterable[tuple[str, date]], share: float
) -> frozenset[tuple[str, tuple[int, bool]]]:
    """Who of these does in which half-year nothing of the kind: in every year some, of the cast none."""
    cast, found = story.cast(), set[tuple[str, tuple[int, bool]]]()
    halves = sorted({(code, _half(day)) for code, day in turns if code not in cast})
    for year in story.years():
        of_year = [each for each in halves if each[1][0] == year]
        found |= {of_year[number] for number in story.lapses(len(of_year), share)}
    return frozenset(found)


def _day_in(story: Story, month: date) -> date:
    return min(month + timedelta(days=story.rng.randint(1, 26)), story.on)


def _made_up(story: Story, person: Person, month: date, places: list[str]) -> Iterator[Row]:
    """What was missed in a month and done in the first days of the next."""
    after = (month + timedelta(days=32)).replace(day=1)
    day = after + timedelta(days=story.rng.randint(1, 6))
    if day <= story.on:
        late = month + timedelta(days=27)
        yield _visit(story, person, day, places) | {"makes_up": late, "days": Decimal(1)}


def _heads_visits(story: Story, places: list[str]) -> Iterator[Row]:
    """Section heads and principals go too, now and then, nobody asks them to."""
    for month in story.months()[:-1]:
        for person in story.people(tier=Tier.MIDDLE, on=month):
            if story.rng.random() < HEADS_GO:
                yield _visit(story, person, _day_in(story, month), places)


def _visit(
    story: Story, person: Person, day: date, places: list[str], *, speaks: bool = True
) -> Row:
    rng, age = story.rng, story.on - day
    row: Row = {
        "person": person.code,
        "unit": None,
        "day": day,
        "place": rng.choice(places),
        "days": Decimal(rng.choice(("1", "1", "1", "1", "1.5"))),
        "topic": rng.choice(THEMES),
        "seen": rng.choice(SEEN),
    }
    if speaks and rng.random() < PROPOSING:
        row["proposal"] = rng.choice([*PROPOSALS])
        answer, carried = PROPOSALS[str(row["proposal"])]
        if age > ANSWERED_AFTER and rng.random() < ANSWERING:
            row["answer"] = answer
            if age > CARRIED_AFTER and rng.random() < CARRYING:
                row["carried"] = carried
    return row


def _help(story: Story) -> Iterator[Row]:
    """Exactly as many person-times as the district has given since 2011, for half as many people.

    In some half-year a leader helps nobody: then his turn falls to the next.
    """
    leaders = story.people(tier=Tier.LEADERSHIP)
    helpers = leaders + story.people(tier=Tier.MIDDLE)
    days = _days(story, HELP_TOTAL)
    idle = _left_out(story, [(p.code, day) for p in leaders for day in days], UNHELPFUL)
    turn = 0
    for number, day in enumerate(days):
        while (helpers[turn % len(helpers)].code, _half(day)) in idle:
            turn += 1
        group = GROUPS[number % 3]
        seen_again = story.on - day > REVISITED_AFTER and story.rng.random() < REVISITING
        yield {
            "person": helpers[turn % len(helpers)].code,
            "unit": None,
            "day": day,
            "group": group,
            "recipient": opaque("outreach/helped", f"{group}|demo-{number % PERSONS}"),
            "times": None,
            "matter": story.rng.choice(MATTERS[group]),
            "again": "已回访，困难解决。" if seen_again else None,
        }
        turn += 1


def _students(story: Story, bureau: str) -> Iterator[Row]:
    """Students are funded each August, at the start of their studies."""
    years = [year for year in story.years() if date(year, 8, 20) <= story.on]
    for number in range(STUDENT_TOTAL if years else 0):
        yield {
            "unit": bureau,
            "day": max(date(years[number % len(years)], 8, 20), story.first),
            "student": opaque("outreach/student", f"demo-{number}"),
            "yuan": Decimal(story.rng.choice((1000, 2000, 3000))),
            "item": "金秋助学",
        }


def _days(story: Story, count: int) -> list[date]:
    """So many days, spread over the story since 2011."""
    first = max(story.first, SINCE)
    span = (story.on - first).days
    return sorted(first + timedelta(days=story.rng.randint(0, span)) for _number in range(count))
