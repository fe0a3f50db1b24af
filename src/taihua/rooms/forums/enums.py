from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ForumKind(TextChoices):
    """Which series a forum belongs to; the value is the kind under which it goes on record."""

    PRINCIPALS = "forums/principals", _("校长讲坛")
    TEACHING = "forums/teaching", _("教学论坛")


class Phase(TextChoices):
    """How far a forum is; derived from its days, never stored."""

    CALL = "call", _("征集发言")
    PROGRAMME = "programme", _("排议程")
    DUE = "due", _("到日子了")
    HELD = "held", _("已举办")
    ISSUED = "issued", _("已印发")
    CANCELLED = "cancelled", _("已取消")


class Decision(TextChoices):
    """What the organiser said to an offer to speak."""

    WAITING = "waiting", _("待定")
    ACCEPTED = "accepted", _("采用")
    DECLINED = "declined", _("未采用")


class Moderation(TextChoices):
    """Whether the recorder lets a question be read by the audience."""

    WAITING = "waiting", _("待公开")
    SHOWN = "shown", _("已公开")
    SET_ASIDE = "set-aside", _("不公开")


class Stage(TextChoices):
    """Who talks of their work in a round: section heads first, then everybody at the bureau."""

    HEADS = "heads", _("科室负责人")
    EVERYBODY = "everybody", _("机关全体干部")


class AnswerKind(TextChoices):
    """What an answer to an ask comes to."""

    ANSWERED = "answered", _("答复了")
    TAKEN_UP = "taken-up", _("去办了")
    REFUSED = "refused", _("办不了")


class Helped(TextChoices):
    """Whether an answer helped, as the asker says."""

    YES = "yes", _("解决了")
    PARTLY = "partly", _("解决了一部分")
    NO = "no", _("没有解决")


class MeantFor(TextChoices):
    """Whose work a practice could help."""

    EVERYBODY = "everybody", _("学校和科室")
    SCHOOLS = "schools", pgettext_lazy("practice", "学校")
    SECTIONS = "sections", _("机关科室")


class TrialResult(TextChoices):
    """What came of a trial; the value is the kind under which it goes on record."""

    UNDER_WAY = "forums/trial", _("在试")
    WORKED = "forums/trial-worked", _("见效")
    PARTLY = "forums/trial-partly", _("部分见效")
    FAILED = "forums/trial-failed", _("没有见效")
