"""Practice, which is private: nobody but the one who practises ever sees a row of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from taihua.base.managers import PeerManager
from taihua.rooms.study.models.law import LawQuestion


class Card(models.Model):
    """How firmly one person remembers one question, and when it is worth asking again (练习卡).

    ``state`` is the scheduler's own plain data.
    """

    person = models.ForeignKey(
        "org.Person", models.CASCADE, related_name="+", verbose_name=_("人员")
    )
    question = models.ForeignKey(
        LawQuestion, models.CASCADE, related_name="+", verbose_name=_("学法试题")
    )
    state = models.JSONField(_("记忆状态"))
    due_at = models.DateTimeField(_("下次练习"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("练习卡")
        constraints = [
            models.UniqueConstraint(fields=["person", "question"], name="study_card_once")
        ]
        indexes = [models.Index(fields=["person", "due_at"], name="study_card_due")]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.question_id}"


class PracticeAnswer(models.Model):
    """What somebody answered while practising, before the right answer was shown (练习作答)."""

    person = models.ForeignKey(
        "org.Person", models.CASCADE, related_name="+", verbose_name=_("人员")
    )
    question = models.ForeignKey(
        LawQuestion, models.CASCADE, related_name="+", verbose_name=_("学法试题")
    )
    answered_at = models.DateTimeField(_("作答时间"))
    is_right = models.BooleanField(_("答对"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("练习作答")
        indexes = [models.Index(fields=["person", "answered_at"], name="study_practice_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.question_id} {self.answered_at}"
