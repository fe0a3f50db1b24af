"""The yearly rounds of meetings that the demonstration district has behind it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from taihua.base.ledger import Row
from taihua.kernel.house import Story
from taihua.kernel.org.enums import Tier, UnitKind
from taihua.kernel.org.models import Unit
from taihua.kernel.records.ledgers import told
from taihua.rooms.meetings.room.ledgers import MEETINGS, PLANS

AGENDA = {
    "支部党员大会": ("传达上级精神", "讨论发展对象", "通报支部工作"),
    "支部委员会": ("研究本月党务", "研究帮扶安排", "研究党员教育"),
    "党小组会": ("学习交流", "谈心与批评", "党费与困难党员"),
    "党课": ("党的宗旨", "为民务实清廉", "教育工作者的责任"),
}
DECISIONS = ("同意吸收为预备党员。", "确定下月走访名单。", "通过支部工作计划。")
REMEDY = "整改事项逐条销号，已在支部通报。"
WITH_COMMITTEE = 7  # members from which a branch has a committee
SKIPPED, UNPLANNED, AWAY = 0.05, 0.1, 0.08
COMING, DECIDING, ROLL_KEPT, MENDED_AT_ONCE = 0.92, 0.85, 0.96, 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """A year of meetings: some are skipped, and some leaders do not come to their branch."""

    story: Story
    year: int
    months_skipped: Collection[int]
    quarters_skipped: Collection[int]
    cells_skipped: Collection[int]
    away: Collection[tuple[str, int]]

    def branch(self, branch: Unit, number: int, *, behind: bool) -> Iterator[Row]:
        """The month's committee, the quarter's assembly and class, the year's two great ones."""
        for month in range(1, 13):
            day = self._day(month)
            members = self._members(branch, day)
            if not members or (behind and month > 6):  # noqa: PLR2004
                continue
            month_kept = 12 * number + month - 1 not in self.months_skipped
            quarter_kept = 4 * number + (month - 1) // 3 not in self.quarters_skipped
            if len(members) >= WITH_COMMITTEE and month_kept:
                yield self.meeting(branch, "支部委员会", day, members[:5])
            if month % 3 == 2 and quarter_kept:  # noqa: PLR2004
                yield self.meeting(branch, "支部党员大会", day + timedelta(days=2), members)
            if month in (3, 6, 9, 11 + number % 2):
                yield self.meeting(branch, "党课", day + timedelta(days=3), members)
        for kind, day in (
            ("组织生活会", date(self.year, 11, 20)),
            ("民主评议党员", date(self.year, 12, 20)),
        ):
            yield self.meeting(branch, kind, day, self._members(branch, day), remedy=REMEDY)

    def cell(self, cell: Unit, number: int) -> Iterator[Row]:
        """Cells meet every month; now and then one does not."""
        for month in range(1, 13):
            day = self._day(month)
            members = self._members(cell, day)
            if members and 12 * number + month - 1 not in self.cells_skipped:
                yield self.meeting(cell, "党小组会", day, members)

    def leaders(self, host: Unit) -> Iterator[Row]:
        """The leadership account for themselves in winter and speak their minds in autumn.

        Each time somebody is away. What was found then is mended within the next year.
        """
        heard, candour = date(self.year, 1, 18), date(self.year, 11, 28)
        for kind, day in (("述职述廉会", heard), ("民主生活会", candour)):
            leaders = self._leaders(day)
            there = self._all_but_one(leaders)
            row = self.meeting(host, kind, day, leaders, remedy=REMEDY if day == candour else "")
            reporting = tuple(there) if day == heard else ()
            yield row | {"present": tuple(there), "reporting": reporting}

    def meeting(  # what a meeting is
        self, unit: Unit, kind: str, day: date, expected: Sequence[str], *, remedy: str = ""
    ) -> Row:
        rng, quarter = self.story.rng, (day.month - 1) // 3
        present = [
            code
            for code in dict.fromkeys(expected)
            if rng.random() < COMING and (code, quarter) not in self.away
        ]
        mended = self.story.on - day > timedelta(days=60) or (
            unit.kind == UnitKind.BRANCH and rng.random() < MENDED_AT_ONCE
        )
        return {
            "unit": unit.code,
            "kind": kind,
            "day": day,
            "topic": rng.choice(AGENDA.get(kind, (f"{day.year} 年{kind}",))),
            "expected": Decimal(len(expected)) or None,
            "present": tuple(present) if rng.random() < ROLL_KEPT else (),
            "reporting": (),
            "decision": rng.choice(DECISIONS) if rng.random() < DECIDING else None,
            "remedy": remedy if mended and remedy else None,
        }

    def _members(self, unit: Unit, day: date) -> list[str]:
        return [person.code for person in self.story.members(unit, day)]

    def _day(self, month: int) -> date:
        return date(self.year, month, 1) + timedelta(days=self.story.rng.randint(2, 23))

    def _leaders(self, day: date) -> list[str]:
        return [person.code for person in self.story.people(tier=Tier.LEADERSHIP, on=day)]

    def _all_but_one(self, leaders: Sequence[str]) -> list[str]:
        cast = self.story.cast()
        others = [code for code in leaders if code not in cast]
        missing = self.story.rng.choice(others) if others else ""
        return [code for code in leaders if code != missing]


def tell(story: Story) -> None:
    """The branches' yearly round; one branch falls behind, and not everybody comes."""
    branches, cells = story.units(UnitKind.BRANCH), story.units(UnitKind.CELL)
    hosts = (story.units(UnitKind.COMMITTEE) or story.units(UnitKind.BUREAU))[:1]
    for year in story.years():
        of_year = _Round(
            story=story,
            year=year,
            months_skipped=story.lapses(12 * len(branches), SKIPPED),
            quarters_skipped=story.lapses(4 * len(branches), SKIPPED),
            cells_skipped=story.lapses(12 * len(cells), SKIPPED),
            away=_away(story),
        )
        rows = [
            row
            for number, branch in enumerate(branches)
            for row in of_year.branch(branch, number, behind=number == len(branches) - 1)
        ]
        rows += [row for number, cell in enumerate(cells) for row in of_year.cell(cell, number)]
        rows += [row for host in hosts for row in of_year.leaders(host)]
        for ledger, wanted in ((PLANS, _plans(story, branches, hosts, year)), (MEETINGS, rows)):
            lived = (row for row in wanted if story.first <= _day(row) <= story.on)
            for draft in told(ledger, lived, story.rng):
                story.add(draft)


def _away(story: Story) -> frozenset[tuple[str, int]]:
    """Which leaders come to nothing of their branch in which quarter of a year."""
    cast = story.cast()
    leaders = [p.code for p in story.people(tier=Tier.LEADERSHIP) if p.code not in cast]
    turns = [(code, quarter) for code in leaders for quarter in range(4)]
    return frozenset(turns[number] for number in story.lapses(len(turns), AWAY))


def _day(row: Row) -> date:
    day = row["day"]
    return day if isinstance(day, date) else date.max


def _plans(
    story: Story, branches: Sequence[Unit], hosts: Sequence[Unit], year: int
) -> Iterator[Row]:
    """What is to be held, written down in January; a branch or two have not thought of it."""
    unplanned = story.lapses(len(branches), UNPLANNED)
    planned = [
        (branch, kind)
        for number, branch in enumerate(branches)
        for kind in ("支部党员大会", "组织生活会", "民主评议党员")
        if number not in unplanned or kind != "支部党员大会"
    ]
    planned += [(host, kind) for host in hosts for kind in ("民主生活会", "述职述廉会")]
    for unit, kind in planned:
        yield {
            "unit": unit.code, "kind": kind, "day": date(year, 1, 12), "topic": f"{year} 年{kind}",
            "planned": None, "lead": None,
        }  # fmt: skip
