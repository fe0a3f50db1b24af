"""The ledgers of the room: forums, talks about work, and plans of both."""

from django.utils.translation import gettext_lazy as _

from taihua.base.ledger import Column, Kind, Ledger
from taihua.kernel.records.ledgers import Also, StatementStore, columns, plan_ledger

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

LEDGERS = (FORUMS, TALKS, PLANS)
