"""Articles, their revisions, the steps of their review, their pictures and files."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taihua.base.fields import DayField
from taihua.base.managers import PeerManager
from taihua.rooms.portal.enums import Form, Step
from taihua.rooms.portal.models.columns import Column


class Article(models.Model):
    """A text of the public site (文章).

    What everybody reads is ``live``, the revision that was issued last; ``newest`` may be ahead of
    it. It is public from ``published_at`` until ``expires_at``: both are compared when somebody
    comes, so nothing has to run for it. ``version`` is the issued version of the kernel's document
    from which it was published, if from one.
    """

    column = models.ForeignKey(
        Column, models.PROTECT, related_name="articles", verbose_name=_("栏目")
    )
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("供稿单位")
    )
    drafter = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("拟稿人")
    )
    newest = models.ForeignKey(
        "portal.Revision", models.PROTECT, related_name="+", null=True, verbose_name=_("最新一稿")
    )
    live = models.ForeignKey(
        "portal.Revision",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("公开的一稿"),
    )
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    expires_at = models.DateTimeField(_("撤下时间"), null=True, blank=True)
    looked_at = models.DateTimeField(_("看过还对的时间"), null=True, editable=False)
    version = models.PositiveBigIntegerField(
        _("出自文件的版本"), null=True, blank=True, unique=True
    )
    once = models.UUIDField(_("提交号"), null=True, editable=False)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("文章")
        indexes = [
            models.Index(
                fields=["column", "-published_at", "-id"],
                condition=Q(live__isnull=False),
                name="portal_live_by_column",
            ),
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(live__isnull=False),
                name="portal_live_by_day",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["drafter", "once"], name="portal_article_begun_once"),
            models.CheckConstraint(
                condition=Q(live__isnull=True) | Q(published_at__isnull=False),
                name="portal_live_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("published_at")),
                name="portal_expires_after_it_is_published",
                violation_error_message=_("撤下时间要在发布时间之后。"),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def path(self) -> str:
        return f"portal/article/{self.pk}"

    def is_public(self, at: datetime) -> bool:
        """Whether everybody may read it at a moment."""
        if self.live_id is None or self.published_at is None or self.published_at > at:
            return False
        return self.expires_at is None or self.expires_at > at


class Revision(models.Model):
    """The words of an article as somebody left them (稿次): written once, the next one beside it.

    ``text`` is what was typed (or the HTML that was brought in), ``html`` what is shown of it:
    clean, made when it was saved. ``plain`` is ``html`` without its marks, for search and scans.
    """

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="revisions", verbose_name=_("文章")
    )
    number = models.PositiveIntegerField(_("稿次"))
    title = models.CharField(_("标题"), max_length=200)
    source = models.CharField(_("来源"), max_length=100, blank=True)
    byline = models.CharField(_("作者"), max_length=60, blank=True)
    summary = models.CharField(_("摘要"), max_length=200, blank=True)
    form = models.CharField(_("写法"), max_length=5, choices=Form, default=Form.TEXT)
    text = models.TextField(_("正文"))
    html = models.TextField(_("正文（网页）"))
    plain = models.TextField(_("正文（纯文字）"))
    written_at = models.DateTimeField(_("写成时间"))
    written_by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("执笔人")
    )

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("稿次")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"], name="portal_revision_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"《{self.title}》 v{self.number}"


class ReviewStep(models.Model):
    """A step that somebody took with a revision (审稿记录); how far a review is follows from these."""

    revision = models.ForeignKey(
        Revision, models.CASCADE, related_name="steps", verbose_name=_("稿次")
    )
    step = models.CharField(_("环节"), max_length=8, choices=Step)
    by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("办理人")
    )
    at = models.DateTimeField(_("办理时间"))
    reason = models.TextField(_("说明"), blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("审稿记录")
        constraints = [
            models.CheckConstraint(
                condition=~Q(step__in=[Step.RETURN, Step.WITHDRAW]) | ~Q(reason=""),
                name="portal_step_back_says_why",
                violation_error_message=_("退回和撤下都要写明原因。"),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.revision_id} {self.step}"


class Picture(models.Model):
    """A picture of an article (图片); ``alt`` says what it shows to those who cannot see it.

    In the text it stands where a line reads ``【图1】``.
    """

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="pictures", verbose_name=_("文章")
    )
    number = models.PositiveSmallIntegerField(_("第几张"))
    alt = models.CharField(_("图里有什么"), max_length=200)
    caption = models.CharField(_("图注"), max_length=200, blank=True)
    media_type = models.CharField(_("类型"), max_length=40)
    width = models.PositiveIntegerField(_("宽"))
    height = models.PositiveIntegerField(_("高"))
    content = models.BinaryField(_("内容"))
    digest = models.CharField(_("摘要值"), max_length=64)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("图片")
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="portal_picture_number_once")
        ]

    def __str__(self) -> str:
        return f"#{self.article_id} {self.number}"


class ArticleFile(models.Model):
    """A file that an article offers for download (附件)."""

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="files", verbose_name=_("文章")
    )
    name = models.CharField(_("文件名"), max_length=200)
    media_type = models.CharField(_("类型"), max_length=100)
    size = models.PositiveIntegerField(_("大小"))
    content = models.BinaryField(_("内容"))
    digest = models.CharField(_("摘要值"), max_length=64)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("附件")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "name"],
                name="portal_file_name_once",
                violation_error_message=_("这篇文章已经有同名的附件。"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ViewCount(models.Model):
    """How often an article was opened on a day (人气): a number and nobody's name.

    It is no act of anybody, so it is no statement, no figure and no part of any appraisal.
    """

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="view_counts", verbose_name=_("文章")
    )
    day = DayField(_("日"))
    times = models.PositiveIntegerField(_("次数"), default=0)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("浏览量")
        constraints = [
            models.UniqueConstraint(fields=["article", "day"], name="portal_views_once_a_day")
        ]

    def __str__(self) -> str:
        return f"#{self.article_id} {self.day}: {self.times}"
