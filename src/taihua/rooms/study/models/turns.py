"""Lectures in turn: the rota, its turns, swaps, homework and answers."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taihua.base.clock import local_day
from taihua.base.fields import DayField
from taihua.base.managers import PeerManager
from taihua.rooms.study.enums import Answer, Audience


class Rota(models.Model):
    """Who of the leadership lectures when, for a span of time (授课轮值表)."""

    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("组织单位")
    )
    first_day = DayField(_("开始日期"))
    last_day = DayField(_("结束日期"))
    audience = models.CharField(
        _("讲给谁听"), max_length=10, choices=Audience, default=Audience.OFFICE
    )
    made_at = models.DateTimeField(_("排出时间"))
    made_by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("排表人")
    )
    issued_at = models.DateTimeField(_("公布时间"), null=True)
    verdict = models.JSONField(_("公平说明"), default=dict)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("授课轮值表")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="study_rota_last_not_before_first",
                violation_error_message=_("结束日期不能早于开始日期。"),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.first_day}…{self.last_day}"

    @property
    def path(self) -> str:
        return f"study/rota/{self.pk}"

    @property
    def is_issued(self) -> bool:
        return self.issued_at is not None


class Turn(models.Model):
    """One lecture of a rota (轮流授课): its day, topic and lecturer, and why it is he.

    ``able`` are those who can lecture on the topic; nobody named means anybody.
    """

    rota = models.ForeignKey(
        Rota, models.CASCADE, related_name="turns", verbose_name=_("授课轮值表")
    )
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    place = models.CharField(_("地点"), max_length=80, blank=True)
    topic = models.CharField(_("题目"), max_length=120)
    able = models.ManyToManyField(
        "org.Person", related_name="+", blank=True, verbose_name=_("能讲的人")
    )
    lecturer = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", null=True, verbose_name=_("主讲人")
    )
    reserve = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", null=True, verbose_name=_("候补")
    )
    because = models.JSONField(_("为什么是这一位"), default=dict)
    homework_due = DayField(_("交答截止"), null=True, blank=True)
    planned_by = models.UUIDField(_("排定的记录"), null=True)
    lectured_by = models.UUIDField(_("授课的记录"), null=True)
    held_at = models.DateTimeField(_("登记时间"), null=True)
    closed_at = models.DateTimeField(_("答卷收齐时间"), null=True)
    cancelled_because = models.CharField(_("取消原因"), max_length=200, blank=True)
    revision = models.PositiveIntegerField(_("改动次数"), default=0)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("轮流授课")
        indexes = [models.Index(fields=["starts_at"], name="study_turn_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="study_turn_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(reserve__isnull=True) | ~Q(reserve=F("lecturer")),
                name="study_turn_reserve_is_another",
                violation_error_message=_("候补要另请一位。"),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.topic}"

    @property
    def path(self) -> str:
        return f"study/lecture/{self.pk}"

    @property
    def day(self) -> date:
        return local_day(self.starts_at)

    @property
    def is_held(self) -> bool:
        return self.held_at is not None

    @property
    def is_cancelled(self) -> bool:
        return bool(self.cancelled_because)

    @property
    def takes_answers(self) -> bool:
        """Held, with homework, and not closed."""
        return self.is_held and self.homework_due is not None and self.closed_at is None


class Swap(models.Model):
    """A lecturer asks another to change days (换讲); it holds only when both want it."""

    mine = models.ForeignKey(
        Turn, models.CASCADE, related_name="swaps_asked", verbose_name=_("提出人的一讲")
    )
    theirs = models.ForeignKey(
        Turn, models.CASCADE, related_name="swaps_received", verbose_name=_("对方的一讲")
    )
    asker = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("提出人")
    )
    asked = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("对方")
    )
    reason = models.CharField(_("原因"), max_length=200)
    asked_at = models.DateTimeField(_("提出时间"))
    answer = models.CharField(_("答复"), max_length=8, choices=Answer, default=Answer.ASKED)
    reply = models.CharField(_("答复说明"), max_length=200, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("换讲")
        constraints = [
            models.UniqueConstraint(
                fields=["mine"],
                condition=Q(answer=Answer.ASKED),
                name="study_swap_one_open",
                violation_error_message=_("这一讲已经提出过换讲，请等对方答复。"),
            ),
            models.CheckConstraint(condition=~Q(mine=F("theirs")), name="study_swap_of_two_turns"),
        ]

    def __str__(self) -> str:
        return f"{self.mine_id}↔{self.theirs_id}"


class Homework(models.Model):
    """A question that a lecturer leaves (思考题)."""

    turn = models.ForeignKey(
        Turn, models.CASCADE, related_name="homework", verbose_name=_("轮流授课")
    )
    position = models.PositiveSmallIntegerField(_("次序"))
    text = models.CharField(_("题目"), max_length=300)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("思考题")
        constraints = [
            models.UniqueConstraint(fields=["turn", "position"], name="study_homework_position")
        ]

    def __str__(self) -> str:
        return self.text


class HomeworkAnswer(models.Model):
    """What a listener answered to one question, and what the lecturer wrote beside it (思考题作答)."""

    homework = models.ForeignKey(
        Homework, models.PROTECT, related_name="answers", verbose_name=_("思考题")
    )
    person = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("答题人")
    )
    text = models.TextField(_("回答"))
    handed_in_at = models.DateTimeField(_("提交时间"))
    comment = models.TextField(_("批注"), blank=True)
    commented_at = models.DateTimeField(_("批注时间"), null=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("思考题作答")
        constraints = [
            models.UniqueConstraint(fields=["homework", "person"], name="study_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.homework_id}/{self.person_id}"
