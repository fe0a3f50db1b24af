"""The ledgers of the room: sessions, lectures, tests of law, and plans of study."""

from django.utils.translation import gettext_lazy as _

from taihua.base.ledger import Column, Kind, Ledger
from taihua.kernel.records.ledgers import Also, StatementStore, columns, plan_ledger

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

LEDGERS = (STUDY, LECTURES, LAW, PLANS)
