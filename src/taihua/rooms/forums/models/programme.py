"""The programme of a forum, who speaks in it, and what is asked."""

from datetime import time

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taihua.base.managers import PeerManager
from taihua.rooms.forums.enums import Moderation
from taihua.rooms.forums.logic.slots import Span, minute_of, time_of
from taihua.rooms.forums.models.forums import Forum, Offer

LONGEST = 480  # minutes


class Slot(models.Model):
    """One item of a forum's programme (议程): when, where, how long, on what."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="slots", verbose_name=_("讲坛"))
    hall = models.CharField(_("会场"), max_length=40, blank=True)
    starts = models.TimeField(_("开始时间"))
    minutes = models.PositiveSmallIntegerField(_("分钟"))
    title = models.CharField(_("题目"), max_length=80)
    offer = models.ForeignKey(
        Offer, models.SET_NULL, related_name="slots", null=True, verbose_name=_("申报发言")
    )
    summary = models.TextField(_("要点"), max_length=3000, blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("议程")
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=LONGEST), name="forums_slot_takes_time"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ends(self) -> time:
        return time_of(minute_of(self.starts) + self.minutes)

    def span(self, who: frozenset[int] = frozenset()) -> Span:
        return Span(self.pk, self.hall, minute_of(self.starts), self.minutes, frozenset(who))


class Speaker(models.Model):
    """Somebody who is asked to speak in an item of the programme (主讲人), and his word on it."""

    slot = models.ForeignKey(Slot, models.CASCADE, related_name="speakers", verbose_name=_("议程"))
    person = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("主讲人")
    )
    asked_at = models.DateTimeField(_("邀请时间"))
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)
    declined_at = models.DateTimeField(_("谢绝时间"), null=True)
    declined_because = models.CharField(_("谢绝原因"), max_length=300, blank=True)
    spoke = models.BooleanField(_("讲了"), default=False)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("主讲人")
        constraints = [
            models.UniqueConstraint(fields=["slot", "person"], name="forums_speaker_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(declined_at__isnull=True),
                name="forums_speaker_one_word",
            ),
            models.CheckConstraint(
                condition=Q(declined_at__isnull=True) | Q(spoke=False),
                name="forums_speaker_declined_did_not_speak",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot_id} {self.person_id}"

    @property
    def is_waiting(self) -> bool:
        return self.confirmed_at is None and self.declined_at is None


class FloorQuestion(models.Model):
    """A question put at a forum or before it (提问), the recorder's word on it, and the answer.

    The audience does not see who asked an ``anonymous`` one; the recorder does.
    """

    forum = models.ForeignKey(
        Forum, models.CASCADE, related_name="questions", verbose_name=_("讲坛")
    )
    slot = models.ForeignKey(
        Slot, models.SET_NULL, related_name="questions", null=True, verbose_name=_("问哪一项")
    )
    asker = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("提问人")
    )
    text = models.TextField(_("问题"), max_length=500)
    anonymous = models.BooleanField(_("不署名"), default=False)
    asked_at = models.DateTimeField(_("提问时间"))
    moderation = models.CharField(
        _("公开"), max_length=10, choices=Moderation, default=Moderation.WAITING
    )
    set_aside_because = models.CharField(_("不公开的原因"), max_length=300, blank=True)
    moderated_at = models.DateTimeField(_("处理时间"), null=True)
    answer = models.TextField(_("回答"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", null=True, verbose_name=_("回答人")
    )
    answered_at = models.DateTimeField(_("回答时间"), null=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("提问")
        constraints = [
            models.UniqueConstraint(fields=["forum", "asker", "text"], name="forums_question_once"),
            models.CheckConstraint(
                condition=~Q(moderation=Moderation.SET_ASIDE) | ~Q(set_aside_because=""),
                name="forums_question_set_aside_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]
