"""The numbers of the room, and its mechanisms under 计划·内容·检查·效果."""

from django.utils.translation import gettext_lazy as _

from taihua.kernel.house import Mark, Mechanism
from taihua.kernel.measures.enums import Count
from taihua.kernel.measures.logic import Figure, Ratio, Standing, Tally

ASSEMBLY, COMMITTEE = "meetings/assembly", "meetings/committee"
CELL, CLASS, THEMEDAY = "meetings/cell", "meetings/class", "meetings/themeday"
LEADERS, BRANCH = "meetings/candour_leaders", "meetings/candour_branch"
APPRAISAL, ACCOUNT = "meetings/appraisal", "meetings/account"
ROUTINE = (ASSEMBLY, COMMITTEE, CELL, CLASS)  # 三会一课
CANDOUR, YEARLY = (LEADERS, BRANCH), (LEADERS, BRANCH, APPRAISAL)
BRANCH_LIFE = (ASSEMBLY, CELL, CLASS, THEMEDAY, BRANCH)

IN_YEAR = _("统计期内发生、未作废的记录。")
FOR_YEAR = _("为统计期订的、没有作废的计划；没写计划时间的，按制定日期算。")
TIMES = _("次")


def _planned(*kinds: str, count: Count = Count.STATEMENTS) -> Tally:
    return Tally(("planned-meeting",), kinds, count)


def _held(*kinds: str, count: Count = Count.STATEMENTS) -> Tally:
    return Tally(("held-meeting",), kinds, count)


FIGURES = (
    Figure("meetings.planned", _("列入计划的会议"), FOR_YEAR, _("项"), _planned()),
    Figure("meetings.held", _("召开的会议"), IN_YEAR, TIMES, _held()),
    Figure("meetings.assemblies", _("支部党员大会"), IN_YEAR, TIMES, _held(ASSEMBLY)),
    Figure("meetings.committees", _("支部委员会"), IN_YEAR, TIMES, _held(COMMITTEE)),
    Figure("meetings.cells", _("党小组会"), IN_YEAR, TIMES, _held(CELL)),
    Figure("meetings.classes", _("党课"), IN_YEAR, TIMES, _held(CLASS)),
    Figure("meetings.plan_share", _("开会的支部里有年度计划的占"), _("统计期内开过支部党员大会的支部里，把它列入过计划的占多少。"), "", Ratio(_planned(ASSEMBLY, count=Count.UNITS), _held(ASSEMBLY, count=Count.UNITS))),
    Figure(
        "meetings.kept",
        _("三会一课应开的会，开了的占"),
        _("党员大会、支委会、党小组会、党课四条制度合起来，应办的里办到的占多少；未到期未办的算未办，免除的不计。"),
        "",
        Standing("haizhou.assembly", share=True, more=("haizhou.branch-committee", "haizhou.cell-meeting", "haizhou.party-class")),
    ),
    Figure("meetings.roll_share", _("三会一课登记了到会人员的占"), _("统计期内的三会一课里，至少登记了一位到会人员的占多少。"), "", Ratio(Tally(("attended",), ROUTINE, Count.OBJECTS), _held(*ROUTINE, count=Count.OBJECTS))),
    Figure("meetings.decided_share", _("党员大会和支委会作出决议的占"), _("统计期内的党员大会和支委会里，台账写明了决议的占多少。"), "", Ratio(Tally(("decided",), (ASSEMBLY, COMMITTEE)), _held(ASSEMBLY, COMMITTEE))),
    Figure("meetings.candour_planned", _("列入计划的民主生活会和组织生活会"), FOR_YEAR, _("项"), _planned(*CANDOUR)),
    Figure("meetings.yearly_planned", _("列入计划的民主生活会和述职述廉会"), FOR_YEAR, _("项"), _planned(LEADERS, ACCOUNT)),
    Figure("meetings.candour", _("民主生活会和组织生活会"), IN_YEAR, TIMES, _held(*CANDOUR)),
    Figure("meetings.candour_share", _("计划的生活会和民主评议，开了的占"), _("列入计划的民主生活会、组织生活会和民主评议里，已经开了的占多少。"), "", Ratio(_held(*YEARLY), _planned(*YEARLY))),
    Figure("meetings.attendances", _("参加会议"), _("统计期内记录员登记的到会人次。"), _("人次"), Tally(("attended",))),
    Figure("meetings.decisions", _("作出决议的会议"), _("台账写明了决议的会议。"), TIMES, Tally(("decided",))),
    Figure("meetings.accounts", _("述职述廉的人"), _("统计期内述职述廉的人，一人只计一次。"), _("人"), Tally(("reported-duty",), (), Count.PEOPLE)),
    Figure("meetings.remedies", _("写明整改落实的会议"), _("台账写明了整改落实情况的会议。"), TIMES, Tally(("remedied",))),
    Figure("meetings.remedy_share", _("开过的生活会里写明整改落实的占"), _("统计期内的民主生活会和组织生活会里，台账写明了整改落实情况的占多少。"), "", Ratio(Tally(("remedied",), CANDOUR), _held(*CANDOUR))),
    Figure("meetings.dual_planned", _("列入计划的领导班子民主生活会"), FOR_YEAR, _("项"), _planned(LEADERS)),
    Figure("meetings.dual_leaders", _("参加领导班子民主生活会的人"), _("统计期内至少参加一次的人。"), _("人"), Tally(("attended",), (LEADERS,), Count.PEOPLE)),
    Figure("meetings.dual_branch", _("参加支部组织生活的人"), _("统计期内至少参加一次支部党员大会、党小组会、党课、主题党日或组织生活会的人。"), _("人"), Tally(("attended",), BRANCH_LIFE, Count.PEOPLE)),
    Figure("meetings.dual_effect", _("落实了整改的领导班子民主生活会"), _("写明了整改落实情况的领导班子民主生活会。"), TIMES, Tally(("remedied",), (LEADERS,))),
)  # fmt: skip
MECHANISMS = (
    Mechanism(
        "L7",
        _("学习制度、会议制度、三会一课制度"),
        plan=Mark("meetings.plan_share", 1, _("有的支部没有会议计划")),
        content=Mark("meetings.kept", 1, _("有的会应开没有开，或者还没到时候")),
        check=Mark("meetings.roll_share", 1, _("有的会没有登记到会人员")),
        effect=Mark("meetings.decided_share", 1, _("有的会没有写明决议")),
    ),
    Mechanism(
        "L8",
        _("民主评议、民主生活会、述职述廉"),
        plan=Mark("meetings.yearly_planned", 2, _("民主生活会和述职述廉会没有都列入计划")),
        content=Mark("meetings.candour_share", 1, _("列入计划的生活会和民主评议还没有开完")),
        check=Mark("haizhou.account", 1, _("有班子成员还没有述职述廉")),
        effect=Mark("meetings.remedy_share", 1, _("有的生活会还没有写明整改落实")),
    ),
    Mechanism(
        "L9",
        _("双重组织生活"),
        plan=Mark("meetings.dual_planned", 1, _("领导班子民主生活会没有列入计划")),
        content=Mark("haizhou.dual-branch", 1, _("有班子成员有的季度没有参加支部组织生活")),
        check=Mark("haizhou.dual-leaders", 1, _("有班子成员没有参加民主生活会")),
        effect=Mark("meetings.dual_effect", 1, _("领导班子民主生活会的整改还没有写明落实")),
    ),
)
