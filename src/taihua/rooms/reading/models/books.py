"""Books, and what of them can be had: text on the screen, copies to borrow."""

import hashlib
import json

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taihua.base.fields import DayField
from taihua.base.managers import PeerManager


class Book(models.Model):
    """A book that can be read here or borrowed (书目)."""

    title = models.CharField(_("书名"), max_length=120)
    author = models.CharField(_("作者"), max_length=120, blank=True)
    publisher = models.CharField(_("出版者"), max_length=120, blank=True)
    isbn = models.CharField(_("ISBN"), max_length=13, blank=True)
    summary = models.TextField(_("简介"), blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("书目")
        constraints = [
            models.UniqueConstraint(
                fields=["title", "author"],
                name="reading_book_once",
                violation_error_message=_("书目里已经有这本书。"),
            ),
            models.UniqueConstraint(
                fields=["isbn"],
                name="reading_book_isbn_once",
                condition=~Q(isbn=""),
                violation_error_message=_("书目里已经有这个 ISBN。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        """The name under which acts on this book are recorded: that of the reading ledger.

        Made from the title alone, so that a row of a spreadsheet and an act here mean one book.
        """
        told = json.dumps([self.title])
        return f"reading/book/{hashlib.sha256(told.encode()).hexdigest()[:20]}"


class Edition(models.Model):
    """One EPUB of a book as it was taken in (电子文本); the newest is the one that is read."""

    book = models.ForeignKey(Book, models.CASCADE, related_name="editions", verbose_name=_("书目"))
    number = models.PositiveSmallIntegerField(_("版次"))
    digest = models.CharField(_("文件指纹"), max_length=64, unique=True)
    uploaded_at = models.DateTimeField(_("收入时间"))
    uploaded_by = models.ForeignKey(
        "org.Account", models.PROTECT, related_name="+", null=True, verbose_name=_("收入人")
    )

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("电子文本")
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="reading_edition_number")
        ]

    def __str__(self) -> str:
        return f"{self.book_id}/{self.number}"


class Chapter(models.Model):
    """A chapter, cleaned when it was taken in (章节); ``sections`` are ``[start, html]`` pairs."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="chapters", verbose_name=_("电子文本")
    )
    position = models.PositiveSmallIntegerField(_("次序"))
    href = models.CharField(_("书内路径"), max_length=400)
    title = models.CharField(_("章名"), max_length=200)
    sections = models.JSONField(_("分段"))
    text = models.TextField(_("文字"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("章节")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "position"], name="reading_chapter_position"
            ),
            models.UniqueConstraint(fields=["edition", "href"], name="reading_chapter_href"),
        ]

    def __str__(self) -> str:
        return self.title


class Picture(models.Model):
    """A picture out of an EPUB (插图)."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="pictures", verbose_name=_("电子文本")
    )
    position = models.PositiveSmallIntegerField(_("次序"))
    media_type = models.CharField(_("类型"), max_length=20)
    data = models.BinaryField(_("内容"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("插图")
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="reading_picture_position")
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.position}"


class Copy(models.Model):
    """A book on paper that stands somewhere and can be borrowed (藏书)."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="copies", verbose_name=_("书目"))
    label = models.CharField(_("藏书编号"), max_length=40, unique=True)
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name=_("收藏单位")
    )
    place = models.CharField(_("存放处"), max_length=80, blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("藏书")

    def __str__(self) -> str:
        return self.label


class Loan(models.Model):
    """A copy in somebody's hands from a day to another (借阅)."""

    copy = models.ForeignKey(Copy, models.PROTECT, related_name="loans", verbose_name=_("藏书"))
    borrower = models.ForeignKey(
        "org.Person", models.PROTECT, related_name="+", verbose_name=_("借书人")
    )
    lent_date = DayField(_("借出日期"))
    due_date = DayField(_("应还日期"))
    returned_date = DayField(_("归还日期"), null=True, blank=True)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("借阅")
        constraints = [
            models.UniqueConstraint(
                fields=["copy"],
                name="reading_loan_one_out",
                condition=Q(returned_date__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(due_date__gte=F("lent_date")),
                name="reading_loan_due_not_before_lent",
                violation_error_message=_("应还日期不能早于借出日期。"),
            ),
            models.CheckConstraint(
                condition=Q(returned_date__isnull=True) | Q(returned_date__gte=F("lent_date")),
                name="reading_loan_returned_not_before_lent",
                violation_error_message=_("归还日期不能早于借出日期。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.copy_id}→{self.borrower_id}"
