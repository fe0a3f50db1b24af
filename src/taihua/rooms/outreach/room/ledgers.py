"""The ledgers of the room: visits, help, students; whoever is helped stays without a name."""

from decimal import Decimal
from functools import partial

from django.utils.translation import gettext_lazy as _

from taihua.base.ledger import Column, Kind, Ledger
from taihua.kernel.records.ledgers import Also, StatementStore, columns, plan_ledger
from taihua.kernel.records.tokens import opaque
from taihua.rooms.outreach.room.ledger_of_visits import VisitStore

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
    Column(
        "carried",
        _("落实情况"),
        Kind.WORDS,
        synonyms=("落实结果", "落实", "回头看", "建议落实情况"),
    ),
    Column(
        "makes_up",
        _("补哪天的"),
        Kind.DAY,
        synonyms=("补记日期", "计入日期", "补"),
        help=_("补去的写当月该去的一天；没有补的空着。"),
    ),
    Column("answered_by", _("答复单位"), Kind.UNIT, synonyms=("承办单位", "办理单位", "责任科室")),
)
VISIT = Ledger(
    code="visits",
    title=_("下基层调研台账"),
    sentence=_("谁哪天到了哪里，看到什么，提了什么建议，有没有答复。"),
    columns=VISITS,
    store=VisitStore(
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
            "carried": "result.carried",
            "makes_up": "counts_on",
        },
        also=(
            Also("proposal", "proposed", "outreach/proposal"),
            Also("answer", "answered-proposal", "outreach/proposal", by="answered_by"),
            Also("carried", "carried-out-proposal", "outreach/proposal", by="answered_by"),
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
    {"调研": "outreach/visit", "帮扶": "outreach/helped", "助学": "outreach/student"},
)

LEDGERS = (VISIT, HELP, STUDENTS, PLANS)
