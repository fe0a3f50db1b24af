"""A forum from its call to what was taken up afterwards."""

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taihua.base.clock import ZONE
from taihua.base.fields import DayField
from taihua.base.managers import PeerManager
from taihua.rooms.forums.enums import Decision, ForumKind, Phase


class Forum(models.Model):
    """One principals' or teaching forum (讲坛、论坛一期), from the call to its proceedings.

    ``plan`` and ``held`` are the numbers of the statements that planned it and that it took place;
    ``proceedings`` is the number of the document. ``revision`` grows with every change that a
    calendar must hear of.
    """

    kind = models.CharField(_("类别"), max_length=20, choices=ForumKind)
    host = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("主办单位")
    )
    topic = models.CharField(_("主题"), max_length=80)
    call = models.TextField(_("征集说明"), max_length=3000)
    place = models.CharField(_("地点"), max_length=80)
    day = DayField(_("举办日期"), db_index=True)
    opens = models.TimeField(_("开始时间"))
    closes = models.TimeField(_("结束时间"))
    call_closes = DayField(_("征集截止"))
    registration_closes = DayField(_("报名截止"))
    seats = models.PositiveSmallIntegerField(_("座位数"), null=True, blank=True)
    recorder = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("记录人")
    )
    is_public = models.BooleanField(_("向社会公开"), default=False)
    called_at = models.DateTimeField(_("发出征集时间"))
    revision = models.PositiveIntegerField(_("修改次数"), default=0)
    plan = models.UUIDField(_("计划记录"), null=True)
    held = models.UUIDField(_("举办记录"), null=True)
    held_at = models.DateTimeField(_("记下举办的时间"), null=True)
    proceedings = models.BigIntegerField(_("文集编号"), null=True)
    issued_at = models.DateTimeField(_("文集印发时间"), null=True)
    cancelled_because = models.CharField(_("取消原因"), max_length=300, blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("讲坛")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "host", "day", "topic"],
                name="forums_forum_once",
                violation_error_message=_("这一天已经有这个主题的讲坛。"),
            ),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="forums_forum_closes_after_it_opens",
                violation_error_message=_("结束时间要在开始时间之后。"),
            ),
            models.CheckConstraint(
                condition=Q(call_closes__lte=F("day")),
                name="forums_call_closes_before_the_forum",
                violation_error_message=_("征集截止不能晚于举办日期。"),
            ),
            models.CheckConstraint(
                condition=Q(registration_closes__lte=F("day")),
                name="forums_registration_closes_before_the_forum",
                violation_error_message=_("报名截止不能晚于举办日期。"),
            ),
            models.CheckConstraint(
                condition=Q(seats__isnull=True) | Q(seats__gte=1), name="forums_forum_has_seats"
            ),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True) | Q(held__isnull=False, cancelled_because=""),
                name="forums_held_by_a_record",
            ),
        ]

    def __str__(self) -> str:
        return self.topic

    @property
    def path(self) -> str:
        return f"{self.kind}/{self.pk}"

    @property
    def first(self) -> datetime:
        return datetime.combine(self.day, self.opens, ZONE)

    @property
    def last(self) -> datetime:
        return datetime.combine(self.day, self.closes, ZONE)

    @property
    def is_cancelled(self) -> bool:
        return bool(self.cancelled_because)

    @property
    def is_over(self) -> bool:
        """Held or cancelled: nothing of it can be prepared any more."""
        return self.held_at is not None or self.is_cancelled

    def phase(self, on: date) -> Phase:
        if self.is_cancelled:
            return Phase.CANCELLED
        if self.held_at is not None:
            return Phase.ISSUED if self.issued_at else Phase.HELD
        if on <= self.call_closes:
            return Phase.CALL
        return Phase.PROGRAMME if on < self.day else Phase.DUE


class Offer(models.Model):
    """Somebody offers to speak at a forum (申报发言), and what the organiser said to it."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="offers", verbose_name=_("讲坛"))
    speaker = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("申报人")
    )
    title = models.CharField(_("发言题目"), max_length=80)
    summary = models.TextField(_("讲什么"), max_length=2000)
    offered_at = models.DateTimeField(_("申报时间"))
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True)
    decision = models.CharField(
        _("结果"), max_length=10, choices=Decision, default=Decision.WAITING
    )
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    decided_at = models.DateTimeField(_("答复时间"), null=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("申报发言")
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "speaker", "title"],
                condition=Q(withdrawn_at__isnull=True),
                name="forums_offer_once",
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.DECLINED) | ~Q(reason=""),
                name="forums_offer_declined_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Registration(models.Model):
    """Somebody asks for a seat at a forum (报名); who has one follows from the order."""

    forum = models.ForeignKey(
        Forum, models.CASCADE, related_name="registrations", verbose_name=_("讲坛")
    )
    person = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("报名人")
    )
    registered_at = models.DateTimeField(_("报名时间"))
    withdrawn_at = models.DateTimeField(_("退出时间"), null=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("报名")
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "person"],
                condition=Q(withdrawn_at__isnull=True),
                name="forums_registration_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.forum_id} {self.person_id}"


class Present(models.Model):
    """Somebody was at a forum, as its recorder noted (出席)."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="present", verbose_name=_("讲坛"))
    person = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("出席人")
    )
    noted_at = models.DateTimeField(_("记下时间"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("出席")
        constraints = [
            models.UniqueConstraint(fields=["forum", "person"], name="forums_present_once")
        ]

    def __str__(self) -> str:
        return f"{self.forum_id} {self.person_id}"


class Spread(models.Model):
    """A unit took up something that was said at a forum (成果推广)."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="spreads", verbose_name=_("讲坛"))
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("哪个单位")
    )
    what = models.CharField(_("做了什么"), max_length=300)
    taken_up = DayField(_("从哪天起"))
    noted_by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("登记人")
    )
    noted_at = models.DateTimeField(_("登记时间"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("成果推广")
        constraints = [
            models.UniqueConstraint(fields=["forum", "unit", "what"], name="forums_spread_once")
        ]

    def __str__(self) -> str:
        return f"{self.forum_id} {self.unit_id}"
