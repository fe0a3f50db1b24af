"""A session of the central group: when, about what, who was there, what is checked."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taihua.base.clock import local_day
from taihua.base.fields import DayField
from taihua.base.managers import PeerManager
from taihua.rooms.study.enums import Phase, Turnout
from taihua.rooms.study.models.plans import Plan


class Session(models.Model):
    """A day on which the central group studies together (中心组学习).

    ``minutes`` is the id of the document that holds its minutes; the three numbers of statements
    say what of it is on record: that it was set, that it was held, that something came of it.
    """

    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("学习单位")
    )
    plan = models.ForeignKey(
        Plan,
        models.PROTECT,
        related_name="sessions",
        null=True,
        blank=True,
        verbose_name=_("学习计划"),
    )
    slot = models.PositiveSmallIntegerField(_("计划序号"), null=True, blank=True)
    beyond_plan = models.CharField(_("计划外的原因"), max_length=200, blank=True)
    topic = models.CharField(_("专题"), max_length=120)
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    place = models.CharField(_("地点"), max_length=80, blank=True)
    days = models.DecimalField(_("天数"), max_digits=4, decimal_places=2)
    lead = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("主讲人")
    )
    recorder = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", null=True, verbose_name=_("记录人")
    )
    enlarged = models.BooleanField(_("扩大到中层干部"), default=False)
    agenda = models.TextField(_("议程"), blank=True)
    planned_by = models.UUIDField(_("排定的记录"), null=True)
    held_by = models.UUIDField(_("学习的记录"), null=True)
    held_at = models.DateTimeField(_("登记时间"), null=True)
    drawn_by = models.UUIDField(_("成效的记录"), null=True)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True)
    cancelled_because = models.CharField(_("取消原因"), max_length=200, blank=True)
    minutes = models.PositiveBigIntegerField(_("纪要文件"), null=True)
    revision = models.PositiveIntegerField(_("改动次数"), default=0)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("中心组学习")
        indexes = [models.Index(fields=["unit", "starts_at"], name="study_session_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="study_session_ends_after_start",
                violation_error_message=_("结束时间要晚于开始时间。"),
            ),
            models.CheckConstraint(
                condition=Q(days__gt=0),
                name="study_session_days_positive",
                violation_error_message=_("天数要大于零。"),
            ),
            models.UniqueConstraint(
                fields=["plan", "slot"],
                condition=Q(cancelled_at__isnull=True, slot__isnull=False),
                name="study_session_once_a_slot",
                violation_error_message=_("计划里的这一项已经排定了。"),
            ),
            models.CheckConstraint(
                condition=Q(slot__isnull=True) | Q(plan__isnull=False),
                name="study_session_slot_of_a_plan",
            ),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True) | Q(cancelled_at__isnull=True),
                name="study_session_held_or_cancelled",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.topic}"

    @property
    def path(self) -> str:
        return f"study/session/{self.pk}"

    @property
    def day(self) -> date:
        return local_day(self.starts_at)

    @property
    def last_day(self) -> date:
        return local_day(self.ends_at)

    @property
    def is_held(self) -> bool:
        return self.held_at is not None

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def agenda_items(self) -> list[str]:
        return [line.strip() for line in self.agenda.splitlines() if line.strip()]


class Attendance(models.Model):
    """How the recorder noted one of the expected (出席登记), and what was made up for later (补学)."""

    session = models.ForeignKey(
        Session, models.PROTECT, related_name="attendances", verbose_name=_("中心组学习")
    )
    person = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("人员")
    )
    turnout = models.CharField(_("出席"), max_length=8, choices=Turnout)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    noted_at = models.DateTimeField(_("登记时间"))
    noted_by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("登记人")
    )
    made_up_date = DayField(_("补学日期"), null=True, blank=True)
    made_up_how = models.TextField(_("补学所得"), blank=True)
    studied_by = models.UUIDField(_("参加的记录"), null=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("出席登记")
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="study_attendance_once"),
            models.CheckConstraint(
                condition=~Q(turnout=Turnout.LEAVE) | ~Q(reason=""),
                name="study_attendance_leave_has_reason",
                violation_error_message=_("请假要写明原因。"),
            ),
            models.CheckConstraint(
                condition=Q(made_up_date__isnull=True)
                | (~Q(turnout=Turnout.PRESENT) & ~Q(made_up_how="")),
                name="study_attendance_made_up_what_was_missed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}:{self.person_id} {self.turnout}"

    @property
    def is_owed(self) -> bool:
        """Missed and not made up for."""
        return self.turnout != Turnout.PRESENT and self.made_up_date is None


class CheckQuestion(models.Model):
    """A question put before and after a session (检查题), with one right choice."""

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="questions", verbose_name=_("中心组学习")
    )
    position = models.PositiveSmallIntegerField(_("次序"))
    text = models.CharField(_("题目"), max_length=300)
    choices = models.JSONField(_("选项"))
    right = models.PositiveSmallIntegerField(_("正确选项"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("检查题")
        constraints = [
            models.UniqueConstraint(fields=["session", "position"], name="study_question_position")
        ]

    def __str__(self) -> str:
        return self.text


class CheckSheet(models.Model):
    """How many check questions somebody got right (检查答卷); whose it is cannot be read from it.

    ``token`` is a keyed digest of session and person: it pairs before with after and lets nobody
    answer twice. There is no time in a row, and no single answer.
    """

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="sheets", verbose_name=_("中心组学习")
    )
    phase = models.CharField(_("学前或学后"), max_length=8, choices=Phase)
    token = models.CharField(_("对应码"), max_length=64)
    right = models.PositiveSmallIntegerField(_("答对"))
    asked = models.PositiveSmallIntegerField(_("题数"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("检查答卷")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "phase", "token"], name="study_checksheet_once"
            ),
            models.CheckConstraint(
                condition=Q(right__lte=F("asked")), name="study_checksheet_right_of_asked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.phase}"
