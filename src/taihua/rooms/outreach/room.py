"""What outreach tells the house: its words, ledgers, figures, marks and story."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from django.utils.translation import gettext_lazy as _

from taihua.base.ledger import Column, Kind, Ledger, Row
from taihua.kernel.house import Mark, Mechanism, Room, Story, Word, open_room
from taihua.kernel.measures.enums import Count
from taihua.kernel.measures.logic import Figure, Tally
from taihua.kernel.org.enums import Tier, UnitKind
from taihua.kernel.records.ledgers import Also, StatementStore, columns, plan_ledger, told
from taihua.kernel.records.tokens import opaque

SINCE = date(2011, 1, 1)
GROUPS = ("退休老干部", "老党员", "留守儿童")
NO_NAMES = _("只存不可还原的代号，姓名不入库；同名的请在姓名后加区别字。")

VISITS = (
    columns.who(_("调研人"), "姓名", "下基层人员", "领导姓名", "走访人"),
    columns.of_unit(),
    columns.day(_("日期"), "调研日期", "调研时间", "下基层时间"),
    Column(
        "place",
        _("调研单位"),
        Kind.UNIT,
        required=True,
        key=True,
        synonyms=("调研地点", "下基层单位", "到访单位", "走访学校", "基层单位", "联系点"),
    ),
    Column("days", _("天数"), Kind.NUMBER, measure="天", synonyms=("调研天数", "用时")),
    columns.topic(_("调研主题"), "调研内容", "主题", "课题", "内容"),
    Column("seen", _("发现的问题"), Kind.WORDS, synonyms=("问题", "存在问题", "了解的情况")),
    Column("proposal", _("建议"), Kind.WORDS, synonyms=("意见建议", "对策建议", "提出的建议")),
    Column("answer", _("答复"), Kind.WORDS, synonyms=("办理情况", "答复情况", "处理结果", "反馈")),
    Column("answered_by", _("答复单位"), Kind.UNIT, synonyms=("承办单位", "办理单位", "责任科室")),
)
VISIT = Ledger(
    code="visits",
    title=_("下基层调研台账"),
    sentence=_("谁哪天到了哪里，看到什么，提了什么建议，有没有答复。"),
    columns=VISITS,
    store=StatementStore(
        ledger="visits",
        columns=VISITS,
        verb="visited",
        kind="outreach/visit",
        fields={
            "person": "person",
            "unit": "hint",
            "day": "day",
            "place": "context.place",
            "days": "quantity",
            "topic": "label",
            "seen": "result.seen",
            "proposal": "result.proposal",
            "answer": "result.answer",
            "answered_by": "result.answered_by",
        },
        also=(
            Also("proposal", "proposed", "outreach/proposal"),
            Also("answer", "answered-proposal", "outreach/proposal", by="answered_by"),
        ),
    ),
    self_entry=True,
)
HELPED = (
    columns.who(_("帮扶人"), "帮扶责任人", "帮扶干部", "结对干部"),
    columns.of_unit(),
    columns.day(_("日期"), "帮扶日期", "帮扶时间", "走访时间"),
    Column(
        "group",
        _("对象类别"),
        Kind.CHOICE,
        required=True,
        key=True,
        choices=GROUPS,
        synonyms=("帮扶类别", "人员类别", "类别"),
    ),
    Column(
        "recipient",
        _("帮扶对象"),
        Kind.TOKEN,
        required=True,
        key=True,
        within="group",
        synonyms=("受助人", "对象姓名", "帮扶对象姓名", "被帮扶人", "受帮扶人"),
        help=NO_NAMES,
    ),
    Column("times", _("人次"), Kind.NUMBER, measure="人次", most=Decimal(500)),
    Column(
        "matter",
        _("帮扶事项"),
        Kind.TEXT,
        key=True,
        synonyms=("解决的困难", "事项", "帮扶内容", "解决实际困难", "内容"),
    ),
    Column("again", _("回访情况"), Kind.TEXT, synonyms=("回访", "回访记录")),
)
HELP = Ledger(
    code="help",
    title=_("帮扶台账"),
    sentence=_("为老干部、老党员、留守儿童解决了什么困难；对象只记代号。"),
    columns=HELPED,
    store=StatementStore(
        ledger="help",
        columns=HELPED,
        verb="helped",
        kind="outreach/helped",
        fields={
            "person": "person",
            "unit": "hint",
            "day": "day",
            "group": "label",
            "recipient": "path",
            "times": "quantity",
            "matter": "context.matter",
            "again": "result.again",
        },
        also=(Also("again", "revisited"),),
    ),
    conceal=partial(opaque, "outreach/helped"),
)
FUNDED = (
    columns.unit(_("资助单位"), "出资单位", "单位"),
    columns.day(_("日期"), "资助日期", "资助时间", "发放日期"),
    Column(
        "student",
        _("学生"),
        Kind.TOKEN,
        required=True,
        key=True,
        synonyms=("学生姓名", "大学生姓名", "受助学生", "姓名", "受资助人"),
        help=NO_NAMES,
    ),
    Column(
        "yuan",
        _("金额"),
        Kind.NUMBER,
        required=True,
        measure="元",
        most=Decimal(100_000),
        synonyms=("资助金额", "资助金", "金额（元）"),
    ),
    Column("item", _("资助项目"), Kind.TEXT, synonyms=("项目", "资助类别", "资金来源")),
)
STUDENTS = Ledger(
    code="students",
    title=_("资助大学生台账"),
    sentence=_("资助了多少困难大学生，每人多少元；学生只记代号。"),
    columns=FUNDED,
    store=StatementStore(
        ledger="students",
        columns=FUNDED,
        verb="funded-student",
        kind="outreach/student",
        fields={
            "unit": "unit",
            "day": "day",
            "student": "path",
            "yuan": "quantity",
            "item": "context.item",
        },
        label="资助困难大学生",
    ),
    conceal=partial(opaque, "outreach/student"),
)
PLANS = plan_ledger(
    "outreach-plans",
    _("调研和帮扶计划台账"),
    _("一年要调研什么、帮扶谁，先写下来。"),
    "planned-outreach",
    {"调研": "outreach/visit", "帮扶": "outreach/helped"},
)

IN_YEAR = _("统计期内发生、未作废的记录。")
TO_DATE = _("2011 年 1 月 1 日以来的记录，不限统计年度。")
VISITED, ASKED, HELPING = ("outreach/visit",), ("outreach/proposal",), ("outreach/helped",)
FIGURES = (
    Figure("outreach.planned", _("列入计划的调研"), IN_YEAR, _("项"), Tally(("planned-outreach",), VISITED)),
    Figure("outreach.visitors", _("下基层调研的人"), _("统计期内至少调研一次的人，一人只计一次。"), _("人"), Tally(("visited",), VISITED, Count.PEOPLE)),
    Figure("outreach.visit_days", _("下基层调研"), _("统计期内各次调研天数之和，半天计 0.5。"), _("天"), Tally(("visited",), VISITED, Count.QUANTITY)),
    Figure("outreach.proposals", _("调研中提出的建议"), _("每次调研写明的建议计一条。"), _("条"), Tally(("proposed",), ASKED)),
    Figure("outreach.answered", _("得到答复的建议"), _("写明了答复或办理情况的建议。"), _("条"), Tally(("answered-proposal",), ASKED)),
    Figure("help.planned", _("列入计划的帮扶"), IN_YEAR, _("项"), Tally(("planned-outreach",), HELPING)),
    Figure("help.person_times", _("为退休老干部、老党员、留守儿童解决实际困难"), TO_DATE, _("人次"), Tally(("helped",), HELPING, Count.QUANTITY, SINCE)),
    Figure("help.persons", _("得到帮扶的人"), _("2011 年 1 月 1 日以来，按代号一人只计一次。"), _("人"), Tally(("helped",), HELPING, Count.OBJECTS, SINCE)),
    Figure("help.revisits", _("回访过的帮扶"), _("2011 年 1 月 1 日以来，写明了回访情况的帮扶。"), _("次"), Tally(("revisited",), HELPING, Count.STATEMENTS, SINCE)),
    Figure("help.students", _("资助困难大学生"), _("2011 年 1 月 1 日以来，按代号一人只计一次。"), _("人"), Tally(("funded-student",), ("outreach/student",), Count.OBJECTS, SINCE)),
    Figure("help.student_yuan", _("资助困难大学生的金额"), TO_DATE, _("元"), Tally(("funded-student",), ("outreach/student",), Count.QUANTITY, SINCE)),
)  # fmt: skip
MECHANISMS = (
    Mechanism(
        "L6",
        _("每月至少一天深入基层调研"),
        plan=Mark("outreach.planned", 4, _("调研计划不足每季度一项")),
        content=Mark("outreach.visit_days", 12, _("调研天数不足每月一天")),
        check=Mark("outreach.proposals", 12, _("有的调研没有提出建议")),
        effect=Mark("outreach.answered", 12, _("有的建议还没有答复")),
    ),
    Mechanism(
        "L10",
        _("为老干部、老党员、留守儿童解决实际困难，资助困难大学生"),
        plan=Mark("help.planned", 1, _("帮扶没有列入计划")),
        content=Mark("help.person_times", 600, _("2011 年以来不足 600 人次")),
        check=Mark("help.revisits", 100, _("回访过的还不多")),
        effect=Mark("help.students", 200, _("2011 年以来资助大学生不足 200 人")),
    ),
)

HELP_TOTAL, STUDENT_TOTAL = 612, 206
THEMES = ("课堂教学", "校园安全", "师资配备", "留守儿童关爱", "校舍与设备", "办学特色", "减负情况")
SEEN = ("多媒体教室不够用。", "音体美教师缺编。", "操场排水不畅。", "图书更新慢。", None)
PROPOSALS = ("请计财部门列入下学期设备计划。", "请人事部门安排交流教师。", "请两校结对教研。", None)
ANSWERS = ("已列入计划，下学期落实。", "已安排一名交流教师。", "已纳入教研日程。", None)
MATTERS = {
    "退休老干部": ("陪同就医", "上门送学", "维修水暖"),
    "老党员": ("走访慰问", "代办手续", "上门过组织生活"),
    "留守儿童": ("亲情通话", "课业辅导", "购置冬衣"),
}


def demo(story: Story) -> None:
    """Visits month by month, some missed; help and students up to the totals of the district."""
    bureaus, schools = story.units(UnitKind.BUREAU), story.units(UnitKind.SCHOOL)
    if not bureaus or not schools:
        return
    for ledger, rows in (
        (PLANS, _plans(story, bureaus[0].code)),
        (VISIT, _visits(story, [school.code for school in schools])),
        (HELP, _help(story)),
        (STUDENTS, _students(story, bureaus[0].code)),
    ):
        for draft in told(ledger, rows, story.rng):
            story.add(draft)


def _months(story: Story) -> Iterator[date]:
    """The first days of the months that lie wholly or partly in the story."""
    month = story.first.replace(day=1)
    while month <= story.on:
        yield month
        month = (month + timedelta(days=32)).replace(day=1)


def _plans(story: Story, bureau: str) -> Iterator[Row]:
    for year in range(story.first.year, story.on.year + 1):
        day = date(year, 1, 10)
        if not story.first <= day <= story.on:
            continue
        for number, theme in enumerate(THEMES[:4]):
            yield {
                "unit": bureau, "kind": "调研", "day": day, "topic": theme,
                "planned": date(year, 3 * number + 1, 15), "lead": None,
            }  # fmt: skip
        yield {
            "unit": bureau, "kind": "帮扶", "day": day, "topic": "结对帮扶",
            "planned": None, "lead": None,
        }  # fmt: skip


def _visits(story: Story, schools: list[str]) -> Iterator[Row]:
    """Leaders go nearly every month, each misses one now and then; section heads go more seldom."""
    for month in _months(story):
        for tier, likely in ((Tier.LEADERSHIP, 0.93), (Tier.MIDDLE, 0.25)):
            for person in story.people(tier=tier, on=month):
                day = month + timedelta(days=story.rng.randint(1, 26))
                if day > story.on or story.rng.random() > likely:
                    continue
                proposal = story.rng.choice(PROPOSALS)
                yield {
                    "person": person.code,
                    "unit": None,
                    "day": day,
                    "place": story.rng.choice(schools),
                    "days": Decimal(story.rng.choice(("1", "1", "1", "0.5", "1.5"))),
                    "topic": story.rng.choice(THEMES),
                    "seen": story.rng.choice(SEEN),
                    "proposal": proposal,
                    "answer": story.rng.choice(ANSWERS) if proposal else None,
                    "answered_by": None,
                }


def _help(story: Story) -> Iterator[Row]:
    """Exactly as many person-times as the district has given since 2011, for half as many people."""
    helpers = story.people(tier=Tier.LEADERSHIP) + story.people(tier=Tier.MIDDLE)
    days = _days(story, HELP_TOTAL)
    for number, day in enumerate(days):
        group = GROUPS[number % 3]
        yield {
            "person": helpers[number % len(helpers)].code,
            "unit": None,
            "day": day,
            "group": group,
            "recipient": opaque("outreach/helped", f"{group}|demo-{number % 300}"),
            "times": None,
            "matter": story.rng.choice(MATTERS[group]),
            "again": "已回访，困难解决。" if number % 4 == 0 else None,
        }


def _students(story: Story, bureau: str) -> Iterator[Row]:
    """Students are funded each August, at the start of their studies."""
    years = [y for y in range(story.first.year, story.on.year + 1) if date(y, 8, 20) <= story.on]
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


ROOM = open_room(
    Room(
        code="outreach",
        title=_("调研帮扶"),
        verbs=[
            Word("planned-outreach", "计划调研帮扶"),
            Word("visited", "下基层调研"),
            Word("proposed", "提出建议"),
            Word("answered-proposal", "答复建议"),
            Word("helped", "帮扶"),
            Word("revisited", "回访"),
            Word("funded-student", "资助大学生"),
        ],
        kinds=[
            Word("outreach/visit", "调研"),
            Word("outreach/proposal", "调研建议"),
            Word("outreach/helped", "受帮扶者"),
            Word("outreach/student", "大学生"),
        ],
        ledgers=[VISIT, HELP, STUDENTS, PLANS],
        figures=FIGURES,
        mechanisms=MECHANISMS,
        demo=demo,
    )
)
