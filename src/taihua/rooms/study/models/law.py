"""Laws, their versions and articles, and the questions that an article proves."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taihua.base.fields import DayField
from taihua.base.managers import PeerManager
from taihua.base.papers.numerals import chinese
from taihua.rooms.study.enums import Difficulty, LawKind, QuestionKind
from taihua.rooms.study.logic.items import Choice, Item


class Law(models.Model):
    """A text that is studied, through all its versions (法律法规)."""

    short = models.CharField(_("简称"), max_length=60, unique=True)
    title = models.CharField(_("全称"), max_length=120)
    kind = models.CharField(_("类别"), max_length=12, choices=LawKind, default=LawKind.LAW)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("法律法规")

    def __str__(self) -> str:
        return self.short


class LawVersion(models.Model):
    """A law as it stands from one day until the next version or its end (法律文本)."""

    law = models.ForeignKey(
        Law, models.PROTECT, related_name="versions", verbose_name=_("法律法规")
    )
    adopted_date = DayField(_("通过或公布日期"))
    effective_date = DayField(_("施行日期"))
    ended_date = DayField(_("失效前最后一天"), null=True, blank=True)
    articles_count = models.PositiveSmallIntegerField(_("条数"))
    entered_at = models.DateTimeField(_("登记时间"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("法律文本")
        constraints = [
            models.UniqueConstraint(
                fields=["law", "effective_date"],
                name="study_lawversion_once",
                violation_error_message=_("这一天施行的文本已经登记过。"),
            ),
            models.CheckConstraint(
                condition=Q(effective_date__gte=F("adopted_date")),
                name="study_lawversion_effective_not_before_adopted",
                violation_error_message=_("施行日期不能早于通过或公布日期。"),
            ),
            models.CheckConstraint(
                condition=Q(ended_date__isnull=True) | Q(ended_date__gte=F("effective_date")),
                name="study_lawversion_ended_not_before_effective",
                violation_error_message=_("失效日期不能早于施行日期。"),
            ),
            models.CheckConstraint(
                condition=Q(articles_count__gte=1), name="study_lawversion_has_articles"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.law_id} {self.effective_date}"


class Article(models.Model):
    """One article of one version of a law (条)."""

    version = models.ForeignKey(
        LawVersion, models.CASCADE, related_name="articles", verbose_name=_("法律文本")
    )
    number = models.PositiveSmallIntegerField(_("第几条"))
    text = models.TextField(_("条文"), blank=True)
    is_changed = models.BooleanField(_("较前一文本有改动"), default=False)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("条")
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="study_article_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="study_article_from_one"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """第十一条."""
        return f"第{chinese(self.number)}条"


class LawQuestion(models.Model):
    """A question of the bank, belonging to the article that proves it (学法试题).

    Its words are never edited: a better wording is a new row that ``replaces`` it, so that a paper
    can be made again as it was. ``choices`` holds text and rightness, in the order of its writer.
    """

    code = models.CharField(_("题号"), max_length=60)
    article = models.ForeignKey(
        Article,
        models.PROTECT,
        related_name="questions",
        db_index=False,  # the index below begins with it
        verbose_name=_("依据的条"),
    )
    kind = models.CharField(_("题型"), max_length=10, choices=QuestionKind)
    difficulty = models.CharField(_("难度"), max_length=10, choices=Difficulty)
    stem = models.TextField(_("题干"))
    choices = models.JSONField(_("选项"))
    explanation = models.TextField(_("解析"), blank=True)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        related_name="replaced_by",
        null=True,
        blank=True,
        verbose_name=_("代替的题"),
    )
    added_at = models.DateTimeField(_("入库时间"))
    added_by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("录入人")
    )
    retired_at = models.DateTimeField(_("停用时间"), null=True, blank=True)
    retired_because = models.CharField(_("停用原因"), max_length=300, blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("学法试题")
        indexes = [
            # A paper is drawn from thousands; their words are not read for it.
            models.Index(
                fields=["article", "kind", "difficulty", "added_at", "retired_at"],
                name="study_questions_to_draw",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                name="study_lawquestion_code_live_once",
                condition=Q(retired_at__isnull=True),
                violation_error_message=_("这个题号已经用了。"),
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True) | ~Q(retired_because=""),
                name="study_lawquestion_retired_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_retired(self) -> bool:
        return self.retired_at is not None

    @property
    def told_choices(self) -> tuple[Choice, ...]:
        return tuple(Choice(each["text"], each["right"]) for each in self.choices)

    @property
    def item(self) -> Item:
        """The question as files bear it."""
        return Item(
            code=self.code,
            law=self.article.version.law.short,
            article=self.article.number,
            kind=QuestionKind(self.kind),
            difficulty=Difficulty(self.difficulty),
            stem=self.stem,
            choices=self.told_choices,
            explanation=self.explanation,
        )

    @property
    def right_words(self) -> list[str]:
        """The right choices, or the accepted wordings, in words."""
        return [choice.text for choice in self.told_choices if choice.is_right]


class Confirmation(models.Model):
    """A question found to hold by an article of a later version too (复核)."""

    question = models.ForeignKey(
        LawQuestion, models.CASCADE, related_name="confirmations", verbose_name=_("学法试题")
    )
    article = models.ForeignKey(
        Article, models.PROTECT, related_name="confirmations", verbose_name=_("新文本的条")
    )
    confirmed_at = models.DateTimeField(_("复核时间"))
    confirmed_by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("复核人")
    )

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("复核")
        constraints = [
            models.UniqueConstraint(fields=["question", "article"], name="study_confirmation_once")
        ]

    def __str__(self) -> str:
        return f"{self.question_id}→{self.article_id}"
