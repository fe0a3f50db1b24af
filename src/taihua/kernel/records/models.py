"""What was done: statements that nobody can change, and the words they are made of."""

import uuid
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taihua.base.fields import DayField
from taihua.base.managers import PeerManager

LONGEST_PATH, LONGEST_LABEL = 200, 300


class Verb(models.Model):
    """What can be done (动作), as the rooms declare it.

    One that ``plans`` counts on the day it plans for, which may lie after the day it was said.
    """

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    label = models.CharField(_("名称"), max_length=60)
    plans = models.BooleanField(_("是计划"), default=False)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("动作")

    def __str__(self) -> str:
        return gettext(self.label) if self.label else self.code


class ObjectKind(models.Model):
    """What something can be done to (对象类别), as the rooms declare it."""

    code = models.CharField(_("代码"), max_length=60, unique=True)
    label = models.CharField(_("名称"), max_length=60)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("对象类别")

    def __str__(self) -> str:
        return gettext(self.label) if self.label else self.code


class Statement(models.Model):
    """Somebody did something on a day (记录).

    The database refuses to update or delete one: a correction voids it and states anew. Its shape
    is that of an xAPI 2.0 statement; ``uuid`` is its public name, ``id`` its order of arrival.
    """

    uuid = models.UUIDField(_("编号"), unique=True, default=uuid.uuid4, editable=False)
    # Every index is paid for at each writing: those below serve, the usual ones would not.
    person = models.ForeignKey(
        "org.Person",
        models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
        verbose_name=_("人员"),
    )
    unit = models.ForeignKey(
        "org.Unit",
        models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
        verbose_name=_("单位"),
    )
    verb = models.ForeignKey(
        Verb, models.PROTECT, related_name="+", db_index=False, verbose_name=_("动作")
    )
    kind = models.ForeignKey(
        ObjectKind, models.PROTECT, related_name="+", db_index=False, verbose_name=_("对象类别")
    )
    object_path = models.CharField(_("对象"), max_length=LONGEST_PATH)
    object_label = models.CharField(_("对象名称"), max_length=LONGEST_LABEL)
    occurred_at = models.DateTimeField(_("发生时间"))
    day = DayField(_("发生日"))
    counts_on = DayField(_("计入日"))
    stored_at = models.DateTimeField(_("入库时间"))
    hundredths = models.BigIntegerField(_("数量（百分之一）"), default=100)
    result = models.JSONField(_("结果"), null=True)
    context = models.JSONField(_("背景"), null=True)
    entered_by = models.ForeignKey(
        "org.Account",
        models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
        verbose_name=_("录入人"),
    )
    voids = models.OneToOneField(
        "self", models.PROTECT, related_name="voided_by", null=True, verbose_name=_("更正的记录")
    )
    row_key = models.CharField(_("台账行"), max_length=64, null=True)  # absent, not empty

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("记录")
        indexes = [
            # Verdicts on everybody read a verb's days; on a few, those of each person or unit. What
            # is counted of a verb is in the index itself: no record need be looked up for it.
            models.Index(
                fields=["verb", "counts_on", "kind", "voids", "person", "unit"],
                name="records_by_day",
            ),
            models.Index(
                fields=["verb", "person", "counts_on"],
                name="records_by_person",
                condition=Q(person__isnull=False),
            ),
            models.Index(
                fields=["verb", "unit", "counts_on"],
                name="records_by_unit",
                condition=Q(unit__isnull=False),
            ),
            models.Index(
                fields=["person", "day"],
                name="records_of_person",
                condition=Q(person__isnull=False),
            ),
            models.Index(
                fields=["unit", "day"], name="records_of_unit", condition=Q(unit__isnull=False)
            ),
            models.Index(
                fields=["row_key"], name="records_by_row", condition=Q(row_key__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(unit__isnull=True),
                name="records_statement_one_actor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uuid}"

    @property
    def quantity(self) -> Decimal:
        """How much of it, exactly."""
        return Decimal(self.hundredths) / 100

    @property
    def is_made_up(self) -> bool:
        """Whether it makes up for a day before it (补办)."""
        return bool(self.counts_on < self.day)
