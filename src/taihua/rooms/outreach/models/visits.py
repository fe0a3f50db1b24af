"""Going there: the plan, and the note of what was heard and found."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taihua.base.fields import DayField
from taihua.base.managers import PeerManager
from taihua.rooms.outreach.enums import Counting, Way


class PlannedVisit(models.Model):
    """Somebody means to visit a unit on a day (计划的调研).

    Unless it is ``announced`` the unit is told nothing of it (四不两直).
    """

    visitor = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("调研人")
    )
    place = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("调研单位")
    )
    day = DayField(_("计划日期"), db_index=True)
    topic = models.CharField(_("调研主题"), max_length=100)
    announced = models.BooleanField(_("事先告知"), default=False)
    planned_at = models.DateTimeField(_("制定时间"))
    statement = models.UUIDField(_("计划记录"))
    cancelled_at = models.DateTimeField(_("取消时间"), null=True)
    cancelled_because = models.CharField(_("取消原因"), max_length=200, blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("计划的调研")
        constraints = [
            models.UniqueConstraint(
                fields=["visitor", "place", "day"],
                name="outreach_planned_once",
                condition=Q(cancelled_at__isnull=True),
                violation_error_message=_("这一天去这个单位已经在计划里。"),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(cancelled_because=""),
                name="outreach_cancelled_with_a_reason",
                violation_error_message=_("取消要写明原因。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.day}"

    @property
    def path(self) -> str:
        return f"outreach/planned/{self.pk}"


class FieldVisit(models.Model):
    """A visit to a unit, as its visitor wrote it down (下基层调研).

    ``uuid`` is given by the device on which it was written, so that sending it again changes
    nothing; of two writings of one number the greater ``(revision, digest)`` stays. ``statement``
    is the record by which it counts; a note that is not ``counting`` has none.
    """

    uuid = models.UUIDField(_("编号"), unique=True)
    visitor = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("调研人")
    )
    place = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("调研单位")
    )
    day = DayField(_("日期"))
    halves = models.PositiveSmallIntegerField(_("半天数"))
    makes_up = DayField(_("补哪天的"), null=True)
    topic = models.CharField(_("调研主题"), max_length=100)
    way = models.CharField(_("调研方式"), max_length=8, choices=Way, default=Way.TALK)
    heard = models.TextField(_("听了谁的意见"))
    seen = models.TextField(_("看到什么"))
    written = models.CharField(
        _("写成时间"), max_length=40
    )  # by the device's clock: only for order
    revision = models.PositiveIntegerField(_("版次"), default=1)
    digest = models.CharField(_("内容指纹"), max_length=64)
    taken_at = models.DateTimeField(_("收到时间"))
    counting = models.CharField(_("计入情况"), max_length=8, choices=Counting)
    statement = models.UUIDField(_("记录"), null=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("下基层调研")
        indexes = [
            models.Index(fields=["visitor", "day"], name="outreach_visits_of_day"),
            models.Index(fields=["place", "day"], name="outreach_visits_to"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(halves__in=(1, 2)),
                name="outreach_half_or_whole_day",
                violation_error_message=_("一次调研记半天或一天。"),
            ),
            models.CheckConstraint(
                condition=Q(makes_up__isnull=True) | Q(makes_up__lt=F("day")),
                name="outreach_makes_up_for_an_earlier_day",
                violation_error_message=_("只能补以前的日子。"),
            ),
            models.CheckConstraint(
                condition=(Q(counting=Counting.COUNTED) & Q(statement__isnull=False))
                | (~Q(counting=Counting.COUNTED) & Q(statement__isnull=True)),
                name="outreach_counted_by_a_record",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.day}"

    @property
    def path(self) -> str:
        return f"outreach/visit/{self.uuid.hex}"

    @property
    def days(self) -> Decimal:
        """Half a day or a whole one."""
        return Decimal(self.halves) / 2
