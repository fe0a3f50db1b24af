"""The ways of a visit, what becomes of a note, and the steps of a proposal."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Way(TextChoices):
    """How somebody came to know what he found (调研方式)."""

    TALK = "talk", _("座谈")
    HOMES = "homes", _("走访")
    LESSONS = "lessons", _("听课")
    PAPERS = "papers", _("查阅资料")
    SURVEY = "survey", _("问卷")
    STAY = "stay", _("蹲点")


class Counting(TextChoices):
    """Whether a note's day counts, and if not, why (计入情况)."""

    COUNTED = "counted", _("已计入")
    SAME = "same", _("同一次调研，不重复计")
    FULL = "full", _("这一天已记满一天")


class Decision(TextChoices):
    """What the owner of a proposal made of it (答复结论)."""

    ADOPTED = "adopted", _("采纳")
    PARTLY = "partly", _("部分采纳")
    REFUSED = "refused", _("不采纳")
    EXPLAINED = "explained", _("说明情况")


class Effect(TextChoices):
    """Whether it helped, as those say who know (效果)."""

    HELPED = "helped", _("有帮助")
    PARTLY = "partly", _("有一些帮助")
    NOT = "not", _("没有帮助")


class StepKind(TextChoices):
    """What was done to a proposal (办理环节)."""

    HANDED_ON = "handed-on", _("转办")
    ANSWERED = "answered", _("答复")
    FELT = "felt", _("被调研单位评价")
    CARRIED = "carried", _("落实")
    LOOKED_BACK = "looked-back", _("回头看")


class Stage(TextChoices):
    """How far a proposal is; derived from its steps, never stored (办理阶段)."""

    TO_ANSWER = "to-answer", _("待答复")
    TO_CARRY = "to-carry", _("待落实")
    TO_LOOK_BACK = "to-look-back", _("待回头看")
    LOOKED_BACK = "looked-back", _("已回头看")
    REFUSED = "refused", _("不采纳")
    EXPLAINED = "explained", _("已说明")
