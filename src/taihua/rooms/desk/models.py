"""What the desk keeps: the addresses under which calendars fetch it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taihua.base.managers import PeerManager


class CalendarKey(models.Model):
    """A secret address from which a calendar fetches one feed (日历订阅): one's own, or a unit's.

    Of the secret only the digest is kept. ``shown`` is the digest of what the feed last said and
    ``changed_at`` when that last changed; when it was fetched is not kept.
    """

    account = models.ForeignKey(
        "org.Account", models.CASCADE, related_name="+", verbose_name=_("账号")
    )
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", null=True, verbose_name=_("单位")
    )
    digest = models.CharField(_("密钥摘要"), max_length=64, unique=True)
    language = models.CharField(_("语言"), max_length=10)
    made_at = models.DateTimeField(_("生成时间"))
    shown = models.CharField(_("内容摘要"), max_length=64, blank=True)
    changed_at = models.DateTimeField(_("内容更新时间"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("日历订阅")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "unit"],
                name="desk_calendar_once",
                violation_error_message=_("这个日历已经有地址了。"),
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(unit__isnull=True),
                name="desk_own_calendar_once",
                violation_error_message=_("这个日历已经有地址了。"),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.account_id} {self.unit_id or ''}"


class CalendarEntry(models.Model):
    """One entry of a calendar as that calendar was last told it (日历条目).

    ``name`` is its UID and ``shown`` the digest of what it said; ``revision`` and ``changed_at``
    are its SEQUENCE and its LAST-MODIFIED. It stays when the entry is gone: one that comes again
    goes on from there.
    """

    key = models.ForeignKey(
        CalendarKey, models.CASCADE, related_name="entries", verbose_name=_("日历订阅")
    )
    name = models.UUIDField(_("名称"))
    shown = models.CharField(_("内容摘要"), max_length=64)
    revision = models.PositiveIntegerField(_("版次"))
    changed_at = models.DateTimeField(_("内容更新时间"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("日历条目")
        constraints = [
            models.UniqueConstraint(fields=["key", "name"], name="desk_entry_once_a_calendar")
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.revision}"
