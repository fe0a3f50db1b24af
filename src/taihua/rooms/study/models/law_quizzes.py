"""Quizzes of law that are set to groups of people, and the papers they take."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taihua.base.fields import DayField
from taihua.base.managers import PeerManager
from taihua.kernel.org.enums import Tier
from taihua.kernel.rules.clauses import tag_words
from taihua.rooms.study.enums import Difficulty, QuestionKind
from taihua.rooms.study.logic.law_papers import Part, Sort
from taihua.rooms.study.models.law import Law, LawQuestion, LawVersion


class Quiz(models.Model):
    """A test of some laws that groups of people are to pass by a day (学法测验).

    With ``version`` it asks only what that version changed (修改条文测验).
    """

    title = models.CharField(_("名称"), max_length=120)
    setter = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("布置单位")
    )
    laws = models.ManyToManyField(Law, related_name="quizzes", verbose_name=_("法律法规"))
    version = models.ForeignKey(
        LawVersion,
        models.PROTECT,
        related_name="quizzes",
        null=True,
        blank=True,
        verbose_name=_("只考这次修改"),
    )
    set_date = DayField(_("布置日期"))
    due_date = DayField(_("截止日期"))
    pass_percent = models.PositiveSmallIntegerField(
        _("通过线（%）"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    withdrawn_because = models.CharField(_("撤回原因"), max_length=300, blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("学法测验")
        constraints = [
            models.CheckConstraint(
                condition=Q(due_date__gte=F("set_date")),
                name="study_quiz_due_not_before_set",
                violation_error_message=_("截止日期不能早于布置日期。"),
            ),
            models.CheckConstraint(
                condition=Q(pass_percent__range=(1, 100)), name="study_quiz_line_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""),
                name="study_quiz_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        return f"study/quiz/{self.pk}"


class QuizPart(models.Model):
    """So many questions of one law, kind and difficulty in every paper of a quiz (组卷细目)."""

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="parts", verbose_name=_("学法测验"))
    law = models.ForeignKey(Law, models.PROTECT, related_name="+", verbose_name=_("法律法规"))
    kind = models.CharField(_("题型"), max_length=10, choices=QuestionKind)
    difficulty = models.CharField(_("难度"), max_length=10, choices=Difficulty)
    count = models.PositiveSmallIntegerField(_("题数"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("组卷细目")
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "law", "kind", "difficulty"], name="study_quizpart_once"
            ),
            models.CheckConstraint(condition=Q(count__gte=1), name="study_quizpart_asks"),
        ]

    def __str__(self) -> str:
        return f"{self.law_id} {self.kind} {self.difficulty} × {self.count}"

    @property
    def part(self) -> Part:
        return Part(Sort(self.law_id, self.kind, self.difficulty), self.count)


class QuizGroup(models.Model):
    """Who is to pass a quiz: those who are all of this; what is left open means any (测验对象)."""

    quiz = models.ForeignKey(
        Quiz, models.CASCADE, related_name="groups", verbose_name=_("学法测验")
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
        verbose_name = verbose_name_plural = _("测验对象")

    def __str__(self) -> str:
        return f"{self.quiz_id} {self.tier or '*'} {self.tag or '*'} {self.unit_id or '*'}"

    @property
    def tag_words(self) -> str:
        """The tag as people say it."""
        return tag_words(self.tag)


class Paper(models.Model):
    """The questions that one person is asked in one attempt, and how it went (试卷).

    Its questions follow from the quiz, ``seed`` and the bank at ``drawn_at``: ``stock_print`` tells
    whether that bank is the same. What it says is for its taker alone.
    """

    quiz = models.ForeignKey(
        Quiz, models.PROTECT, related_name="papers", verbose_name=_("学法测验")
    )
    taker = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("答卷人")
    )
    number = models.PositiveSmallIntegerField(_("第几次"))
    seed = models.BigIntegerField(_("种子"))
    drawn_at = models.DateTimeField(_("组卷时间"))
    stock_print = models.CharField(_("题库指纹"), max_length=32)
    handed_in_at = models.DateTimeField(_("交卷时间"), null=True, blank=True)
    right_count = models.PositiveSmallIntegerField(_("答对题数"), null=True, blank=True)
    passed = models.BooleanField(_("通过"), null=True, blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("试卷")
        constraints = [
            models.UniqueConstraint(fields=["quiz", "taker", "number"], name="study_paper_number"),
            models.UniqueConstraint(
                fields=["quiz", "taker"],
                name="study_paper_one_open",
                condition=Q(handed_in_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["quiz", "taker"], name="study_paper_passed_once", condition=Q(passed=True)
            ),
            models.CheckConstraint(
                condition=Q(
                    handed_in_at__isnull=True, right_count__isnull=True, passed__isnull=True
                )
                | Q(handed_in_at__isnull=False, right_count__isnull=False, passed__isnull=False),
                name="study_paper_marked_when_handed_in",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_id}/{self.taker_id}/{self.number}"

    @property
    def path(self) -> str:
        return f"study/paper/{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.handed_in_at is None


class PaperAnswer(models.Model):
    """A question of a paper and what was answered to it (试卷作答); until handed in, a draft."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="answers", verbose_name=_("试卷"))
    position = models.PositiveSmallIntegerField(_("次序"))
    question = models.ForeignKey(
        LawQuestion, models.PROTECT, related_name="+", verbose_name=_("学法试题")
    )
    chosen = models.JSONField(_("选了哪些"), default=list, blank=True)
    written = models.CharField(_("填了什么"), max_length=200, blank=True)
    is_right = models.BooleanField(_("答对"), null=True, blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("试卷作答")
        constraints = [
            models.UniqueConstraint(fields=["paper", "position"], name="study_paperanswer_place"),
            models.UniqueConstraint(fields=["paper", "question"], name="study_paperanswer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}/{self.position}"

    @property
    def said(self) -> list[str]:
        """What was answered, in words."""
        if self.written:
            return [self.written]
        return [self.question.choices[place]["text"] for place in self.chosen]
