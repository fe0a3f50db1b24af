"""The ledgers of the room: forums, talks about work, practices and their trials, and plans."""

from django.utils.translation import gettext_lazy as _

from taihua.base.ledger import Column, Kind, Ledger
from taihua.kernel.records.ledgers import Also, StatementStore, columns, plan_ledger

KINDS = {"校长讲坛": "forums/principals", "教学论坛": "forums/teaching"}
TALK, PRACTICE = "forums/talk", "forums/practice"
TRIALS = {
    "在试": "forums/trial",
    "见效": "forums/trial-worked",
    "部分见效": "forums/trial-partly",
    "没有见效": "forums/trial-failed",
}

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
    _("讲坛、谈工作和四型机关计划台账"),
    _("一年办哪几期讲坛、怎样谈工作、四型机关怎样创建，先写下来。"),
    "planned-forum",
    KINDS | {"谈工作": TALK, "四型机关": PRACTICE},
)
SHARED = (
    columns.unit(_("单位"), "科室", "学校", "做法单位"),
    columns.day(_("写出日期"), "总结日期"),
    columns.topic(_("做法"), "典型做法", "经验", "典型", "题目", key=True),
    Column("problem", _("原来的问题"), Kind.WORDS, synonyms=("问题", "背景")),
    Column("done", _("怎么做的"), Kind.WORDS, synonyms=("主要做法", "具体做法")),
    Column("needs", _("需要什么条件"), Kind.WORDS, synonyms=("条件", "需要的条件")),
    Column("outcome", _("见到什么效果"), Kind.WORDS, synonyms=("效果", "成效")),
    Column("evidence", _("佐证"), Kind.WORDS, synonyms=("佐证材料", "证据")),
    Column("writer", _("执笔人"), Kind.PERSON, synonyms=("撰写人", "总结人")),
    Column("retired", _("停用原因"), Kind.WORDS),
)
PRACTICES = Ledger(
    code="practices",
    title=_("典型做法台账"),
    sentence=_("哪个单位把什么问题怎么解决了，别人可以学。"),
    columns=SHARED,
    store=StatementStore(
        ledger="practices",
        columns=SHARED,
        verb="shared-practice",
        kind=PRACTICE,
        fields={
            "unit": "unit",
            "day": "day",
            "topic": "label",
            "problem": "context.problem",
            "done": "context.done",
            "needs": "context.needs",
            "writer": "context.writer",
            "outcome": "result.outcome",
            "evidence": "result.evidence",
            "retired": "result.retired",
        },
        also=(Also("retired", "retired-practice"),),
    ),
)
TRIED = (
    columns.unit(_("试用单位"), "科室", "学校"),
    columns.day(_("开始日期"), "试用日期"),
    columns.topic(_("做法"), "典型做法", "学的做法", key=True),
    Column("of", _("哪个单位的做法"), Kind.UNIT, synonyms=("做法单位", "来自")),
    Column(
        "kind",
        _("试得怎样"),
        Kind.CHOICE,
        required=True,
        choices=tuple(TRIALS),
        synonyms=("结果", "试用结果", "效果"),
    ),
    Column("why", _("为什么"), Kind.WORDS, synonyms=("原因", "说明")),
)
TRIALS_OF = Ledger(
    code="practice-trials",
    title=_("做法试用台账"),
    sentence=_("哪个单位试了谁的做法，见效没有，为什么。"),
    columns=TRIED,
    store=StatementStore(
        ledger="practice-trials",
        columns=TRIED,
        verb="tried-practice",
        kind=TRIALS["在试"],
        kinds=TRIALS,
        fields={
            "unit": "unit",
            "day": "day",
            "topic": "label",
            "of": "context.of",
            "kind": "kind",
            "why": "result.why",
        },
    ),
)

LEDGERS = (FORUMS, TALKS, PRACTICES, TRIALS_OF, PLANS)
