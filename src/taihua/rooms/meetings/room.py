"""What meetings tells the house: its words, ledgers, figures, marks and story."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from taihua.base.ledger import Column, Kind, Ledger, Row
from taihua.kernel.house import Mark, Mechanism, Room, Story, Word, open_room
from taihua.kernel.measures.enums import Count
from taihua.kernel.measures.logic import Figure, Tally
from taihua.kernel.org.enums import Tier, UnitKind
from taihua.kernel.org.models import Unit
from taihua.kernel.records.ledgers import Also, StatementStore, columns, plan_ledger, told

KINDS = {
    "支部党员大会": "meetings/assembly",
    "支部委员会": "meetings/committee",
    "党小组会": "meetings/cell",
    "党课": "meetings/class",
    "主题党日": "meetings/themeday",
    "民主生活会": "meetings/candour_leaders",
    "组织生活会": "meetings/candour_branch",
    "民主评议党员": "meetings/appraisal",
    "述职述廉会": "meetings/account",
}
BRANCH_LIFE = tuple(
    f"meetings/{kind}" for kind in ("assembly", "class", "themeday", "candour_branch")
)
LEADERS, BRANCH = "meetings/candour_leaders", "meetings/candour_branch"

HELD = (
    columns.unit(_("单位"), "支部", "党支部", "组织名称", "召开单位", "会议单位"),
    Column(
        "kind",
        _("会议类别"),
        Kind.CHOICE,
        required=True,
        key=True,
        choices=tuple(KINDS),
        synonyms=("会议类型", "类别", "会议名称", "组织生活类别"),
    ),
    columns.day(_("日期"), "会议日期", "会议时间", "召开时间", "召开日期"),
    columns.topic(_("议题"), "会议议题", "会议内容", "主题", "主要内容", key=True),
    Column("expected", _("应到"), Kind.NUMBER, measure="人", synonyms=("应到人数", "应参加人数")),
    Column(
        "present",
        _("参会人员"),
        Kind.PEOPLE,
        synonyms=("出席人员", "实到人员", "参加人员", "到会人员"),
    ),
    Column("reporting", _("述职人员"), Kind.PEOPLE, synonyms=("述职人", "述职述廉人员")),
    Column(
        "decision", _("决议"), Kind.WORDS, synonyms=("会议决议", "决定事项", "形成决议", "决定")
    ),
    Column("remedy", _("整改落实"), Kind.WORDS, synonyms=("整改情况", "整改措施", "落实情况")),
)
MEETINGS = Ledger(
    code="meetings",
    title=_("会议台账"),
    sentence=_("哪个支部哪天开了什么会，谁到了，定了什么，落实得怎样。"),
    columns=HELD,
    store=StatementStore(
        ledger="meetings",
        columns=HELD,
        verb="held-meeting",
        kind="meetings/assembly",
        kinds=KINDS,
        fields={
            "unit": "unit",
            "kind": "kind",
            "day": "day",
            "topic": "label",
            "expected": "context.expected",
            "present": "context.present",
            "reporting": "context.reporting",
            "decision": "result.decision",
            "remedy": "result.remedy",
        },
        with_people={"present": "attended", "reporting": "reported-duty"},
        also=(Also("decision", "decided"), Also("remedy", "remedied")),
    ),
)
PLANS = plan_ledger(
    "meeting-plans",
    _("会议计划台账"),
    _("一年的组织生活怎么安排，先写下来。"),
    "planned-meeting",
    KINDS,
)

IN_YEAR = _("统计期内发生、未作废的记录。")
TIMES = _("次")


FIGURES = (
    Figure("meetings.planned", _("列入计划的会议"), IN_YEAR, _("项"), Tally(("planned-meeting",))),
    Figure("meetings.held", _("召开的会议"), IN_YEAR, TIMES, Tally(("held-meeting",))),
    Figure("meetings.assemblies", _("支部党员大会"), IN_YEAR, TIMES, Tally(("held-meeting",), ("meetings/assembly",))),
    Figure("meetings.committees", _("支部委员会"), IN_YEAR, TIMES, Tally(("held-meeting",), ("meetings/committee",))),
    Figure("meetings.cells", _("党小组会"), IN_YEAR, TIMES, Tally(("held-meeting",), ("meetings/cell",))),
    Figure("meetings.classes", _("党课"), IN_YEAR, TIMES, Tally(("held-meeting",), ("meetings/class",))),
    Figure("meetings.candour_planned", _("列入计划的民主生活会和组织生活会"), IN_YEAR, _("项"), Tally(("planned-meeting",), (LEADERS, BRANCH))),
    Figure("meetings.candour", _("民主生活会和组织生活会"), IN_YEAR, TIMES, Tally(("held-meeting",), (LEADERS, BRANCH))),
    Figure("meetings.attendances", _("参加会议"), _("统计期内记录员登记的到会人次。"), _("人次"), Tally(("attended",))),
    Figure("meetings.decisions", _("作出决议的会议"), _("台账写明了决议的会议。"), TIMES, Tally(("decided",))),
    Figure("meetings.accounts", _("述职述廉的人"), _("统计期内述职述廉的人，一人只计一次。"), _("人"), Tally(("reported-duty",), (), Count.PEOPLE)),
    Figure("meetings.remedies", _("写明整改落实的会议"), _("台账写明了整改落实情况的会议。"), TIMES, Tally(("remedied",))),
    Figure("meetings.dual_planned", _("列入计划的领导班子民主生活会"), IN_YEAR, _("项"), Tally(("planned-meeting",), (LEADERS,))),
    Figure("meetings.dual_leaders", _("参加领导班子民主生活会的人"), _("统计期内至少参加一次的人。"), _("人"), Tally(("attended",), (LEADERS,), Count.PEOPLE)),
    Figure("meetings.dual_branch", _("参加支部组织生活的人"), _("统计期内至少参加一次支部党员大会、党课、主题党日或组织生活会的人。"), _("人"), Tally(("attended",), BRANCH_LIFE, Count.PEOPLE)),
    Figure("meetings.dual_effect", _("落实了整改的生活会"), _("写明了整改落实情况的民主生活会和组织生活会。"), TIMES, Tally(("remedied",), (LEADERS, BRANCH))),
)  # fmt: skip
MECHANISMS = (
    Mechanism(
        "L7",
        _("学习制度、会议制度、三会一课制度"),
        plan=Mark("meetings.planned", 4, _("会议计划不足每季度一项")),
        content=Mark("meetings.assemblies", 4, _("支部党员大会不足每季度一次")),
        check=Mark("meetings.attendances", 1, _("没有登记到会人员")),
        effect=Mark("meetings.decisions", 4, _("作出决议的会议还不多")),
    ),
    Mechanism(
        "L8",
        _("民主评议、民主生活会、述职述廉"),
        plan=Mark("meetings.candour_planned", 1, _("生活会没有列入计划")),
        content=Mark("meetings.candour", 1, _("还没有开生活会")),
        check=Mark("meetings.accounts", 1, _("还没有人述职述廉")),
        effect=Mark("meetings.remedies", 1, _("还没有写明整改落实")),
    ),
    Mechanism(
        "L9",
        _("双重组织生活"),
        plan=Mark("meetings.dual_planned", 1, _("领导班子民主生活会没有列入计划")),
        content=Mark("meetings.dual_leaders", 1, _("没有班子成员参加民主生活会的记录")),
        check=Mark("meetings.dual_branch", 1, _("没有参加支部组织生活的记录")),
        effect=Mark("meetings.dual_effect", 1, _("生活会的整改没有写明落实")),
    ),
)

AGENDA = {
    "支部党员大会": ("传达上级精神", "讨论发展对象", "通报支部工作"),
    "支部委员会": ("研究本月党务", "研究帮扶安排", "研究党员教育"),
    "党小组会": ("学习交流", "谈心与批评", "党费与困难党员"),
    "党课": ("党的宗旨", "为民务实清廉", "教育工作者的责任"),
}
DECISIONS = ("同意吸收为预备党员。", "确定下月走访名单。", "通过支部工作计划。", None)


def demo(story: Story) -> None:
    """The branches' yearly round; one branch falls behind, and not everybody comes."""
    branches, cells = story.units(UnitKind.BRANCH), story.units(UnitKind.CELL)
    hosts = story.units(UnitKind.COMMITTEE) or story.units(UnitKind.BUREAU)
    for year in range(story.first.year, story.on.year + 1):
        rows = [
            row
            for number, branch in enumerate(branches)
            for row in _branch_year(story, branch, year, behind=number == len(branches) - 1)
        ]
        rows += [row for cell in cells for row in _cell_year(story, cell, year)]
        rows += [row for host in hosts[:1] for row in _leaders_year(story, host, year)]
        for ledger, wanted in ((PLANS, _plans(branches, hosts, year)), (MEETINGS, rows)):
            lived = (row for row in wanted if story.first <= _day(row) <= story.on)
            for draft in told(ledger, lived, story.rng):
                story.add(draft)


def _day(row: Row) -> date:
    day = row["day"]
    return day if isinstance(day, date) else date.max


def _plans(branches: Sequence[Unit], hosts: Sequence[Unit], year: int) -> Iterator[Row]:
    planned = [(branch, kind) for branch in branches for kind in ("支部党员大会", "组织生活会")]
    planned += [(host, "民主生活会") for host in hosts[:1]]
    for unit, kind in planned:
        yield {
            "unit": unit.code, "kind": kind, "day": date(year, 1, 12), "topic": f"{year} 年{kind}",
            "planned": None, "lead": None,
        }  # fmt: skip


def _branch_year(story: Story, branch: Unit, year: int, *, behind: bool) -> Iterator[Row]:
    for month in range(1, 13):
        day = date(year, month, 1) + timedelta(days=story.rng.randint(3, 24))
        present = [person.code for person in story.members(branch, day)]
        if not present or day > story.on or (behind and month > 6):  # noqa: PLR2004
            continue
        yield _meeting(story, branch, "支部委员会", day, present[:5])
        if month % 3 == 2:  # noqa: PLR2004
            yield _meeting(story, branch, "支部党员大会", day + timedelta(days=2), present)
        if month % 3 == 0:
            yield _meeting(story, branch, "党课", day + timedelta(days=3), present)
    yield _meeting(
        story,
        branch,
        "组织生活会",
        date(year, 11, 20),
        [person.code for person in story.members(branch, date(year, 11, 20))],
        remedy="逐条列出整改事项，年底前对照销号。" if year % 2 else None,
    )


def _cell_year(story: Story, cell: Unit, year: int) -> Iterator[Row]:
    """Cells meet every month; now and then one does not."""
    for month in range(1, 13):
        day = date(year, month, 1) + timedelta(days=story.rng.randint(2, 25))
        present = [person.code for person in story.members(cell, day)]
        if present and day <= story.on and story.rng.random() < 0.93:  # noqa: PLR2004
            yield _meeting(story, cell, "党小组会", day, present)


def _leaders_year(story: Story, host: Unit, year: int) -> Iterator[Row]:
    day = date(year, 11, 28)
    leaders = [person.code for person in story.people(tier=Tier.LEADERSHIP, on=day)]
    remedy = "会后列出整改清单，逐项落实。"
    yield _meeting(story, host, "民主生活会", day, leaders, remedy=remedy)
    heads = [person.code for person in story.people(tier=Tier.MIDDLE, on=day)]
    account = _meeting(story, host, "述职述廉会", date(year, 1, 18), leaders + heads)
    yield account | {"reporting": tuple(leaders)}


def _meeting(  # what a meeting is
    story: Story,
    unit: Unit,
    kind: str,
    day: date,
    expected: Sequence[str],
    *,
    remedy: str | None = None,
) -> Row:
    present = [code for code in dict.fromkeys(expected) if story.rng.random() < 0.92]  # noqa: PLR2004
    return {
        "unit": unit.code,
        "kind": kind,
        "day": day,
        "topic": story.rng.choice(AGENDA.get(kind, (f"{day.year} 年{kind}",))),
        "expected": Decimal(len(expected)) or None,
        "present": tuple(present),
        "reporting": (),
        "decision": story.rng.choice(DECISIONS),
        "remedy": remedy,
    }


ROOM = open_room(
    Room(
        code="meetings",
        title=_("会议"),
        verbs=[
            Word("planned-meeting", "计划会议"),
            Word("held-meeting", "召开会议"),
            Word("attended", "参加会议"),
            Word("reported-duty", "述职述廉"),
            Word("decided", "作出决议"),
            Word("remedied", "落实整改"),
        ],
        kinds=[Word(code, word) for word, code in KINDS.items()],
        ledgers=[MEETINGS, PLANS],
        figures=FIGURES,
        mechanisms=MECHANISMS,
        demo=demo,
    )
)
