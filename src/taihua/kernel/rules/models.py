"""Books of rules, their entries, and who is exempt from what."""

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taihua.base.fields import DayField
from taihua.base.managers import PeerManager
from taihua.kernel.org.models import RosterManager


class RuleBook(models.Model):
    """A dated, sourced set of rules as it was adopted (制度); an amendment is a new version."""

    code = models.SlugField(_("代码"), max_length=60)
    version = models.PositiveIntegerField(_("版本"))
    title = models.CharField(_("名称"), max_length=120)
    level = models.CharField(_("层级"), max_length=12)
    source = models.TextField(_("依据"))
    effective_from = DayField(_("施行日期"))
    text = models.TextField(_("全文（TOML）"))
    adopted_at = models.DateTimeField(_("通过时间"))
    adopted_by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("通过人")
    )
    retired_from = DayField(_("废止日期"), null=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("制度")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "version"],
                name="rules_book_version_once",
                violation_error_message=_("这个版本已经通过了。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class RuleEntry(models.Model):
    """One rule of a book as it holds over a span of days (条目); amended like a term.

    ``data`` is what :class:`taihua.kernel.rules.logic.Rule` needs beyond the columns.
    """

    book = models.ForeignKey(
        RuleBook, models.PROTECT, related_name="entries", verbose_name=_("制度")
    )
    code = models.CharField(_("代码"), max_length=80, db_index=True)
    mechanism = models.CharField(_("机制"), max_length=4)
    data = models.JSONField(_("内容"))
    in_force_from = DayField(_("起始日期"))
    valid_from = DayField(_("本条施行日期"))
    valid_to = DayField(_("本条失效日期"), null=True)
    known_from = models.DateTimeField(_("登记时间"))
    known_until = models.DateTimeField(_("更正时间"), null=True)

    objects = RosterManager()

    class Meta:
        verbose_name = verbose_name_plural = _("制度条目")

    def __str__(self) -> str:
        return f"{self.code} {self.valid_from}…{self.valid_to or ''}"

    def touches(self, first: date, last: date) -> bool:
        """Whether the entry holds on some day of ``first … last``."""
        return self.valid_from <= last and (self.valid_to is None or self.valid_to >= first)

    def known_at(self, moment: datetime) -> bool:
        return self.known_from <= moment and (self.known_until is None or self.known_until > moment)


class Exemption(models.Model):
    """A person or unit need not do what one rule asks, for a span of days (免除), with a reason."""

    rule_code = models.CharField(_("条目"), max_length=80)
    person = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", null=True, verbose_name=_("人员")
    )
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", null=True, verbose_name=_("单位")
    )
    first_day = DayField(_("开始日期"))
    last_day = DayField(_("结束日期"))
    reason = models.CharField(_("原因"), max_length=300)
    approved_by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("批准人")
    )
    known_from = models.DateTimeField(_("登记时间"))
    known_until = models.DateTimeField(_("更正时间"), null=True)

    objects = RosterManager()

    class Meta:
        verbose_name = verbose_name_plural = _("免除")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(unit__isnull=True),
                name="rules_exemption_one_subject",
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="rules_exemption_last_not_before_first",
                violation_error_message=_("免除结束日期不能早于开始日期。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_code} {self.first_day}…{self.last_day}"
