"""The numbers of the room, and its mechanisms under 计划·内容·检查·效果."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from taihua.kernel.house import Mark, Mechanism
from taihua.kernel.measures.enums import Count
from taihua.kernel.measures.logic import Figure, Ratio, Tally

SINCE = date(2011, 1, 1)
IN_YEAR = _("统计期内发生、未作废的记录。")
FOR_YEAR = _("为统计期订的、没有作废的计划；没写计划时间的，按制定日期算。")
TO_DATE = _("2011 年 1 月 1 日以来的记录，不限统计年度。")
VISITED, ASKED, HELPING = ("outreach/visit",), ("outreach/proposal",), ("outreach/helped",)
STUDENT = ("outreach/student",)
PROPOSED = Tally(("proposed",), ASKED)
HELPED = Tally(("helped",), HELPING, since=SINCE)
FIGURES = (
    Figure("outreach.planned", _("列入计划的调研"), FOR_YEAR, _("项"), Tally(("planned-outreach",), VISITED)),
    Figure("outreach.visitors", _("下基层调研的人"), _("统计期内至少调研一次的人，一人只计一次。"), _("人"), Tally(("visited",), VISITED, Count.PEOPLE)),
    Figure("outreach.visit_days", _("下基层调研"), _("统计期内各次调研天数之和，半天计 0.5。"), _("天"), Tally(("visited",), VISITED, Count.QUANTITY)),
    Figure("outreach.proposals", _("调研中提出的建议"), _("每次调研写明的建议计一条。"), _("条"), PROPOSED),
    Figure("outreach.answered", _("得到答复的建议"), _("写明了答复或办理情况的建议。"), _("条"), Tally(("answered-proposal",), ASKED)),
    Figure("outreach.answer_share", _("调研建议得到答复的占"), _("统计期内提出的建议里，写明了答复的占多少。"), "", Ratio(Tally(("answered-proposal",), ASKED), PROPOSED)),
    Figure("outreach.carried_share", _("调研建议落实了的占"), _("统计期内提出的建议里，写明了落实情况的占多少。"), "", Ratio(Tally(("carried-out-proposal",), ASKED), PROPOSED)),
    Figure("help.planned", _("列入计划的帮扶"), FOR_YEAR, _("项"), Tally(("planned-outreach",), HELPING + STUDENT)),
    Figure("help.person_times", _("为退休老干部、老党员、留守儿童解决实际困难"), TO_DATE, _("人次"), Tally(("helped",), HELPING, Count.QUANTITY, SINCE)),
    Figure("help.persons", _("得到帮扶的人"), _("2011 年 1 月 1 日以来，按代号一人只计一次。"), _("人"), Tally(("helped",), HELPING, Count.OBJECTS, SINCE)),
    Figure("help.revisits", _("回访过的帮扶"), _("2011 年 1 月 1 日以来，写明了回访情况的帮扶。"), _("次"), Tally(("revisited",), HELPING, Count.STATEMENTS, SINCE)),
    Figure("help.revisit_share", _("帮扶以后回访过的占"), _("2011 年 1 月 1 日以来的帮扶里，写明了回访情况的占多少。"), "", Ratio(Tally(("revisited",), HELPING, since=SINCE), HELPED)),
    Figure("help.students", _("资助困难大学生"), _("2011 年 1 月 1 日以来，按代号一人只计一次。"), _("人"), Tally(("funded-student",), STUDENT, Count.OBJECTS, SINCE)),
    Figure("help.student_yuan", _("资助困难大学生的金额"), TO_DATE, _("元"), Tally(("funded-student",), STUDENT, Count.QUANTITY, SINCE)),
)  # fmt: skip
MECHANISMS = (
    Mechanism(
        "L6",
        _("每月至少一天深入基层调研"),
        plan=Mark("outreach.planned", 4, _("调研计划不足每季度一项")),
        content=Mark("haizhou.visit-month", 1, _("有人有的月份还没有下去")),
        check=Mark("outreach.answer_share", 1, _("有的建议还没有答复")),
        effect=Mark("outreach.carried_share", 1, _("有的建议还没有落实")),
    ),
    Mechanism(
        "L10",
        _("为老干部、老党员、留守儿童解决实际困难，资助困难大学生"),
        plan=Mark("help.planned", 2, _("帮扶和助学没有都列入计划")),
        content=Mark("haizhou.help", 1, _("有人这半年还没有帮扶记录")),
        check=Mark("help.revisit_share", 1, _("有的帮扶还没有回访")),
        effect=Mark("help.person_times", 600, _("2011 年以来不足 600 人次")),
    ),
)
