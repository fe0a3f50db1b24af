"""What is read for a session or a lecture: a document of the house, or a text from elsewhere."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taihua.base.managers import PeerManager
from taihua.rooms.study.models.sessions import Session
from taihua.rooms.study.models.turns import Turn


class Material(models.Model):
    """Something to read, in one of its versions (学习材料).

    ``document`` is the id of a document of the house; anything else has title, source and perhaps
    a file. Handed in again under the same title it is the next version; the older stay.
    """

    session = models.ForeignKey(
        Session,
        models.PROTECT,
        related_name="materials",
        null=True,
        blank=True,
        verbose_name=_("中心组学习"),
    )
    turn = models.ForeignKey(
        Turn,
        models.CASCADE,
        related_name="materials",
        null=True,
        blank=True,
        verbose_name=_("轮流授课"),
    )
    title = models.CharField(_("标题"), max_length=160)
    version = models.PositiveSmallIntegerField(_("版次"), default=1)
    source = models.CharField(_("出处"), max_length=200, blank=True)
    document = models.PositiveBigIntegerField(_("本单位文件"), null=True)
    file_name = models.CharField(_("文件名"), max_length=160, blank=True)
    media_type = models.CharField(_("类型"), max_length=100, blank=True)
    content = models.BinaryField(_("内容"), null=True)
    digest = models.CharField(_("摘要"), max_length=64, blank=True)
    added_at = models.DateTimeField(_("加入时间"))
    added_by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("加入人")
    )

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("学习材料")
        constraints = [
            models.CheckConstraint(
                condition=Q(session__isnull=True) ^ Q(turn__isnull=True),
                name="study_material_of_one",
            ),
            models.UniqueConstraint(
                fields=["session", "title", "version"], name="study_material_of_session_once"
            ),
            models.UniqueConstraint(
                fields=["turn", "title", "version"], name="study_material_of_turn_once"
            ),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》"
