"""The numbers of the room, and its mechanisms under 计划·内容·检查·效果."""

from django.utils.translation import gettext_lazy as _

from taihua.kernel.house import Mark, Mechanism
from taihua.kernel.measures.enums import Count
from taihua.kernel.measures.logic import Figure, Ratio, Tally

IN_YEAR = _("统计期内发生、未作废的记录。")
FOR_YEAR = _("为统计期订的、没有作废的计划；没写计划时间的，按制定日期算。")
SESSION, LECTURE, STATUTE = ("study/session",), ("study/lecture",), ("study/law",)
HELD, LECTURED = Tally(("held-session",), SESSION), Tally(("lectured",), LECTURE)
HOMEWORK, LAW_HELD = Tally(("set-homework",), LECTURE), Tally(("held-session",), STATUTE)
LAW_PLANNED = Tally(("planned-session",), STATUTE)
FIGURES = (
    Figure("study.planned", _("列入计划的中心组学习"), FOR_YEAR, _("项"), Tally(("planned-session",), SESSION)),
    Figure("study.sessions", _("中心组集中学习"), IN_YEAR, _("次"), HELD),
    Figure(
        "study.attendances",
        _("参加中心组学习"),
        _("统计期内记录员登记的参加人次；一人参加两次计两人次。"),
        _("人次"),
        Tally(("studied",), SESSION),
    ),
    Figure("study.effects", _("学有成效的中心组学习"), _("台账“成效”一栏写明了成果的学习。"), _("次"), Tally(("drew-from-session",), SESSION)),
    Figure("study.effect_share", _("学有成效的中心组学习占"), _("统计期内的中心组学习里，写明了成效的占多少。"), "", Ratio(Tally(("drew-from-session",), SESSION), HELD)),
    Figure("study.turns", _("列入计划的轮流授课"), FOR_YEAR, _("讲"), Tally(("planned-session",), LECTURE)),
    Figure("study.lectures", _("班子成员轮流授课"), IN_YEAR, _("次"), LECTURED),
    Figure("study.homework", _("留下思考题的授课"), IN_YEAR, _("次"), HOMEWORK),
    Figure("study.homework_share", _("授课里留下思考题的占"), _("统计期内的授课里，留下了思考题的占多少。"), "", Ratio(HOMEWORK, LECTURED)),
    Figure("study.answers", _("课后思考题的作答"), _("统计期内一人答一次课的思考题计一份。"), _("份"), Tally(("answered-homework",), LECTURE)),
    Figure("study.answered_share", _("授课里思考题有人答的占"), _("统计期内的授课里，思考题至少有一人作答的占多少。"), "", Ratio(Tally(("answered-homework",), LECTURE, Count.OBJECTS), Tally(("lectured",), LECTURE, Count.OBJECTS))),
    Figure("study.law_planned", _("列入计划的学法"), FOR_YEAR, _("项"), LAW_PLANNED),
    Figure("study.law_sessions", _("集中学法"), IN_YEAR, _("次"), LAW_HELD),
    Figure("study.law_share", _("计划的学法，学了的占"), _("列入计划的集中学法里，已经学了的占多少。"), "", Ratio(LAW_HELD, LAW_PLANNED)),
    Figure(
        "study.law_quiz",
        _("通过学法测验的人"),
        _("统计期内至少通过一次学法测验的人，一人只计一次。"),
        _("人"),
        Tally(("passed-law-quiz",), STATUTE, Count.PEOPLE),
    ),
    Figure("study.law_effects", _("落到工作上的学法"), _("台账“成效”一栏写明了成果的学法。"), _("次"), Tally(("drew-from-session",), STATUTE)),
    Figure("study.law_effect_share", _("集中学法落到工作上的占"), _("统计期内的集中学法里，写明了成效的占多少。"), "", Ratio(Tally(("drew-from-session",), STATUTE), LAW_HELD)),
)  # fmt: skip
MECHANISMS = (
    Mechanism(
        "L1",
        _("中心组理论学习"),
        plan=Mark("haizhou.centre-plan", 1, _("有的季度没有排定学习的题目和日期")),
        content=Mark("haizhou.centre-session", 1, _("有的季度还没有集中学习")),
        check=Mark("haizhou.centre-days", 1, _("有班子成员还没有学满十二天")),
        effect=Mark("study.effect_share", 1, _("有的学习没有写明学出了什么")),
    ),
    Mechanism(
        "L4",
        _("轮流授课，留下作业题"),
        plan=Mark("study.turns", 4, _("轮流授课没有排满一年")),
        content=Mark("haizhou.lecture-turn", 1, _("有班子成员今年还没有讲")),
        check=Mark("study.homework_share", 1, _("有的课没有留下思考题")),
        effect=Mark("study.answered_share", 1, _("有的课还没有人答思考题")),
    ),
    Mechanism(
        "L5",
        _("学法、知法、守法、用法"),
        plan=Mark("study.law_planned", 2, _("学法没有每半年列入一次计划")),
        content=Mark("study.law_share", 1, _("列入计划的学法还没有学完")),
        check=Mark("haizhou.law-study", 1, _("有班子成员还没有通过学法测验")),
        effect=Mark("study.law_effect_share", 1, _("有的学法没有写明用到了哪里")),
    ),
)
