"""What study tells the house: its words, ledgers, figures, marks and story."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from taihua.base.ledger import Column, Kind, Ledger, Row
from taihua.kernel.house import Mark, Mechanism, Room, Story, Word, open_room
from taihua.kernel.measures.enums import Count
from taihua.kernel.measures.logic import Figure, Tally
from taihua.kernel.org.enums import Tier, UnitKind
from taihua.kernel.records.ledgers import Also, StatementStore, columns, plan_ledger, told

KINDS = {"中心组学习": "study/session", "学法": "study/law"}

SESSIONS = (
    columns.unit(_("单位"), "学习单位"),
    Column("kind", _("类别"), Kind.CHOICE, required=True, key=True, choices=tuple(KINDS)),
    columns.day(_("日期"), "学习日期", "学习时间"),
    columns.topic(_("专题"), "学习专题", "学习内容", "主题", "内容"),
    Column("days", _("天数"), Kind.NUMBER, measure="天", synonyms=("学习天数",)),
    Column(
        "present",
        _("参加人员"),
        Kind.PEOPLE,
        synonyms=("参学人员", "出席人员", "参会人员", "学习人员"),
    ),
    Column(
        "effect", _("成效"), Kind.WORDS, synonyms=("学习成效", "学习效果", "形成意见", "落实情况")
    ),
)
STUDY = Ledger(
    code="study",
    title=_("中心组学习台账"),
    sentence=_("哪一天学了什么，谁到了，学出了什么。"),
    columns=SESSIONS,
    store=StatementStore(
        ledger="study",
        columns=SESSIONS,
        verb="held-session",
        kind="study/session",
        kinds=KINDS,
        fields={
            "unit": "unit",
            "kind": "kind",
            "day": "day",
            "topic": "label",
            "days": "quantity",
            "present": "context.present",
            "effect": "result.effect",
        },
        with_people={"present": "studied"},
        also=(Also("effect", "drew-from-session"),),
    ),
)
LESSONS = (
    columns.who(_("主讲人"), "授课人", "授课领导"),
    columns.of_unit(),
    columns.day(_("日期"), "授课日期", "授课时间"),
    columns.topic(_("题目"), "授课题目", "授课内容", "课题", "主题", key=True),
    Column("homework", _("思考题"), Kind.WORDS, synonyms=("作业题", "课后思考题", "作业")),
    Column(
        "answered", _("答题人员"), Kind.PEOPLE, synonyms=("完成作业人员", "交作业人员", "答题人")
    ),
)
LECTURES = Ledger(
    code="lectures",
    title=_("轮流授课台账"),
    sentence=_("班子成员谁讲了什么，留下什么思考题，谁答了。"),
    columns=LESSONS,
    store=StatementStore(
        ledger="lectures",
        columns=LESSONS,
        verb="lectured",
        kind="study/lecture",
        fields={
            "person": "person",
            "unit": "hint",
            "day": "day",
            "topic": "label",
            "homework": "context.homework",
            "answered": "context.answered",
        },
        with_people={"answered": "answered-homework"},
        also=(Also("homework", "set-homework"),),
    ),
)
QUIZZES = (
    columns.who(_("姓名")),
    columns.of_unit(),
    columns.day(_("日期"), "测验日期", "考试日期", "通过日期"),
    columns.topic(_("法律法规"), "测验内容", "考试内容", "法律", key=True),
)
LAW = Ledger(
    code="law",
    title=_("学法测验台账"),
    sentence=_("谁在哪一天通过了哪部法的测验；只记通过的。"),
    columns=QUIZZES,
    store=StatementStore(
        ledger="law",
        columns=QUIZZES,
        verb="passed-law-quiz",
        kind="study/law",
        fields={"person": "person", "unit": "hint", "day": "day", "topic": "label"},
        path=("topic",),
    ),
)
PLANS = plan_ledger(
    "study-plans",
    _("学习计划台账"),
    _("一年要学什么、谁来讲，先写下来。"),
    "planned-session",
    KINDS | {"轮流授课": "study/lecture"},
)

IN_YEAR = _("统计期内发生、未作废的记录。")
SESSION, LECTURE, STATUTE = ("study/session",), ("study/lecture",), ("study/law",)
FIGURES = (
    Figure("study.planned", _("列入计划的中心组学习"), IN_YEAR, _("项"), Tally(("planned-session",), SESSION)),
    Figure("study.sessions", _("中心组集中学习"), IN_YEAR, _("次"), Tally(("held-session",), SESSION)),
    Figure(
        "study.attendances",
        _("参加中心组学习"),
        _("统计期内记录员登记的参加人次；一人参加两次计两人次。"),
        _("人次"),
        Tally(("studied",), SESSION),
    ),
    Figure("study.effects", _("学有成效的中心组学习"), _("台账“成效”一栏写明了成果的学习。"), _("次"), Tally(("drew-from-session",), SESSION)),
    Figure("study.turns", _("列入计划的轮流授课"), IN_YEAR, _("讲"), Tally(("planned-session",), LECTURE)),
    Figure("study.lectures", _("班子成员轮流授课"), IN_YEAR, _("次"), Tally(("lectured",), LECTURE)),
    Figure("study.homework", _("留下思考题的授课"), IN_YEAR, _("次"), Tally(("set-homework",), LECTURE)),
    Figure("study.answers", _("课后思考题的作答"), _("统计期内一人答一次课的思考题计一份。"), _("份"), Tally(("answered-homework",), LECTURE)),
    Figure("study.law_planned", _("列入计划的学法"), IN_YEAR, _("项"), Tally(("planned-session",), STATUTE)),
    Figure("study.law_sessions", _("集中学法"), IN_YEAR, _("次"), Tally(("held-session",), STATUTE)),
    Figure(
        "study.law_quiz",
        _("通过学法测验的人"),
        _("统计期内至少通过一次学法测验的人，一人只计一次。"),
        _("人"),
        Tally(("passed-law-quiz",), STATUTE, Count.PEOPLE),
    ),
    Figure("study.law_effects", _("落到工作上的学法"), _("台账“成效”一栏写明了成果的学法。"), _("次"), Tally(("drew-from-session",), STATUTE)),
)  # fmt: skip
MECHANISMS = (
    Mechanism(
        "L1",
        _("中心组理论学习"),
        plan=Mark("study.planned", 4, _("学习计划不足每季度一项")),
        content=Mark("study.sessions", 4, _("集中学习不足每季度一次")),
        check=Mark("study.attendances", 1, _("没有登记参加人员")),
        effect=Mark("study.effects", 4, _("有的学习没有写明学出了什么")),
    ),
    Mechanism(
        "L4",
        _("轮流授课，留下作业题"),
        plan=Mark("study.turns", 4, _("轮流授课没有排满一年")),
        content=Mark("study.lectures", 4, _("授课不足每季度一次")),
        check=Mark("study.homework", 4, _("有的课没有留下思考题")),
        effect=Mark("study.answers", 1, _("还没有人交过思考题")),
    ),
    Mechanism(
        "L5",
        _("学法、知法、守法、用法"),
        plan=Mark("study.law_planned", 2, _("学法没有列入计划")),
        content=Mark("study.law_sessions", 2, _("集中学法不足半年一次")),
        check=Mark("study.law_quiz", 1, _("还没有人通过学法测验")),
        effect=Mark("study.law_effects", 1, _("学法没有写明用到了哪里")),
    ),
)

TOPICS = (
    "党的十八大报告", "中国特色社会主义理论体系", "义务教育均衡发展", "群众路线教育实践",
    "学习型党组织建设", "教育规划纲要", "师德师风建设", "基层学校调研成果交流",
    "校园安全与依法治教", "课堂教学改革", "干部作风建设", "年度工作总结与思考",
)  # fmt: skip
STATUTES = ("义务教育法", "教师法", "未成年人保护法")
EFFECTS = ("形成一条工作意见并列入下月安排。", "修订了一项机关制度。", "确定了两所学校的帮扶办法。")
QUESTIONS = (
    "结合分管工作，谈谈怎样把这一课用到下周的工作里。",
    "您联系的学校最缺什么，打算怎么办？",
)


def demo(story: Story) -> None:
    """Years of study of the committee: most of it planned, held and attended; some gaps are left."""
    hosts = story.units(UnitKind.COMMITTEE) or story.units(UnitKind.BUREAU)
    if not hosts:
        return
    for year in range(story.first.year, story.on.year + 1):
        for ledger, rows in (
            (PLANS, _plans(story, hosts[0].code, year)),
            (STUDY, _sessions(story, hosts[0].code, year)),
            (LECTURES, _lectures(story, year)),
            (LAW, _quizzes(story, year)),
        ):
            lived = (row for row in rows if story.first <= _day(row) <= story.on)
            for draft in told(ledger, lived, story.rng):
                story.add(draft)


def _day(row: Row) -> date:
    day = row["day"]
    return day if isinstance(day, date) else date.max


def _leaders(story: Story, day: date) -> list[str]:
    return [person.code for person in story.people(tier=Tier.LEADERSHIP, on=day)]


def _plans(story: Story, host: str, year: int) -> Iterator[Row]:
    made = date(year, 1, 8)
    leaders = _leaders(story, made)
    for month, topic in enumerate(TOPICS, 1):
        if month % 2:
            quarter = date(year, month - (month - 1) % 3, 8)
            yield {
                "unit": host, "kind": "中心组学习", "day": quarter, "topic": topic,
                "planned": date(year, month, 10), "lead": None,
            }  # fmt: skip
    for number, leader in enumerate(leaders):
        yield {
            "unit": host, "kind": "轮流授课", "day": made, "topic": f"第 {number + 1} 讲",
            "planned": date(year, 2 + number % 10, 20), "lead": leader,
        }  # fmt: skip
    for half, law in ((4, STATUTES[year % 3]), (10, STATUTES[(year + 1) % 3])):
        yield {
            "unit": host, "kind": "学法", "day": made, "topic": f"《{law}》",
            "planned": date(year, half, 15), "lead": None,
        }  # fmt: skip


def _sessions(story: Story, host: str, year: int) -> Iterator[Row]:
    """A session a month but for one; who is away is away."""
    missed = story.rng.randint(2, 12)
    for month, topic in enumerate(TOPICS, 1):
        day = date(year, month, story.rng.randint(8, 20))
        present = [code for code in _leaders(story, day) if story.rng.random() < 0.9]  # noqa: PLR2004
        if month == missed or not present:
            continue
        law = month in {4, 10}
        yield {
            "unit": host,
            "kind": "学法" if law else "中心组学习",
            "day": day,
            "topic": f"《{STATUTES[(year + month // 10) % 3]}》" if law else topic,
            "days": None if law else Decimal("1.5"),
            "present": tuple(present),
            "effect": story.rng.choice((*EFFECTS, None)),
        }


def _lectures(story: Story, year: int) -> Iterator[Row]:
    """Each leader lectures once a year, the last of them only every other year."""
    leaders = _leaders(story, date(year, 3, 1))
    for number, leader in enumerate(leaders):
        if number == len(leaders) - 1 and year % 2:
            continue
        day = date(year, 2 + number % 10, 20) + timedelta(days=story.rng.randint(0, 7))
        others = [code for code in leaders if code != leader and story.rng.random() < 0.6]  # noqa: PLR2004
        yield {
            "person": leader,
            "unit": None,
            "day": day,
            "topic": TOPICS[(number + year) % len(TOPICS)],
            "homework": story.rng.choice((*QUESTIONS, None)),
            "answered": tuple(others),
        }


def _quizzes(story: Story, year: int) -> Iterator[Row]:
    """In October most of the leadership and of the section heads pass."""
    day = date(year, 10, 25)
    people = _leaders(story, day) + [p.code for p in story.people(tier=Tier.MIDDLE, on=day)]
    for code in dict.fromkeys(people):
        if story.rng.random() < 0.8:  # noqa: PLR2004
            law = f"《{STATUTES[(year + 1) % 3]}》"
            yield {"person": code, "unit": None, "day": day, "topic": law}


ROOM = open_room(
    Room(
        code="study",
        title=_("学习"),
        verbs=[
            Word("planned-session", "计划学习"),
            Word("held-session", "组织学习"),
            Word("studied", "参加学习"),
            Word("drew-from-session", "学有成效"),
            Word("lectured", "授课"),
            Word("set-homework", "留思考题"),
            Word("answered-homework", "答思考题"),
            Word("passed-law-quiz", "通过学法测验"),
        ],
        kinds=[
            Word("study/session", "中心组学习"),
            Word("study/law", "学法"),
            Word("study/lecture", "授课"),
        ],
        ledgers=[STUDY, LECTURES, LAW, PLANS],
        figures=FIGURES,
        mechanisms=MECHANISMS,
        demo=demo,
    )
)
