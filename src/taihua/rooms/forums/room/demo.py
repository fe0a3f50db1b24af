"""The forums and the talks about work that the demonstration district has behind it."""

from collections.abc import Iterator
from datetime import date

from taihua.base.ledger import Row
from taihua.kernel.house import Story
from taihua.kernel.org.enums import Tier, UnitKind
from taihua.kernel.records.ledgers import told
from taihua.rooms.forums.room.ledgers import FORUMS, PLANS, TALKS

TOPICS = ("让每一个孩子都抬起头来", "校本教研怎么做实", "留守儿童的校园生活", "一校一品的路")
WORK = ("招生方案", "教研安排", "师资调配", "安全检查", "经费预算", "电教设备", "学籍管理")
ASKS = ("需要计财部门协调经费。", "希望明确牵头科室。", None, None)
ANSWERS = ("已由分管领导协调解决。", "已明确牵头科室。", "已列入下月议题。", None)
OPENED_TO_ALL, LEFT_OUT = 2012, 0.12
SPREAD = "发言稿印发各校，两所学校已照着做。"


def tell(story: Story) -> None:
    """Two principals' forums and a teaching forum a year; at the bureau people talk of their work."""
    bureaus = story.units(UnitKind.BUREAU)
    if not bureaus:
        return
    for year in story.years():
        for ledger, rows in (
            (PLANS, _plans(bureaus[0].code, year)),
            (FORUMS, _forums(story, bureaus[0].code, year)),
            (TALKS, _talks(story, year)),
        ):
            lived = (row for row in rows if story.first <= _day(row) <= story.on)
            for draft in told(ledger, lived, story.rng):
                story.add(draft)


def _day(row: Row) -> date:
    day = row["day"]
    return day if isinstance(day, date) else date.max


def _plans(bureau: str, year: int) -> Iterator[Row]:
    for kind, month in (("校长讲坛", 5), ("校长讲坛", 10), ("教学论坛", 11), ("谈工作", 1)):
        yield {
            "unit": bureau, "kind": kind, "day": date(year, 1, 14), "topic": f"{month} 月{kind}",
            "planned": date(year, month, 16), "lead": None,
        }  # fmt: skip


def _forums(story: Story, bureau: str, year: int) -> Iterator[Row]:
    spring = 5 if date(year, 5, 16) >= story.first else 9
    for number, (kind, tag, month) in enumerate(
        (
            ("校长讲坛", "principal", spring),
            ("校长讲坛", "principal", 10),
            ("教学论坛", "teacher", 11),
        )
    ):
        day = date(year, month, 16)
        people = [person.code for person in story.people(tag=tag, on=day)]
        yield {
            "unit": bureau,
            "kind": kind,
            "day": day,
            "topic": TOPICS[(number + year) % len(TOPICS)],
            "speakers": tuple(story.rng.sample(people, min(4, len(people)))),
            "outcome": SPREAD if number == 0 else None,
        }


def _talks(story: Story, year: int) -> Iterator[Row]:
    """Once a year each: section heads, and since 2012 everybody at the bureau; some are left out."""
    heads = {person.pk for person in story.people(tier=Tier.MIDDLE)}
    officials = [person for unit in story.units(UnitKind.SECTION) for person in story.members(unit)]
    asked = [person for person in officials if person.pk in heads or year >= OPENED_TO_ALL]
    left_out, cast = story.lapses(len(asked), LEFT_OUT), story.cast()
    for number, person in enumerate(asked):
        if number in left_out and person.code not in cast:
            continue
        ask = story.rng.choice(ASKS)
        yield {
            "person": person.code,
            "unit": None,
            "day": date(year, story.rng.randint(1, 11), 5),
            "topic": story.rng.choice(WORK),
            "learnt": None,
            "ask": ask,
            "answer": story.rng.choice(ANSWERS) if ask else None,
        }
