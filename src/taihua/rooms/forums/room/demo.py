"""The forums, work talks and practices that the demonstration district has behind it."""

from collections.abc import Iterator
from datetime import date
from random import Random

from taihua.base.ledger import Row
from taihua.kernel.house import Story
from taihua.kernel.org.enums import Tier, UnitKind
from taihua.kernel.records.ledgers import told
from taihua.rooms.forums.room.ledgers import FORUMS, PLANS, PRACTICES, TALKS, TRIALS_OF
from taihua.rooms.forums.room.staged import Stage
from taihua.rooms.forums.room.texts import CARDS

TOPICS = ("让每一个孩子都抬起头来", "校本教研怎么做实", "留守儿童的校园生活", "一校一品的路")
WORK = ("招生方案", "教研安排", "师资调配", "安全检查", "经费预算", "电教设备", "学籍管理")
ASKS = ("需要计财部门协调经费。", "希望明确牵头科室。", None, None)
ANSWERS = ("已由分管领导协调解决。", "已明确牵头科室。", "已列入下月议题。", None)
OPENED_TO_ALL, LEFT_OUT = 2012, 0.12
RESULTS = ("见效", "见效", "部分见效", "没有见效")
WHYS = (
    "照着做了一个学期，家长看得到变化。",
    "人手不够，只做起来一半。",
    "我们这里情况不同，没有做下去。",
)
SPREAD = "发言稿印发各校，两所学校已照着做。"


def tell(story: Story) -> None:
    """Two principals' forums and a teaching forum a year; people talk of their work, sections learn.

    What is older stands in the ledgers alone; the last forum, round and cards were made in the pages.
    """
    bureaus = story.units(UnitKind.BUREAU)
    if not bureaus:
        return
    stage, bureau = Stage.of(story, bureaus[0]), bureaus[0].code
    # Its own chance: what the other rooms draw stays as it is.
    rng = Random(f"practices-{story.first}")  # noqa: S311  # no secret hangs on it
    for year in story.years():
        for ledger, rows, chance in (
            (PLANS, _plans(bureau, year), story.rng),
            (FORUMS, _forums(story, bureau, year), story.rng),
            (TALKS, _talks(story, year), story.rng),
            (PLANS, _plans_of_practices(bureau, year), rng),
            (PRACTICES, _practices(story, rng, year), rng),
            (TRIALS_OF, _trials(story, year), rng),
        ):
            lived = (row for row in rows if story.first <= _day(row) <= story.on)
            for draft in told(ledger, lived, chance):
                if not stage.tells_itself(draft):
                    story.add(draft)
    stage.tell()


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


def _plans_of_practices(bureau: str, year: int) -> Iterator[Row]:
    if year >= OPENED_TO_ALL:
        yield {
            "unit": bureau, "kind": "四型机关", "day": date(year, 1, 14),
            "topic": "四型机关创建安排", "planned": date(year, 12, 16), "lead": None,
        }  # fmt: skip


def _practices(story: Story, rng: Random, year: int) -> Iterator[Row]:
    """Since 2012 a card a year from each section but a few."""
    sections = story.units(UnitKind.SECTION) if year >= OPENED_TO_ALL else []
    left_out = rng.sample(range(len(sections)), round(len(sections) * LEFT_OUT))
    for number, section in enumerate(sections):
        card = CARDS[(number + year) % len(CARDS)]
        if number in left_out:
            continue
        yield {
            "unit": section.code,
            "day": date(year, 2 + (number % 9), 18),
            "topic": f"{card.title}（{year}）",
            "problem": card.problem,
            "done": card.done,
            "needs": card.needs,
            "outcome": card.outcome,
            "evidence": None,
            "writer": None,
            "retired": None,
        }


def _trials(story: Story, year: int) -> Iterator[Row]:
    """Every other school tries something of a section, and says what came of it."""
    sections = story.units(UnitKind.SECTION) if year >= OPENED_TO_ALL else []
    for number, school in enumerate(story.units(UnitKind.SCHOOL)[::2] if sections else []):
        card = CARDS[(number + year) % len(CARDS)]
        yield {
            "unit": school.code,
            "day": date(year, 3 + (number % 7), 11),
            "topic": f"{card.title}（{year}）",
            "of": sections[number % len(sections)].code,
            "kind": RESULTS[number % len(RESULTS)],
            "why": WHYS[number % len(WHYS)],
        }
