"""Books set by a day, who is to read them, and how it is seen that they were understood."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taihua.base.fields import DayField
from taihua.base.managers import PeerManager
from taihua.kernel.org.enums import Tier
from taihua.kernel.rules.clauses import tag_words
from taihua.rooms.reading.enums import Binding, CheckKind, Decision, Outcome
from taihua.rooms.reading.models.books import Book
from taihua.rooms.reading.models.notes import NoteVersion


class Assignment(models.Model):
    """A book that groups of readers are to read by a given day (指定书目；定书、限时、检查)."""

    book = models.ForeignKey(
        Book, models.PROTECT, related_name="assignments", verbose_name=_("书目")
    )
    setter = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("指定单位")
    )
    set_date = DayField(_("布置日期"))
    due_date = DayField(_("截止日期"))
    check_kind = models.CharField(_("检查方式"), max_length=10, choices=CheckKind)
    request = models.TextField(_("阅读要求"), blank=True)
    reviewers = models.ManyToManyField("org.Person", related_name="+", verbose_name=_("审阅人"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("指定书目")
        constraints = [
            models.UniqueConstraint(
                fields=["book", "setter", "set_date"],
                name="reading_assignment_once",
                violation_error_message=_("这一天已经布置过这本书。"),
            ),
            models.CheckConstraint(
                condition=Q(due_date__gte=F("set_date")),
                name="reading_assignment_due_not_before_set",
                violation_error_message=_("截止日期不能早于布置日期。"),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.book_id}"

    @property
    def path(self) -> str:
        return f"reading/assignment/{self.pk}"


class ReaderGroup(models.Model):
    """Whom a book is set: those who are all of this (阅读对象); what is left open means any."""

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, related_name="groups", verbose_name=_("指定书目")
    )
    binding = models.CharField(
        _("必读或推荐"), max_length=12, choices=Binding, default=Binding.REQUIRED
    )
    tier = models.CharField(_("层次"), max_length=12, choices=Tier, blank=True)
    tag = models.SlugField(_("职务标签"), max_length=40, blank=True)
    unit = models.ForeignKey(
        "org.Unit",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("单位（含下属）"),
    )

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("阅读对象")

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.tier or '*'} {self.tag or '*'} {self.unit_id or '*'}"

    @property
    def tag_words(self) -> str:
        """The tag as people say it."""
        return tag_words(self.tag)


class Question(models.Model):
    """A question by which understanding shows (思考题)."""

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, related_name="questions", verbose_name=_("指定书目")
    )
    position = models.PositiveSmallIntegerField(_("次序"))
    text = models.TextField(_("题目"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("思考题")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "position"], name="reading_question_position"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Reading(models.Model):
    """Somebody reads a book: both days are what the reader says himself (阅读)."""

    reader = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("读者")
    )
    book = models.ForeignKey(Book, models.PROTECT, related_name="readings", verbose_name=_("书目"))
    started_date = DayField(_("开始日期"))
    finished_date = DayField(_("读完日期"), null=True, blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("阅读")
        constraints = [
            models.UniqueConstraint(fields=["reader", "book"], name="reading_reading_once"),
            models.CheckConstraint(
                condition=Q(finished_date__isnull=True) | Q(finished_date__gte=F("started_date")),
                name="reading_reading_finished_not_before_started",
                violation_error_message=_("读完日期不能早于开始日期。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id}:{self.book_id}"


class Attempt(models.Model):
    """What a reader hands in to be checked, and what the reviewer made of it (检查答卷).

    Until ``handed_in_at`` it is a draft that only its reader sees; a resit is the next attempt.
    """

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="attempts", verbose_name=_("指定书目")
    )
    reader = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("读者")
    )
    number = models.PositiveSmallIntegerField(_("第几次"))
    version = models.ForeignKey(
        NoteVersion,
        models.PROTECT,
        related_name="attempts",
        null=True,
        blank=True,
        verbose_name=_("交来的笔记"),
    )
    handed_in_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    reviewer = models.ForeignKey(
        "org.Person",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("审阅人"),
    )
    outcome = models.CharField(
        _("审阅意见"), max_length=10, choices=Outcome, default=Outcome.WAITING
    )
    remark = models.TextField(_("评语"), blank=True)
    reviewed_at = models.DateTimeField(_("审阅时间"), null=True, blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("检查答卷")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "reader", "number"], name="reading_attempt_number"
            ),
            models.UniqueConstraint(
                fields=["assignment", "reader"],
                name="reading_attempt_one_open",
                condition=Q(outcome=Outcome.WAITING),
            ),
            models.UniqueConstraint(
                fields=["assignment", "reader"],
                name="reading_attempt_passed_once",
                condition=Q(outcome=Outcome.PASSED),
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.WAITING, reviewed_at__isnull=True)
                | (
                    ~Q(outcome=Outcome.WAITING)
                    & Q(reviewed_at__isnull=False, handed_in_at__isnull=False)
                ),
                name="reading_attempt_outcome_by_review",
            ),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True) | ~Q(reviewer=F("reader")),
                name="reading_attempt_not_own_reviewer",
                violation_error_message=_("自己的答卷要请别人审阅。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}/{self.reader_id}/{self.number}"

    @property
    def path(self) -> str:
        return f"reading/attempt/{self.pk}"

    @property
    def is_draft(self) -> bool:
        return self.handed_in_at is None

    @property
    def is_waiting(self) -> bool:
        return self.handed_in_at is not None and self.reviewed_at is None


class Answer(models.Model):
    """What an attempt says to one question (回答)."""

    attempt = models.ForeignKey(
        Attempt, models.CASCADE, related_name="answers", verbose_name=_("检查答卷")
    )
    question = models.ForeignKey(
        Question, models.PROTECT, related_name="+", verbose_name=_("思考题")
    )
    text = models.TextField(_("回答"), blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("回答")
        constraints = [
            models.UniqueConstraint(fields=["attempt", "question"], name="reading_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.question_id}"


class Substitute(models.Model):
    """A request to read another book instead of the one set (替代书目申请)."""

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="substitutes", verbose_name=_("指定书目")
    )
    reader = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("读者")
    )
    title = models.CharField(_("想读的书"), max_length=120)
    author = models.CharField(_("作者"), max_length=120, blank=True)
    reason = models.TextField(_("理由"))
    asked_at = models.DateTimeField(_("申请时间"))
    decision = models.CharField(_("答复"), max_length=10, choices=Decision, default=Decision.ASKED)
    book = models.ForeignKey(
        Book, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("替代书目")
    )
    reply = models.TextField(_("答复说明"), blank=True)
    decided_by = models.ForeignKey(
        "org.Account",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("答复人"),
    )
    decided_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("替代书目申请")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "reader"],
                name="reading_substitute_one_live",
                condition=~Q(decision=Decision.REFUSED),
                violation_error_message=_("这本书已经有一份替代申请。"),
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.APPROVED) | Q(book__isnull=False),
                name="reading_substitute_approved_has_book",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}/{self.reader_id} {self.title}"
