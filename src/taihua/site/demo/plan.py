"""What the district is made of: its units, posts, the cast and their logins."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from taihua.kernel.org.enums import Role, Tier

FOUNDED = date(2003, 9, 1)
# Nothing of the life of the district is older than the house that keeps it.
OPENING = date(2011, 8, 1)
USUAL_SIZE = 260
FEWEST = 60

BUREAU = ("bureau", "苔花区教育局")
COMMITTEE = ("committee", "苔花区教育局党委")
RETIRED = ("retired", "离退休教职工")
SECTIONS = (
    ("office", "办公室"),
    ("personnel", "人事科"),
    ("finance", "计财科"),
    ("jijiao", "基础教育科"),
    ("preschool", "学前教育科"),
    ("vocational", "职成教育科"),
    ("safety", "安全科"),
    ("inspection", "督导室"),
    ("discipline", "纪检监察室"),
    ("arts", "体卫艺科"),
    ("ict", "信息中心"),
    ("research", "教研室"),
    ("aid", "学生资助中心"),
    ("enrolment", "招生办公室"),
)
SCHOOLS = (
    ("school-1", "苔花一小"),
    ("school-2", "苔花二小"),
    ("school-3", "青石小学"),
    ("school-4", "苔花一中"),
    ("school-5", "白日坊小学"),
    ("school-6", "米花路学校"),
    ("school-7", "苔花二中"),
    ("school-8", "春来幼儿园"),
)
BUREAU_BRANCHES = (
    ("branch-b1", "机关第一党支部"),
    ("branch-b2", "机关第二党支部"),
    ("branch-b3", "机关第三党支部"),
)
RETIRED_BRANCH = ("branch-retired", "离退休党支部")

# code, name, tier, tags
POSTS = (
    ("director", "局长", Tier.LEADERSHIP, ("leader", "director")),
    ("deputy-director", "副局长", Tier.LEADERSHIP, ("leader",)),
    ("discipline-head", "纪检组长", Tier.LEADERSHIP, ("leader",)),
    ("chief-inspector", "督导室主任", Tier.LEADERSHIP, ("leader",)),
    ("union-head", "工会主席", Tier.LEADERSHIP, ("leader",)),
    ("section-chief", "科长", Tier.MIDDLE, ("section_head",)),
    ("section-deputy", "副科长", Tier.MIDDLE, ()),
    ("official", "科员", Tier.STAFF, ("official",)),
    ("principal", "校长", Tier.MIDDLE, ("principal",)),
    ("vice-principal", "副校长", Tier.MIDDLE, ("vice_principal",)),
    ("dean", "教导主任", Tier.MIDDLE, ()),
    ("teacher", "教师", Tier.STAFF, ("teacher",)),
    ("school-staff", "职员", Tier.STAFF, ()),
    ("retiree", "离退休教职工", Tier.NONE, ("retired",)),
    ("member", "党员", Tier.NONE, ("party_member",)),
    ("probationer", "预备党员", Tier.NONE, ("party_member", "probationary")),
    ("committee-secretary", "党委书记", Tier.NONE, ("secretary", "committee_secretary")),
    ("committee-member", "党委委员", Tier.NONE, ("committee_member",)),
    ("branch-secretary", "支部书记", Tier.NONE, ("secretary", "branch_secretary")),
    ("branch-committee", "支部委员", Tier.NONE, ("branch_committee",)),
    ("cell-leader", "党小组组长", Tier.NONE, ("cell_leader",)),
    ("cell-member", "党小组成员", Tier.NONE, ("cell_member",)),
    ("study-secretary", "中心组学习秘书", Tier.NONE, ("study_secretary",)),
)

LEADERS = (
    "director",
    "deputy-director",
    "deputy-director",
    "deputy-director",
    "deputy-director",
    "discipline-head",
    "chief-inspector",
    "union-head",
    "deputy-director",
)


@dataclass(frozen=True, slots=True)
class Player:
    """One of the cast: who logs in, as what, and what there is to see.

    ``days`` tells how long a newcomer has been here.
    """

    username: str
    name: str
    post: str
    unit: str
    role: str
    granted: str
    shows: object
    days: int = 0


CAST = (
    Player(
        "lin", "林知远", "director", "bureau", Role.LEADER, "bureau",
        _("局长：自己的事项、全局的进展、四有看板"),
    ),
    Player(
        "zhou", "周明", "section-chief", "jijiao", Role.LEADER, "jijiao",
        _("科长：自己的事项和本科室的进展"),
    ),
    Player(
        "shen", "沈青", "teacher", "school-1", Role.UNIT_CLERK, "school-1",
        _("教师、苔花一小文员：自己的事项，登记本校台账"),
    ),
    Player(
        "wu", "吴江", "teacher", "school-2", "", "",
        _("教师：只看得到自己的事项、读书和笔记"), days=90,
    ),
    Player(
        "su", "苏禾", "official", "office", Role.CLERK, "",
        _("党办文员：导入台账、通过制度、写年度总结"),
    ),
    Player("zheng", "郑岩", "official", "inspection", Role.AUDITOR, "", _("审计员：什么都能看，什么都不能改")),
    Player("keeper", "", "", "", Role.ADMIN, "", _("平台管理员：账号与设置")),
)  # fmt: skip
