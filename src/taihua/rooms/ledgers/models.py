"""Sheets on their way into a ledger, and what clerks have said about their columns."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from taihua.base.managers import PeerManager


class Upload(models.Model):
    """A sheet on its way into a ledger (待导入的表).

    ``body`` is the table as read, with tokens in the place of names that must not be kept; it
    goes when the import is done. What remains says who imported what, when, with which outcome.
    """

    ledger = models.CharField(_("台账"), max_length=40)
    by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("上传人")
    )
    file_name = models.CharField(_("文件名"), max_length=200)
    digest = models.CharField(_("文件指纹"), max_length=64)
    uploaded_at = models.DateTimeField(_("上传时间"))
    year = models.PositiveSmallIntegerField(_("缺年份的按哪一年"), null=True)
    body = models.BinaryField(_("表格"), null=True)
    placed = models.JSONField(_("列的对应"), default=dict)
    done_at = models.DateTimeField(_("导入时间"), null=True)
    outcome = models.JSONField(_("导入结果"), null=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("待导入的表")
        indexes = [models.Index(fields=["ledger", "uploaded_at"], name="ledgers_upload_recent")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True) ^ models.Q(body__isnull=True),
                name="ledgers_upload_body_until_done",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.file_name}"

    @property
    def columns(self) -> dict[int, str]:
        """Position in the sheet → column of the ledger."""
        return {int(position): code for position, code in self.placed.items() if code}


class TitleChoice(models.Model):
    """Which column of a ledger a title stands for (表头对应), as a clerk has said before."""

    ledger = models.CharField(_("台账"), max_length=40)
    title = models.CharField(_("表头"), max_length=200)
    column = models.CharField(_("对应的列"), max_length=40, blank=True)
    by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("谁选的")
    )
    at = models.DateTimeField(_("何时"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("表头对应")
        constraints = [
            models.UniqueConstraint(fields=["ledger", "title"], name="ledgers_titlechoice_once")
        ]

    def __str__(self) -> str:
        return f"{self.ledger}: {self.title} → {self.column}"


class Turn(models.Model):
    """Whose turn it is to write into a ledger (台账轮次): one import at a time."""

    ledger = models.CharField(_("台账"), max_length=40, unique=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("台账轮次")

    def __str__(self) -> str:
        return self.ledger
