"""The evening room: where one stopped, what one marked, a line for the others.

No table here holds a time spent, a number of times or an order of people: that nobody can be
counted by his evenings is a property of the schema, and a test walks it.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taihua.base.fields import DayField
from taihua.base.managers import PeerManager
from taihua.rooms.reading.logic.anchors import Locator, Quote
from taihua.rooms.reading.models.books import Book


class Place(models.Model):
    """A place in a text that is found again in a new edition."""

    href = models.CharField(_("书内路径"), max_length=400)
    offset = models.PositiveIntegerField(_("字序"))
    prefix = models.CharField(_("前文"), max_length=40, blank=True)
    exact = models.TextField(_("原文"), blank=True)
    suffix = models.CharField(_("后文"), max_length=40, blank=True)

    class Meta:
        abstract = True

    @property
    def locator(self) -> Locator:
        return Locator(self.href, self.offset, Quote(self.prefix, self.exact, self.suffix))


class Bookmark(Place):
    """Where a reader goes on reading (读到的地方): the last place only, and not when."""

    reader = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("读者")
    )
    book = models.ForeignKey(Book, models.CASCADE, related_name="+", verbose_name=_("书目"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("读到的地方")
        constraints = [
            models.UniqueConstraint(fields=["reader", "book"], name="reading_bookmark_once")
        ]

    def __str__(self) -> str:
        return f"{self.reader_id}:{self.book_id}"


class Mark(Place):
    """A passage underlined, with a thought or without (划线)."""

    reader = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("读者")
    )
    book = models.ForeignKey(Book, models.CASCADE, related_name="marks", verbose_name=_("书目"))
    thought = models.TextField(_("想法"), max_length=2000, blank=True)
    made_at = models.DateTimeField(_("划线时间"))
    once = models.UUIDField(_("一次性编号"), null=True, editable=False)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("划线")
        constraints = [
            models.UniqueConstraint(fields=["reader", "once"], name="reading_mark_made_once"),
            models.CheckConstraint(
                condition=~Q(exact=""),
                name="reading_mark_quotes_something",
                violation_error_message=_("请先选出要划线的文字。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id}:{self.book_id}@{self.offset}"


class EveningLine(models.Model):
    """A line "tonight I read…" that somebody chose to leave (今晚读了); without a unit, for all."""

    reader = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("读者")
    )
    day = DayField(_("日期"))
    book = models.ForeignKey(
        Book, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("书目")
    )
    words = models.CharField(_("一句话"), max_length=140)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("单位")
    )
    said_at = models.DateTimeField(_("留言时间"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("今晚读了")
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "day"],
                name="reading_line_once_an_evening",
                violation_error_message=_("今晚已经留过一句话，可以改写它。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.reader_id}@{self.day}"

    @property
    def path(self) -> str:
        return f"reading/evening/{self.pk}"
