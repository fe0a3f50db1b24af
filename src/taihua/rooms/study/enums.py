from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Decision(TextChoices):
    """What became of one version of a plan."""

    WAITING = "waiting", _("待审定")
    APPROVED = "approved", _("已审定")
    RETURNED = "returned", _("已退回")
    REPLACED = "replaced", _("已被后一版代替")


class Turnout(TextChoices):
    """How the recorder noted one of the expected."""

    PRESENT = "present", _("到会")
    LEAVE = "leave", _("请假")
    ABSENT = "absent", _("未到")


class Phase(TextChoices):
    """When the check questions are answered."""

    BEFORE = "before", _("学前")
    AFTER = "after", _("学后")


class EffectKind(TextChoices):
    """What a session led to."""

    DECISION = "decision", _("决定")
    PROPOSAL = "proposal", _("建议")


class Audience(TextChoices):
    """To whom the lectures of a rota are given."""

    LEADERS = "leaders", _("班子成员")
    OFFICE = "office", _("班子成员和机关干部")


class Answer(TextChoices):
    """What the other lecturer said to a swap."""

    ASKED = "asked", _("待答复")
    AGREED = "agreed", _("同意")
    REFUSED = "refused", _("未同意")
