"""The kinds of unit, tier, leave and role."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UnitKind(TextChoices):
    """What a unit is (单位类别)."""

    BUREAU = "bureau", _("局机关")
    SECTION = "section", _("科室")
    SCHOOL = "school", _("学校")
    COMMITTEE = "committee", _("党委")
    BRANCH = "branch", _("党支部")
    CELL = "cell", _("党小组")
    GROUP = "group", _("其他")


class Tier(TextChoices):
    """The rank at which a post is held (职务层次)."""

    LEADERSHIP = "leadership", _("领导班子")
    MIDDLE = "middle", _("中层干部")
    STAFF = "staff", _("一般干部职工")
    NONE = "none", _("不分层次")


class LeaveKind(TextChoices):
    """Why somebody is away (请假类别)."""

    SICK = "sick", _("病假")
    PERSONAL = "personal", _("事假")
    MATERNITY = "maternity", _("产假")
    STUDY = "study", _("脱产学习")
    SECONDED = "seconded", _("借调")
    OTHER = "other", _("其他")


class Role(TextChoices):
    """What an account may do beyond its own affairs (角色)."""

    ADMIN = "admin", _("平台管理员")
    CLERK = "clerk", _("党办文员")
    UNIT_CLERK = "unit_clerk", _("单位文员")
    LEADER = "leader", _("领导")
    AUDITOR = "auditor", _("审计员")


# Roles held for a unit and all below it; the others are held for the whole house.
UNIT_ROLES = frozenset({Role.UNIT_CLERK, Role.LEADER})
