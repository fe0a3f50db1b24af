"""What a reading circle asks itself, week by week."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from taihua.base.fields import DayField
from taihua.base.managers import PeerManager
from taihua.rooms.reading.models.books import Book
from taihua.rooms.reading.models.notes import Circle


class WeeklyQuestion(models.Model):
    """What a circle asks itself for a week (每周一问); ``week`` is its Monday."""

    circle = models.ForeignKey(
        Circle, models.PROTECT, related_name="questions", verbose_name=_("读书小组")
    )
    week = DayField(_("周一"))
    asker = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("出题人")
    )
    book = models.ForeignKey(
        Book, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("书目")
    )
    text = models.TextField(_("问题"), max_length=500)
    asked_at = models.DateTimeField(_("出题时间"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("每周一问")
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "week"],
                name="reading_question_one_a_week",
                violation_error_message=_("这一周已经有一问了。"),
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def path(self) -> str:
        return f"reading/weekly-question/{self.pk}"


class WeeklyAnswer(models.Model):
    """What a member says to the question of a week (回应); said again it is rewritten."""

    question = models.ForeignKey(
        WeeklyQuestion, models.CASCADE, related_name="answers", verbose_name=_("每周一问")
    )
    writer = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("回应人")
    )
    text = models.TextField(_("回应"), max_length=2000)
    written_at = models.DateTimeField(_("回应时间"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("回应")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "writer"], name="reading_weekly_answer_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.writer_id}"

    @property
    def path(self) -> str:
        return f"reading/weekly-answer/{self.pk}"
