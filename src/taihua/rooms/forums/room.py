"""What forums tells the house: its words, ledgers, figures, marks and story."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from taihua.base.ledger import Column, Kind, Ledger, Row
from taihua.kernel.house import Mark, Mechanism, Room, Story, Word, open_room
from taihua.kernel.measures.enums import Count
from taihua.kernel.measures.logic import Figure, Tally
from taihua.kernel.org.enums import Tier, UnitKind
from taihua.kernel.records.ledgers import Also, StatementStore, columns, plan_ledger, told

KINDS = {"校长讲坛": "forums/principals", "教学论坛": "forums/teaching"}
TALK = "forums/talk"

HELD = (
    columns.unit(_("主办单位"), "承办单位", "单位"),
    Column(
        "kind",
        _("讲坛类别"),
        Kind.CHOICE,
        required=True,
        key=True,
        choices=tuple(KINDS),
        synonyms=("类别", "论坛类别", "名称"),
    ),
    columns.day(_("日期"), "举办日期", "举办时间", "时间"),
    columns.topic(_("主题"), "论坛主题", "讲坛主题", "题目"),
    Column(
        "speakers",
        _("主讲人"),
        Kind.PEOPLE,
        synonyms=("发言人", "发言人员", "主讲人员", "交流人员"),
    ),
    Column("outcome", _("成果推广"), Kind.WORDS, synonyms=("成果", "推广情况", "交流成果")),
)
FORUMS = Ledger(
    code="forums",
    title=_("讲坛台账"),
    sentence=_("哪天办了哪期讲坛，谁讲了，讲的东西推广到了哪里。"),
    columns=HELD,
    store=StatementStore(
        ledger="forums",
        columns=HELD,
        verb="held-forum",
        kind="forums/principals",
        kinds=KINDS,
        fields={
            "unit": "unit",
            "kind": "kind",
            "day": "day",
            "topic": "label",
            "speakers": "context.speakers",
            "outcome": "result.outcome",
        },
        with_people={"speakers": "spoke-at-forum"},
        also=(Also("outcome", "spread-practice"),),
    ),
)
TALKED = (
    columns.who(_("姓名"), "谈话人", "发言人", "主讲人"),
    columns.of_unit(),
    columns.day(_("日期"), "谈工作日期", "时间"),
    columns.topic(_("谈的工作"), "工作内容", "主题", "题目", "内容", key=True),
    Column("learnt", _("收获"), Kind.WORDS, synonyms=("学习收获", "体会")),
    Column("ask", _("困难和请求"), Kind.WORDS, synonyms=("困难", "问题", "请求", "意见建议")),
    Column("answer", _("答复"), Kind.WORDS, synonyms=("答复情况", "领导答复", "解决情况")),
)
TALKS = Ledger(
    code="talks",
    title=_("谈工作台账"),
    sentence=_("谁哪天谈了哪项工作，学到什么，卡在哪里，答复了没有。"),
    columns=TALKED,
    store=StatementStore(
        ledger="talks",
        columns=TALKED,
        verb="talked-work",
        kind=TALK,
        fields={
            "person": "person",
            "unit": "hint",
            "day": "day",
            "topic": "label",
            "learnt": "result.learnt",
            "ask": "result.ask",
            "answer": "result.answer",
        },
        also=(Also("ask", "asked-at-talk"), Also("answer", "answered-at-talk")),
    ),
    self_entry=True,
)
PLANS = plan_ledger(
    "forum-plans",
    _("讲坛和谈工作计划台账"),
    _("一年办哪几期讲坛、怎样谈工作，先写下来。"),
    "planned-forum",
    KINDS | {"谈工作": TALK},
)

IN_YEAR = _("统计期内发生、未作废的记录。")
BOTH = tuple(KINDS.values())
FIGURES = (
    Figure("forums.talks_planned", _("列入计划的谈工作"), IN_YEAR, _("项"), Tally(("planned-forum",), (TALK,))),
    Figure("forums.work_talks", _("谈工作"), IN_YEAR, _("次"), Tally(("talked-work",), (TALK,))),
    Figure("forums.asks", _("谈工作中提出的困难和请求"), _("台账写明了困难或请求的谈工作。"), _("条"), Tally(("asked-at-talk",), (TALK,))),
    Figure("forums.answers", _("得到答复的困难和请求"), _("台账写明了答复的谈工作。"), _("条"), Tally(("answered-at-talk",), (TALK,))),
    Figure("forums.planned", _("列入计划的讲坛"), IN_YEAR, _("期"), Tally(("planned-forum",), BOTH)),
    Figure("forums.principals", _("校长讲坛"), IN_YEAR, _("期"), Tally(("held-forum",), ("forums/principals",))),
    Figure("forums.teaching", _("教学论坛"), IN_YEAR, _("期"), Tally(("held-forum",), ("forums/teaching",))),
    Figure("forums.speakers", _("在讲坛上发言的人"), _("统计期内至少发言一次的人，一人只计一次。"), _("人"), Tally(("spoke-at-forum",), BOTH, Count.PEOPLE)),
    Figure("forums.spread", _("成果得到推广的讲坛"), _("台账写明了成果推广情况的讲坛。"), _("期"), Tally(("spread-practice",), BOTH)),
)  # fmt: skip
MECHANISMS = (
    Mechanism(
        "I3",
        _("中层战略：谈工作，人人说得清工作"),
        plan=Mark("forums.talks_planned", 1, _("谈工作没有列入计划")),
        content=Mark("forums.work_talks", 12, _("谈工作不足每月一次")),
        check=Mark("forums.asks", 1, _("谈工作没有记下困难和请求")),
        effect=Mark("forums.answers", 1, _("困难和请求还没有答复")),
    ),
    Mechanism(
        "I4",
        _("校长讲坛（每年二期）、教学论坛"),
        plan=Mark("forums.planned", 2, _("讲坛没有列入计划")),
        content=Mark("forums.principals", 2, _("校长讲坛不足二期")),
        check=Mark("forums.speakers", 2, _("没有登记发言人")),
        effect=Mark("forums.spread", 1, _("没有写明成果推广到了哪里")),
    ),
)

TOPICS = ("让每一个孩子都抬起头来", "校本教研怎么做实", "留守儿童的校园生活", "一校一品的路")
WORK = ("招生方案", "教研安排", "师资调配", "安全检查", "经费预算", "电教设备", "学籍管理")
ASKS = ("需要计财部门协调经费。", "希望明确牵头科室。", None, None)
ANSWERS = ("已由分管领导协调解决。", "已明确牵头科室。", None)
OPENED_TO_ALL, TALK_SHARE = 2012, 0.92
SPREAD = "发言稿印发各校，两所学校已照着做。"


def demo(story: Story) -> None:
    """Two principals' forums and a teaching forum a year; at the bureau people talk of their work."""
    bureaus = story.units(UnitKind.BUREAU)
    if not bureaus:
        return
    for year in range(story.first.year, story.on.year + 1):
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
    for person in officials:
        if person.pk not in heads and year < OPENED_TO_ALL:
            continue
        day = date(year, story.rng.randint(1, 12), 5)
        if story.rng.random() > TALK_SHARE:
            continue
        ask = story.rng.choice(ASKS)
        yield {
            "person": person.code,
            "unit": None,
            "day": day,
            "topic": story.rng.choice(WORK),
            "learnt": None,
            "ask": ask,
            "answer": story.rng.choice(ANSWERS) if ask else None,
        }


ROOM = open_room(
    Room(
        code="forums",
        title=_("讲坛"),
        verbs=[
            Word("planned-forum", "计划讲坛"),
            Word("held-forum", "举办讲坛"),
            Word("spoke-at-forum", "在讲坛发言"),
            Word("spread-practice", "推广成果"),
            Word("talked-work", "谈工作"),
            Word("asked-at-talk", "提出困难"),
            Word("answered-at-talk", "答复困难"),
        ],
        kinds=[
            Word("forums/principals", "校长讲坛"),
            Word("forums/teaching", "教学论坛"),
            Word(TALK, "谈工作"),
        ],
        ledgers=[FORUMS, TALKS, PLANS],
        figures=FIGURES,
        mechanisms=MECHANISMS,
        demo=demo,
    )
)
