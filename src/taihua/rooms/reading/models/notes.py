"""Notes and reflections: private first, every version kept, shared by choice."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taihua.base.managers import PeerManager
from taihua.kernel.org.enums import Tier
from taihua.rooms.reading.enums import NoteKind
from taihua.rooms.reading.models.books import Book


class Note(models.Model):
    """A reading note or a reflection (读书笔记、心得); its words are those of its head version."""

    writer = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("作者")
    )
    kind = models.CharField(_("类别"), max_length=12, choices=NoteKind, default=NoteKind.NOTE)
    book = models.ForeignKey(
        Book, models.PROTECT, related_name="notes", null=True, blank=True, verbose_name=_("书目")
    )
    head = models.OneToOneField(
        "reading.NoteVersion", models.PROTECT, related_name="+", null=True, verbose_name=_("现文")
    )
    created_at = models.DateTimeField(_("写作时间"))
    once = models.UUIDField(_("一次性编号"), null=True, editable=False)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("读书笔记")
        constraints = [
            models.UniqueConstraint(fields=["writer", "once"], name="reading_note_handed_in_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def path(self) -> str:
        return f"reading/note/{self.pk}"


class NoteVersion(models.Model):
    """The words of a note as they were saved once (历史版本).

    ``grown_from`` is the number of the version the writer had before him; a version that came
    second and could not be joined is kept aside, and the head does not move to it.
    """

    note = models.ForeignKey(
        Note, models.CASCADE, related_name="versions", verbose_name=_("读书笔记")
    )
    number = models.PositiveIntegerField(_("版次"))
    grown_from = models.PositiveIntegerField(_("改自"))
    title = models.CharField(_("题目"), max_length=120)
    text = models.TextField(_("正文"))
    written_at = models.DateTimeField(_("保存时间"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("历史版本")
        constraints = [
            models.UniqueConstraint(fields=["note", "number"], name="reading_version_number"),
            models.CheckConstraint(
                condition=Q(grown_from__lt=F("number")), name="reading_version_grown_from_earlier"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.note_id}/{self.number}"


class Circle(models.Model):
    """Colleagues who read together (读书小组)."""

    name = models.CharField(_("小组名称"), max_length=60, unique=True)
    keeper = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("召集人")
    )
    members = models.ManyToManyField("org.Person", related_name="+", verbose_name=_("组员"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("读书小组")

    def __str__(self) -> str:
        return self.name


class Share(models.Model):
    """A note shown to an audience until it is withdrawn (分享); naming none means everybody."""

    note = models.ForeignKey(
        Note, models.CASCADE, related_name="shares", verbose_name=_("读书笔记")
    )
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("单位")
    )
    tier = models.CharField(_("层次"), max_length=12, choices=Tier, blank=True)
    circle = models.ForeignKey(
        Circle,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("读书小组"),
    )
    shared_at = models.DateTimeField(_("分享时间"))
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("分享")
        constraints = [
            models.UniqueConstraint(
                "note",
                Coalesce("unit", Value(0)),
                "tier",
                Coalesce("circle", Value(0)),
                name="reading_share_once",
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(tier="", circle__isnull=True)
                | Q(unit__isnull=True, circle__isnull=True)
                | Q(unit__isnull=True, tier=""),
                name="reading_share_one_audience",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.note_id}→{self.audience}"

    @property
    def audience(self) -> str:
        """Whom it is shown to, in words."""
        if self.unit:
            return self.unit.name
        if self.circle:
            return self.circle.name
        return str(Tier(self.tier).label) if self.tier else gettext("全局")


class Comment(models.Model):
    """What a colleague says to a shared note (评论)."""

    note = models.ForeignKey(
        Note, models.CASCADE, related_name="comments", verbose_name=_("读书笔记")
    )
    writer = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("评论人")
    )
    text = models.TextField(_("评论"), max_length=2000)
    written_at = models.DateTimeField(_("评论时间"))
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    once = models.UUIDField(_("一次性编号"), null=True, editable=False)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("评论")
        constraints = [
            models.UniqueConstraint(fields=["writer", "once"], name="reading_comment_said_once")
        ]

    def __str__(self) -> str:
        return f"{self.note_id} {self.writer_id}"
