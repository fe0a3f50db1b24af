"""The anthology: a call, what came in, who read it unnamed, what became of its words."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taihua.base.fields import DayField
from taihua.base.managers import PeerManager
from taihua.rooms.reading.enums import Advice, Choice, Licence
from taihua.rooms.reading.models.books import Book
from taihua.rooms.reading.models.notes import NoteVersion


class Volume(models.Model):
    """A volume of the anthology (文集《苔花风景》一辑), from its call to its last erratum.

    How far it is follows from its days and from what came in; only that it was issued is kept,
    with the version of the kernel's document that holds its words for good.
    """

    number = models.PositiveSmallIntegerField(_("第几辑"), unique=True)
    title = models.CharField(_("书名"), max_length=60)
    publisher = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("编印单位")
    )
    call = models.TextField(_("征稿启事"))
    opens = DayField(_("开始征稿"))
    closes = DayField(_("截稿"))
    editors = models.ManyToManyField("org.Person", related_name="+", verbose_name=_("编者"))
    readers = models.ManyToManyField("org.Person", related_name="+", verbose_name=_("评读人"))
    preface = models.TextField(_("序"), blank=True)
    imprint = models.TextField(_("版权页附记"), blank=True)
    issued_version = models.PositiveBigIntegerField(_("印发的版本"), null=True)
    issued_date = DayField(_("印发日期"), null=True)
    book = models.OneToOneField(
        Book, models.PROTECT, related_name="+", null=True, verbose_name=_("书目")
    )

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("文集")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gte=F("opens")),
                name="reading_volume_closes_not_before_opens",
                violation_error_message=_("截稿不能早于开始征稿。"),
            ),
            models.CheckConstraint(
                condition=Q(issued_version__isnull=True, issued_date__isnull=True)
                | Q(issued_version__isnull=False, issued_date__isnull=False),
                name="reading_volume_issued_with_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.number} 《{self.title}》"

    @property
    def path(self) -> str:
        return f"reading/volume/{self.number}"

    @property
    def is_issued(self) -> bool:
        return self.issued_version is not None


class Section(models.Model):
    """A heading of a volume under which texts stand together (栏目)."""

    volume = models.ForeignKey(
        Volume, models.CASCADE, related_name="sections", verbose_name=_("文集")
    )
    title = models.CharField(_("栏目名称"), max_length=40)
    place = models.PositiveSmallIntegerField(_("次序"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("文集栏目")
        constraints = [
            models.UniqueConstraint(
                fields=["volume", "title"],
                name="reading_section_title_once",
                violation_error_message=_("这一辑已经有同名的栏目。"),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Contribution(models.Model):
    """A note that its writer gave to a volume (投稿): the words as they stood that day.

    ``licence`` and ``byline`` are the writer's; with ``withdrawn_at`` the consent ends and the
    text goes into no volume that is not issued yet.
    """

    volume = models.ForeignKey(
        Volume, models.PROTECT, related_name="contributions", verbose_name=_("文集")
    )
    writer = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("作者")
    )
    version = models.ForeignKey(
        NoteVersion, models.PROTECT, related_name="+", verbose_name=_("原稿")
    )
    byline = models.CharField(_("署名"), max_length=40)
    unit = models.CharField(_("作者单位"), max_length=80, blank=True)
    licence = models.CharField(_("授权"), max_length=10, choices=Licence)
    submitted_at = models.DateTimeField(_("投稿时间"))
    withdrawn_at = models.DateTimeField(_("撤稿时间"), null=True)
    choice = models.CharField(_("取舍"), max_length=10, choices=Choice, default=Choice.WAITING)
    reason = models.CharField(_("取舍的理由"), max_length=300, blank=True)
    chosen_at = models.DateTimeField(_("取舍时间"), null=True)
    section = models.ForeignKey(
        Section, models.SET_NULL, related_name="pieces", null=True, verbose_name=_("栏目")
    )
    place = models.PositiveSmallIntegerField(_("次序"), default=0)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("投稿")
        constraints = [
            models.UniqueConstraint(
                fields=["volume", "version"],
                condition=Q(withdrawn_at__isnull=True),
                name="reading_contribution_once",
                violation_error_message=_("这篇已经投给这一辑。"),
            ),
            models.CheckConstraint(
                condition=Q(choice=Choice.WAITING) | Q(chosen_at__isnull=False),
                name="reading_contribution_chosen_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(choice=Choice.DECLINED) | ~Q(reason=""),
                name="reading_contribution_declined_with_reason",
                violation_error_message=_("不收要写明理由。"),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def path(self) -> str:
        return f"reading/contribution/{self.pk}"


class Opinion(models.Model):
    """What a reader who does not know the writer makes of a contribution (评读意见).

    The writer reads the words, not the name; the reader sees the text, not the writer.
    """

    contribution = models.ForeignKey(
        Contribution, models.CASCADE, related_name="opinions", verbose_name=_("投稿")
    )
    reader = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("评读人")
    )
    asked_at = models.DateTimeField(_("请评时间"))
    advice = models.CharField(_("意见"), max_length=10, choices=Advice, blank=True)
    remark = models.TextField(_("理由"), blank=True)
    given_at = models.DateTimeField(_("评读时间"), null=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("评读意见")
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "reader"], name="reading_opinion_once_a_reader"
            ),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True, advice="")
                | (Q(given_at__isnull=False) & ~Q(advice="") & ~Q(remark="")),
                name="reading_opinion_given_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.contribution_id} {self.pk}"

    @property
    def path(self) -> str:
        return f"reading/opinion/{self.pk}"


class EditedText(models.Model):
    """The words of a contribution as an editor left them (编辑稿), until its writer agrees."""

    contribution = models.ForeignKey(
        Contribution, models.CASCADE, related_name="texts", verbose_name=_("投稿")
    )
    number = models.PositiveSmallIntegerField(_("第几稿"))
    title = models.CharField(_("题目"), max_length=120)
    text = models.TextField(_("正文"))
    editor = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("编者")
    )
    edited_at = models.DateTimeField(_("编辑时间"))
    remark = models.CharField(_("说明"), max_length=300, blank=True)
    agreed_at = models.DateTimeField(_("作者同意的时间"), null=True)
    objection = models.CharField(_("作者的意见"), max_length=500, blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("编辑稿")
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "number"],
                name="reading_edited_text_number_once",
                violation_error_message=_("另一位编者刚存了一稿，请先看过再改。"),
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True) | Q(objection=""),
                name="reading_edited_text_agreed_or_objected",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.contribution_id}/{self.number}"


class Erratum(models.Model):
    """A mistake found in an issued volume (勘误): the book stays as it is, the page says it."""

    volume = models.ForeignKey(
        Volume, models.CASCADE, related_name="errata", verbose_name=_("文集")
    )
    place = models.CharField(_("哪里"), max_length=120)
    printed = models.CharField(_("印作"), max_length=200)
    correct = models.CharField(_("应为"), max_length=200)
    noted_by = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    noted_at = models.DateTimeField(_("登记时间"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("勘误")

    def __str__(self) -> str:
        return f"{self.place}：{self.printed}→{self.correct}"
