"""What came of a session: a decision or a proposal, who carries it out, what it became."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taihua.base.fields import DayField
from taihua.base.managers import PeerManager
from taihua.rooms.study.enums import EffectKind
from taihua.rooms.study.models.sessions import Session


class Effect(models.Model):
    """A decision or proposal that a session led to (学习效果), followed until a year has passed.

    ``commitment`` is the id of what its owner owes; ``done_by`` the number of the statement that
    shows the outcome; ``outcome_document`` the id of an issued document that bears it out.
    """

    session = models.ForeignKey(
        Session, models.PROTECT, related_name="effects", verbose_name=_("中心组学习")
    )
    kind = models.CharField(_("类别"), max_length=10, choices=EffectKind)
    text = models.CharField(_("内容"), max_length=200)
    owner = models.ForeignKey(
        "org.Person",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("承办人"),
    )
    owner_unit = models.ForeignKey(
        "org.Unit",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("承办单位"),
    )
    due = DayField(_("期限"))
    opened_at = models.DateTimeField(_("立项时间"))
    commitment = models.PositiveBigIntegerField(_("承办事项"), null=True)
    outcome = models.TextField(_("结果"), blank=True)
    outcome_date = DayField(_("办结日期"), null=True, blank=True)
    outcome_document = models.PositiveBigIntegerField(_("结果文件"), null=True)
    done_by = models.UUIDField(_("结果的记录"), null=True)
    released_because = models.CharField(_("撤销原因"), max_length=200, blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("学习效果")
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=True) ^ Q(owner_unit__isnull=True),
                name="study_effect_one_owner",
                violation_error_message=_("请写明一位承办人，或者一个承办单位。"),
            ),
            models.CheckConstraint(
                condition=Q(outcome_date__isnull=True) | ~Q(outcome=""),
                name="study_effect_done_has_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.text}"

    @property
    def path(self) -> str:
        return f"study/effect/{self.pk}"

    @property
    def is_done(self) -> bool:
        return self.outcome_date is not None

    @property
    def is_open(self) -> bool:
        return not self.is_done and not self.released_because


class FollowUp(models.Model):
    """A look back at what a session led to (回看): does it still hold."""

    effect = models.ForeignKey(
        Effect, models.PROTECT, related_name="follow_ups", verbose_name=_("学习效果")
    )
    day = DayField(_("回看日期"))
    holds = models.BooleanField(_("还在起作用"))
    text = models.TextField(_("看到的情况"))
    noted_by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("回看人")
    )
    noted_at = models.DateTimeField(_("登记时间"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("回看")

    def __str__(self) -> str:
        return f"{self.effect_id} {self.day}"
