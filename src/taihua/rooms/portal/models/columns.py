"""The columns of the public site, and the addresses under which its texts once stood."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taihua.base.managers import PeerManager

STALE_DAYS = 365


class Column(models.Model):
    """A part of the public site (栏目); columns stand in columns.

    ``slug`` is the whole of its address: ``/portal/c/<slug>/``. What nobody touched for
    ``stale_days`` is to be looked at again; without a number it is news, which may grow old.
    """

    slug = models.SlugField(_("地址名"), max_length=60, unique=True)
    title = models.CharField(_("栏目名称"), max_length=40)
    intro = models.CharField(_("栏目说明"), max_length=200, blank=True)
    above = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="below",
        null=True,
        blank=True,
        verbose_name=_("上级栏目"),
    )
    place = models.PositiveSmallIntegerField(_("次序"), default=0)
    is_open = models.BooleanField(_("对所有人公开"), default=True)
    stale_days = models.PositiveSmallIntegerField(
        _("多少天没动要看一遍"), null=True, blank=True, default=STALE_DAYS
    )

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("栏目")
        constraints = [
            models.CheckConstraint(
                condition=Q(above__isnull=True) | ~Q(above=F("pk")),
                name="portal_column_not_in_itself",
                violation_error_message=_("栏目不能放在自己下面。"),
            )
        ]

    def __str__(self) -> str:
        return self.title


class OldAddress(models.Model):
    """An address of a former site (旧地址), with its query: ``/news/show.html?id=3721``.

    Whoever comes by it is sent on to the article for good.
    """

    address = models.CharField(_("旧地址"), max_length=400, unique=True)
    article = models.ForeignKey(
        "portal.Article", models.CASCADE, related_name="old_addresses", verbose_name=_("文章")
    )

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("旧地址")

    def __str__(self) -> str:
        return self.address


class BroughtFile(models.Model):
    """A file of old articles, looked at and not taken in yet (待带入的文件).

    It goes when its articles are taken, and when nobody came back for it.
    """

    by = models.ForeignKey(
        "org.Account", models.CASCADE, related_name="+", verbose_name=_("上传人")
    )
    name = models.CharField(_("文件名"), max_length=200)
    content = models.BinaryField(_("内容"))
    uploaded_at = models.DateTimeField(_("上传时间"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("待带入的文件")

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"
