"""The ledgers of the room: meetings held, and meetings planned."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from taihua.base.ledger import Column, Kind, Ledger
from taihua.kernel.records.ledgers import Also, StatementStore, columns, plan_ledger

KINDS = {
    gettext_noop("支部党员大会"): "meetings/assembly",
    gettext_noop("支部委员会"): "meetings/committee",
    gettext_noop("党小组会"): "meetings/cell",
    gettext_noop("党课"): "meetings/class",
    gettext_noop("主题党日"): "meetings/themeday",
    gettext_noop("民主生活会"): "meetings/candour_leaders",
    gettext_noop("组织生活会"): "meetings/candour_branch",
    gettext_noop("民主评议党员"): "meetings/appraisal",
    gettext_noop("述职述廉会"): "meetings/account",
}
ALIKE = {
    "党员大会": "支部党员大会",
    "支部大会": "支部党员大会",
    "支委会": "支部委员会",
    "支部委员会议": "支部委员会",
    "党小组会议": "党小组会",
    "上党课": "党课",
    "党日活动": "主题党日",
    "民主评议": "民主评议党员",
    "述职述廉": "述职述廉会",
    "述职述廉会议": "述职述廉会",
}

HELD = (
    columns.unit(_("单位"), "支部", "党支部", "组织名称", "召开单位", "会议单位"),
    Column(
        "kind",
        _("会议类别"),
        Kind.CHOICE,
        required=True,
        key=True,
        choices=tuple(KINDS),
        alike=ALIKE,
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

LEDGERS = (MEETINGS, PLANS)
