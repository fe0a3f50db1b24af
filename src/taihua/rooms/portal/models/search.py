"""What articles are found by."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from taihua.base.managers import PeerManager
from taihua.rooms.portal.models.articles import Article


class SearchEntry(models.Model):
    """The searched words of a published article (检索条目).

    ``place`` grows with the moment of publication, so that the newest comes first without sorting.
    What finds them fast lies beside: the table ``portal_index`` on SQLite, the column ``tokens`` on
    PostgreSQL. Both are made from these rows and can be made anew (``taihua reindex``).
    """

    article = models.OneToOneField(
        Article,
        models.CASCADE,
        related_name="search_entry",
        primary_key=True,
        verbose_name=_("文章"),
    )
    place = models.BigIntegerField(_("次序"), unique=True)
    text = models.TextField(_("被检索的文字"))
    marks = models.CharField(_("栏目和年份"), max_length=60)

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("检索条目")

    def __str__(self) -> str:
        return f"#{self.article_id}"
