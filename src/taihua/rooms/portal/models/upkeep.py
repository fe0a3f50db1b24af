"""What keeps the public site right: faults that readers tell, links that lead nowhere."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taihua.base.managers import PeerManager
from taihua.rooms.portal.enums import Rot
from taihua.rooms.portal.models.articles import Article


class PageFault(models.Model):
    """What a reader says is wrong on a public page (页面差错), and what became of it.

    ``receipt`` is known to its sender only; ``contact`` is for the answer alone.
    """

    path = models.CharField(_("页面"), max_length=200)
    article = models.ForeignKey(
        Article, models.SET_NULL, related_name="faults", null=True, verbose_name=_("文章")
    )
    text = models.TextField(_("哪里不对"), max_length=1000)
    contact = models.CharField(_("联系方式"), max_length=100, blank=True)
    receipt = models.CharField(_("回执号"), max_length=24, unique=True)
    received_at = models.DateTimeField(_("收到时间"))
    once = models.UUIDField(_("提交键"), null=True, unique=True)
    answer = models.TextField(_("答复"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("答复人")
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("页面差错")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="portal_fault_says_something",
                violation_error_message=_("请写下哪里不对。"),
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="portal_fault_answered_in_words",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt


class BrokenLink(models.Model):
    """An address in a public article behind which nothing stands (失效链接), as last looked for."""

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="broken_links", verbose_name=_("文章")
    )
    address = models.CharField(_("地址"), max_length=500)
    why = models.CharField(_("怎么了"), max_length=8, choices=Rot)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("失效链接")
        constraints = [
            models.UniqueConstraint(fields=["article", "address"], name="portal_broken_link_once")
        ]

    def __str__(self) -> str:
        return self.address


class LinkRound(models.Model):
    """When all links were looked at last (链接检查), how many, and whether those leading out too."""

    at = models.DateTimeField(_("时间"))
    links = models.PositiveIntegerField(_("查了多少个地址"))
    outside = models.BooleanField(_("外面的也查了"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("链接检查")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}: {self.links}"
