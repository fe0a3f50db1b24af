"""What is to be studied in a year: the plan, each of its versions, what a version holds."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taihua.base.fields import DayField
from taihua.base.managers import PeerManager
from taihua.rooms.study.enums import Decision


class Plan(models.Model):
    """What a central group means to study in one year (学习计划).

    It has as many versions as were written; the newest approved one is what holds.
    """

    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("学习单位")
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    closed_at = models.DateTimeField(_("收尾时间"), null=True, blank=True)
    summary = models.TextField(_("年度小结"), blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("学习计划")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"],
                name="study_plan_once_a_year",
                violation_error_message=_("这一年已经有学习计划了，请在原计划上改。"),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.year}"

    @property
    def path(self) -> str:
        return f"study/plan/{self.pk}"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class PlanVersion(models.Model):
    """A plan as it was written at one time (计划版本), with why it was changed and what was decided."""

    plan = models.ForeignKey(
        Plan, models.PROTECT, related_name="versions", verbose_name=_("学习计划")
    )
    number = models.PositiveSmallIntegerField(_("版次"))
    reason = models.TextField(_("调整原因"), blank=True)
    written_at = models.DateTimeField(_("写成时间"))
    written_by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("拟定人")
    )
    decision = models.CharField(
        _("审定"), max_length=10, choices=Decision, default=Decision.WAITING
    )
    decided_at = models.DateTimeField(_("审定时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("审定人")
    )
    reply = models.TextField(_("审定意见"), blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("计划版本")
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="study_planversion_number"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(decision=Decision.WAITING),
                name="study_planversion_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""),
                name="study_planversion_change_has_reason",
                violation_error_message=_("调整计划要写明原因。"),
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | ~Q(decision=Decision.WAITING),
                name="study_planversion_decided_is_not_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} v{self.number}"


class PlanItem(models.Model):
    """One session that a version of a plan foresees (计划项); ``slot`` names it in every version."""

    version = models.ForeignKey(
        PlanVersion, models.CASCADE, related_name="items", verbose_name=_("计划版本")
    )
    slot = models.PositiveSmallIntegerField(_("序号"))
    planned_date = DayField(_("计划日期"))
    topic = models.CharField(_("专题"), max_length=120)
    lead = models.ForeignKey(
        "org.Person",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("主讲人"),
    )
    aim = models.CharField(_("要解决的问题"), max_length=200, blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("计划项")
        constraints = [
            models.UniqueConstraint(fields=["version", "slot"], name="study_planitem_slot")
        ]

    def __str__(self) -> str:
        return f"{self.version_id}/{self.slot} {self.topic}"
