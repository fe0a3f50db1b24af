"""Work talks: did, learnt, blocked, ask; and what the ask was answered."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taihua.base.clock import local_day
from taihua.base.fields import DayField
from taihua.base.managers import PeerManager
from taihua.rooms.forums.enums import AnswerKind, Helped, Stage

ANSWER_WITHIN = 14  # days, where a round does not say otherwise


class Round(models.Model):
    """A round in which people of the bureau talk of their work (谈工作一轮): who, and by when."""

    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("单位"))
    title = models.CharField(_("名称"), max_length=80)
    stage = models.CharField(_("谁来谈"), max_length=10, choices=Stage)
    request = models.TextField(_("谈什么"), max_length=2000)
    first_day = DayField(_("开始日期"))
    last_day = DayField(_("截止日期"))
    answer_days = models.PositiveSmallIntegerField(_("几天内答复"), default=ANSWER_WITHIN)
    called_at = models.DateTimeField(_("布置时间"))
    plan = models.UUIDField(_("计划记录"), null=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("谈工作一轮")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "title"],
                name="forums_round_once",
                violation_error_message=_("已经有这个名称的一轮。"),
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="forums_round_ends_after_it_begins",
                violation_error_message=_("截止日期不能早于开始日期。"),
            ),
            models.CheckConstraint(
                condition=Q(answer_days__gte=1, answer_days__lte=90),
                name="forums_round_answers_in_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        return f"forums/round/{self.pk}"


class WorkTalk(models.Model):
    """What somebody says of his work (谈工作): did, learnt, blocked, and one thing that he asks.

    Until ``handed_in_at`` it is a draft that only its speaker sees. ``unit`` is the section whose
    people may read it; ``record`` the number of the statement in which it stands on record.
    """

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="talks", null=True, verbose_name=_("哪一轮")
    )
    speaker = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("谈工作的人")
    )
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name=_("科室"))
    work = models.CharField(_("谈哪项工作"), max_length=80)
    did = models.TextField(_("做了什么"), max_length=3000, blank=True)
    learnt = models.TextField(_("学到什么"), max_length=2000, blank=True)
    blocked = models.TextField(_("卡在哪里"), max_length=2000, blank=True)
    ask = models.TextField(_("想请谁帮什么"), max_length=600, blank=True)
    owner = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", null=True, verbose_name=_("请谁答复")
    )
    saved_at = models.DateTimeField(_("存稿时间"))
    handed_in_at = models.DateTimeField(_("提交时间"), null=True)
    record = models.UUIDField(_("记录"), null=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("谈工作")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "speaker"],
                condition=Q(round__isnull=False),
                name="forums_talk_once_a_round",
            ),
            models.UniqueConstraint(
                fields=["speaker"],
                condition=Q(round__isnull=True, handed_in_at__isnull=True),
                name="forums_talk_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at__isnull=True) | Q(ask="") | Q(owner__isnull=False),
                name="forums_ask_has_an_owner",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | ~Q(owner=F("speaker")),
                name="forums_ask_goes_to_another",
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at__isnull=True) | Q(record__isnull=False),
                name="forums_talk_is_on_record",
            ),
        ]

    def __str__(self) -> str:
        return self.work

    @property
    def path(self) -> str:
        return f"forums/talk/{self.pk}"

    @property
    def is_draft(self) -> bool:
        return self.handed_in_at is None

    @property
    def answer_due(self) -> date:
        """By when its ask is to be answered, whoever it is passed on to."""
        days = self.round.answer_days if self.round else ANSWER_WITHIN
        return local_day(self.handed_in_at or self.saved_at) + timedelta(days=days)


class TalkAnswer(models.Model):
    """What the owner of an ask answered (答复), and whether it helped, as the asker says."""

    talk = models.OneToOneField(
        WorkTalk, models.CASCADE, related_name="answer", verbose_name=_("谈工作")
    )
    owner = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("答复人")
    )
    kind = models.CharField(_("答复结果"), max_length=10, choices=AnswerKind)
    text = models.TextField(_("答复"), max_length=2000)
    answered_at = models.DateTimeField(_("答复时间"))
    helped = models.CharField(_("解决了没有"), max_length=10, choices=Helped, blank=True)
    remark = models.CharField(_("说明"), max_length=300, blank=True)
    weighed_at = models.DateTimeField(_("回话时间"), null=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("答复")
        constraints = [
            models.CheckConstraint(
                condition=Q(helped="") | Q(weighed_at__isnull=False), name="forums_answer_weighed"
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]
