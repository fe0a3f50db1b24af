"""Single dues: a decision's owner, a proposal's answer, a review, a resit."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taihua.base.fields import DayField
from taihua.base.managers import PeerManager


class Commitment(models.Model):
    """Somebody owes something particular by a day (承办事项), whatever room it comes from.

    ``origin`` is the stable path of what it comes from; ``closed_by`` the number of the statement
    that shows it was done. A commitment that is no longer wanted is released, with the reason.
    """

    person = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", null=True, verbose_name=_("承办人")
    )
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", null=True, verbose_name=_("承办单位")
    )
    what = models.CharField(_("事项"), max_length=200)
    due = DayField(_("期限"))
    origin = models.CharField(_("来源"), max_length=200, db_index=True)
    url = models.CharField(_("办理页面"), max_length=200)
    act = models.CharField(_("办理动作"), max_length=30)
    opened_at = models.DateTimeField(_("立项时间"))
    closed_at = models.DateTimeField(_("办结时间"), null=True)
    closed_by = models.UUIDField(_("办结记录"), null=True)
    released_because = models.CharField(_("撤销原因"), max_length=300, blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("承办事项")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(unit__isnull=True),
                name="commitments_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True)
                | Q(closed_by__isnull=False)
                | ~Q(released_because=""),
                name="commitments_closed_by_a_record_or_a_reason",
            ),
            models.UniqueConstraint(
                fields=["person", "origin"],
                condition=Q(closed_at__isnull=True),
                name="commitments_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["unit", "origin"],
                condition=Q(closed_at__isnull=True),
                name="commitments_once_a_unit",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "due"],
                name="commitments_open",
                condition=Q(closed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.due}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class HandOver(models.Model):
    """A commitment passed from one person to another (移交), with the reason."""

    commitment = models.ForeignKey(
        Commitment, models.CASCADE, related_name="hand_overs", verbose_name=_("承办事项")
    )
    giver = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("移交人")
    )
    taker = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("接收人")
    )
    reason = models.CharField(_("原因"), max_length=300)
    handed_at = models.DateTimeField(_("移交时间"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("移交")

    def __str__(self) -> str:
        return f"{self.giver_id}→{self.taker_id}"
