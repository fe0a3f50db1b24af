"""Documents, their versions, and the files made from them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taihua.base.managers import PeerManager

INNER_MARKS = str.maketrans("《》", "〈〉")  # within a title in marks


class Document(models.Model):
    """Something the house writes and may issue (文件): a report, minutes, a notice, a volume.

    ``kind`` is the code of the object kind under which issuing it goes on record; ``path`` the
    address of the room's own page of it.
    """

    kind = models.CharField(_("类别"), max_length=60)
    title = models.CharField(_("标题"), max_length=200)
    number = models.CharField(_("发文字号"), max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(_("年度"))
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", null=True, verbose_name=_("单位")
    )
    path = models.CharField(_("所在位置"), max_length=200, blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("文件")
        indexes = [models.Index(fields=["kind", "year"], name="documents_by_kind_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=~Q(number=""),
                name="documents_number_once",
                violation_error_message=_("这个发文字号已经用过。"),
            )
        ]

    def __str__(self) -> str:
        return f"《{self.title.translate(INNER_MARKS)}》"


class Version(models.Model):
    """The text of a document as somebody left it (版本).

    A version is written once; revising adds the next one. ``beside`` marks a text that came too
    late: it is kept next to the version that overtook it and counts for nothing. What was known
    when it was issued (``known_at``) and what its figures then were (``provenance``) stay with it.
    """

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="versions", verbose_name=_("文件")
    )
    number = models.PositiveIntegerField(_("版次"))
    body = models.JSONField(_("正文"))
    written_at = models.DateTimeField(_("写成时间"))
    written_by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("执笔人")
    )
    beside = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="overtaken",
        null=True,
        verbose_name=_("被先行保存的版本"),
    )
    known_at = models.DateTimeField(_("数据时点"), null=True)
    provenance = models.JSONField(_("数据出处"), default=dict)
    issued_at = models.DateTimeField(_("印发时间"), null=True)
    issued_by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("签发人")
    )

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("版本")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"],
                condition=Q(beside__isnull=True),
                name="documents_version_number_once",
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(issued_at__isnull=False),
                name="documents_issued_once",
                violation_error_message=_("这份文件已经印发。"),
            ),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True)
                | Q(beside__isnull=True, known_at__isnull=False),
                name="documents_issued_knows_when",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.document_id} v{self.number}"

    @property
    def is_issued(self) -> bool:
        return self.issued_at is not None


class DocumentFile(models.Model):
    """A version as a file to download (附件): Word, PDF, HTML."""

    version = models.ForeignKey(
        Version, models.PROTECT, related_name="files", verbose_name=_("版本")
    )
    form = models.SlugField(_("格式"), max_length=10)
    name = models.CharField(_("文件名"), max_length=200)
    media_type = models.CharField(_("类型"), max_length=100)
    content = models.BinaryField(_("内容"))
    digest = models.CharField(_("摘要"), max_length=64)
    made_at = models.DateTimeField(_("生成时间"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("文件附件")
        constraints = [
            models.UniqueConstraint(fields=["version", "form"], name="documents_file_form_once")
        ]

    def __str__(self) -> str:
        return self.name
