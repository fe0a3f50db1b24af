"""Practices worth copying, and who tried them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taihua.base.fields import DayField
from taihua.base.managers import PeerManager
from taihua.rooms.forums.enums import MeantFor, TrialResult


class Practice(models.Model):
    """A practice worth copying (可学的做法): the problem, what was done, what it needs, what came of it.

    Until ``shared_at`` it is a draft that only its writer sees. A retired card stays readable.
    """

    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("单位"))
    writer = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("执笔人")
    )
    title = models.CharField(_("做法"), max_length=60)
    problem = models.TextField(_("原来的问题"), max_length=1000, blank=True)
    done = models.TextField(_("怎么做的"), max_length=3000, blank=True)
    needs = models.TextField(_("需要什么条件"), max_length=1000, blank=True)
    outcome = models.TextField(_("见到什么效果"), max_length=1000, blank=True)
    evidence = models.TextField(_("佐证"), max_length=1000, blank=True)
    meant_for = models.CharField(
        _("适合谁"), max_length=10, choices=MeantFor, default=MeantFor.EVERYBODY
    )
    saved_at = models.DateTimeField(_("存稿时间"))
    shared_at = models.DateTimeField(_("写出时间"), null=True)
    retired_at = models.DateTimeField(_("停用时间"), null=True)
    retired_because = models.CharField(_("停用原因"), max_length=300, blank=True)
    record = models.UUIDField(_("记录"), null=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("可学的做法")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "title"],
                name="forums_practice_once",
                violation_error_message=_("您的单位已经写过这个做法。"),
            ),
            models.CheckConstraint(
                condition=Q(shared_at__isnull=True) | Q(record__isnull=False),
                name="forums_practice_is_on_record",
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True)
                | (~Q(retired_because="") & Q(shared_at__isnull=False)),
                name="forums_practice_retired_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        return f"forums/practice/{self.pk}"

    @property
    def is_draft(self) -> bool:
        return self.shared_at is None


class Trial(models.Model):
    """A unit tries another's practice (试用): since when, what came of it, and why."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="trials", verbose_name=_("可学的做法")
    )
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("哪个单位")
    )
    started = DayField(_("从哪天起"))
    noted_by = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    result = models.CharField(
        _("试得怎样"), max_length=30, choices=TrialResult, default=TrialResult.UNDER_WAY
    )
    why = models.TextField(_("为什么"), max_length=1000, blank=True)
    told_at = models.DateTimeField(_("说明时间"), null=True)
    record = models.UUIDField(_("记录"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("试用")
        constraints = [
            models.UniqueConstraint(fields=["practice", "unit"], name="forums_trial_once"),
            models.CheckConstraint(
                condition=Q(result=TrialResult.UNDER_WAY) | (~Q(why="") & Q(told_at__isnull=False)),
                name="forums_trial_told_with_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.unit_id}"

    @property
    def is_under_way(self) -> bool:
        return self.result == TrialResult.UNDER_WAY
