"""Drafts put out for comment: their clauses, the opinions, what became of them, the final text."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taihua.base.fields import DayField
from taihua.base.managers import PeerManager
from taihua.rooms.portal.enums import Adoption, Audience, Channel, DraftKind, Naming, Phase
from taihua.rooms.portal.logic.lengths import Moved, days_open, is_short, one_year_on
from taihua.rooms.portal.logic.scan import masked


def moved_holidays() -> Moved:
    """The holidays of this installation; where none are set, weekends are all that is off."""
    return Moved(settings.TAIHUA_DAYS_OFF, settings.TAIHUA_DAYS_WORKED)


class Consultation(models.Model):
    """A draft put out for comment (征求意见): until ``sent_at`` only its host unit sees it.

    Where it stands follows from the days: it takes opinions from ``opens`` to ``closes``, and its
    outcome is there once ``published_on`` is set. A year after that a look back is owed. One that was
    sent out by mistake is withdrawn, with the reason; it stays where it was, without its draft.
    """

    title = models.CharField(_("标题"), max_length=120)
    kind = models.CharField(_("类别"), max_length=10, choices=DraftKind)
    host = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("征求意见的单位")
    )
    responsible = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("负责人")
    )
    audience = models.CharField(
        _("向谁征求"), max_length=8, choices=Audience, default=Audience.PUBLIC
    )
    units = models.ManyToManyField(
        "org.Unit", related_name="+", blank=True, verbose_name=_("选定的单位")
    )
    naming = models.CharField(_("署名"), max_length=9, choices=Naming, default=Naming.EITHER)
    draft = models.TextField(_("征求意见稿"), max_length=60_000)
    explanation = models.TextField(_("起草说明"), max_length=10_000)
    address = models.CharField(_("来信寄到"), max_length=200, blank=True)
    phone = models.CharField(_("来电"), max_length=60, blank=True)
    email = models.EmailField(_("电子邮件"), blank=True)
    opens = DayField(_("开始日期"))
    closes = DayField(_("截止日期"))
    short_because = models.CharField(_("为什么缩短期限"), max_length=300, blank=True)
    drafted_by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("拟稿人")
    )
    sent_at = models.DateTimeField(_("发出时间"), null=True)
    record = models.UUIDField(_("记录"), null=True)
    withdrawn_on = DayField(_("撤回日期"), null=True)
    withdrawn_because = models.CharField(_("撤回原因"), max_length=300, blank=True)
    withdrawn_by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("撤回人")
    )
    published_on = DayField(_("公布日期"), null=True)
    summary = models.TextField(_("总的说明"), max_length=3000, blank=True)
    looked_back_on = DayField(_("回头看日期"), null=True)
    look_back = models.TextField(_("有没有用"), max_length=3000, blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("征求意见")
        indexes = [models.Index(fields=["-opens", "-id"], name="portal_consultation_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="portal_consultation_closes_after_opening",
                violation_error_message=_("截止日期要在开始日期之后。"),
            ),
            models.CheckConstraint(
                condition=~Q(explanation="") & ~Q(draft=""),
                name="portal_consultation_explains_itself",
                violation_error_message=_("征求意见稿和起草说明都要写。"),
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(record__isnull=False),
                name="portal_consultation_sent_is_on_record",
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True)
                | (Q(sent_at__isnull=False) & Q(published_on__gt=F("closes"))),
                name="portal_consultation_published_after_closing",
                violation_error_message=_("截止以后才能公布最终文本。"),
            ),
            models.CheckConstraint(
                condition=Q(looked_back_on__isnull=True)
                | (Q(looked_back_on__gte=F("published_on")) & ~Q(look_back="")),
                name="portal_consultation_looked_back_in_words",
                violation_error_message=_("回头看要写明有没有用。"),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True)
                | (Q(sent_at__isnull=False, published_on__isnull=True) & ~Q(withdrawn_because="")),
                name="portal_consultation_withdrawn_with_reason",
                violation_error_message=_("撤回要写明原因；最终文本公布以后不能撤回。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        return f"portal/consultation/{self.pk}"

    @property
    def is_public(self) -> bool:
        return self.audience == Audience.PUBLIC

    @property
    def is_short(self) -> bool:
        """Whether it lies open for a shorter time than its kind asks."""
        return is_short(self.kind, self.opens, self.closes, moved_holidays())

    @property
    def was_seen(self) -> bool:
        """Whether others than its host had a first day on which to see it."""
        return self.withdrawn_on is None or self.withdrawn_on >= self.opens

    @property
    def look_back_due(self) -> date | None:
        return one_year_on(self.published_on) if self.published_on else None

    def phase(self, on: date) -> Phase:
        """Where it stands on a day."""
        if self.sent_at is None:
            return Phase.DRAFT
        if self.withdrawn_on is not None:
            return Phase.WITHDRAWN
        if self.published_on is not None:
            return Phase.PUBLISHED
        if on < self.opens:
            return Phase.AHEAD
        return Phase.OPEN if on <= self.closes else Phase.WEIGHING

    def takes_opinions(self, on: date) -> bool:
        return self.phase(on) == Phase.OPEN

    def days_left(self, on: date) -> int:
        """The days on which one may still send something, today among them."""
        return days_open(on, self.closes)


class Clause(models.Model):
    """A clause of a draft (征求意见稿条款), as its typed text was cut when it was sent out."""

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="clauses", verbose_name=_("征求意见")
    )
    position = models.PositiveSmallIntegerField(_("次序"))
    number = models.CharField(_("条号"), max_length=20, blank=True)
    heading = models.CharField(_("标题"), max_length=200, blank=True)
    text = models.TextField(_("内容"), blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("征求意见稿条款")
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "position"], name="portal_clause_position_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What it is called: its number and heading, else 第几段."""
        own = f"{self.number}{self.heading}" if self.number.endswith("、") else self.number
        return own or str(_("第 %(position)d 段") % {"position": self.position})

    @property
    def words(self) -> str:
        return "\n".join(part for part in (self.heading, self.text) if part)


class OpinionGroup(models.Model):
    """Opinions that say nearly the same and are answered together (合并的意见); may be split again."""

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="groups", verbose_name=_("征求意见")
    )
    title = models.CharField(_("说的是什么"), max_length=80)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("合并的意见")

    def __str__(self) -> str:
        return self.title


class Opinion(models.Model):
    """An opinion on a clause or on the whole draft (意见). Name and contact are for its answer alone.

    ``receipt`` is known to its sender only. Set aside (不算意见, such as an advertisement) it keeps the
    reason and may be taken back in. ``person`` is set where somebody of the house gave it by name.
    ``family`` is the first of those that say nearly the same, while it stands alone (actions.families).
    """

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="opinions", verbose_name=_("征求意见")
    )
    clause = models.ForeignKey(
        Clause,
        models.PROTECT,
        related_name="opinions",
        null=True,
        blank=True,
        verbose_name=_("哪一条"),
    )
    group = models.ForeignKey(
        OpinionGroup,
        models.SET_NULL,
        related_name="opinions",
        null=True,
        blank=True,
        verbose_name=_("合并的意见"),
    )
    family = models.ForeignKey(
        "self",
        models.RESTRICT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=_("近似的一族"),
    )
    text = models.TextField(_("意见"), max_length=2000)
    channel = models.CharField(_("渠道"), max_length=7, choices=Channel, default=Channel.WEB)
    name = models.CharField(_("姓名"), max_length=60, blank=True)
    contact = models.CharField(_("联系方式"), max_length=100, blank=True)
    person = models.ForeignKey(
        "org.Person",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("提意见的同事"),
    )
    receipt = models.CharField(_("回执号"), max_length=24, unique=True)
    received_on = DayField(_("收到日期"))
    entered_by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("录入人")
    )
    once = models.UUIDField(_("提交键"), null=True)
    set_aside_because = models.CharField(_("不算意见的原因"), max_length=200, blank=True)
    set_aside_by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("谁定的")
    )

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("意见")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="portal_opinion_says_something",
                violation_error_message=_("请写下意见。"),
            ),
            models.UniqueConstraint(fields=["consultation", "once"], name="portal_opinion_once"),
            models.CheckConstraint(
                condition=Q(channel=Channel.WEB) | Q(entered_by__isnull=False),
                name="portal_opinion_typed_in_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def shown(self) -> str:
        """What it says as everybody reads it: without the numbers that must not be public."""
        return masked(self.text)

    @property
    def path(self) -> str:
        return f"portal/opinion/{self.pk}"


class Response(models.Model):
    """What became of an opinion, and why (答复): adopted, partly, or not; by whom, when.

    One that was heeded names the clause it changed, or says that it brought a new one.
    """

    opinion = models.OneToOneField(
        Opinion, models.CASCADE, related_name="response", verbose_name=_("意见")
    )
    adoption = models.CharField(_("采纳情况"), max_length=8, choices=Adoption)
    reason = models.TextField(_("理由"), max_length=2000)
    changed = models.ForeignKey(
        Clause,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("改了哪一条"),
    )
    adds = models.BooleanField(_("新增了一条"), default=False)
    answered_by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", verbose_name=_("答复人")
    )
    answered_at = models.DateTimeField(_("答复时间"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("答复")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="portal_response_gives_its_reason",
                violation_error_message=_("请写明理由：采纳了怎样改，没有采纳为什么。"),
            ),
            models.CheckConstraint(
                condition=Q(changed__isnull=True) | Q(adds=False),
                name="portal_response_changes_or_adds",
                violation_error_message=_("改了哪一条和新增了一条，只选一样。"),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.opinion_id} {self.adoption}"

    @property
    def is_heeded(self) -> bool:
        return self.adoption != Adoption.DECLINED


class FinalClause(models.Model):
    """A clause of the final text (最终文本条款), and the clauses of the draft it comes from; none: new."""

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="finals", verbose_name=_("征求意见")
    )
    position = models.PositiveSmallIntegerField(_("次序"))
    number = models.CharField(_("条号"), max_length=20, blank=True)
    heading = models.CharField(_("标题"), max_length=200, blank=True)
    text = models.TextField(_("内容"), blank=True)
    sources = models.ManyToManyField(
        Clause, related_name="finals", blank=True, verbose_name=_("来自哪几条")
    )

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("最终文本条款")
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "position"], name="portal_final_clause_position_once"
            )
        ]

    def __str__(self) -> str:
        return self.number or str(self.position)

    @property
    def words(self) -> str:
        return "\n".join(part for part in (self.heading, self.text) if part)
