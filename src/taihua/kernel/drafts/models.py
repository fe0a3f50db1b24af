"""What was typed and not handed in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from taihua.base.managers import PeerManager


class Draft(models.Model):
    """What somebody typed into a form and has not handed in yet (草稿).

    ``line`` is the one-time key under which the form will be handed in; ``hand`` the opened page
    that saved it last: another page that has not seen that saving keeps its words in a line of its
    own, so that neither overwrites the other.
    """

    owner = models.ForeignKey(
        "org.Account", models.CASCADE, related_name="+", verbose_name=_("写的人")
    )
    place = models.CharField(_("表单的网址"), max_length=200)
    label = models.CharField(_("写的是什么"), max_length=120)
    line = models.UUIDField(_("一次性编号"))
    hand = models.UUIDField(_("最后存它的页面"))
    number = models.PositiveIntegerField(_("第几次存"))
    words = models.JSONField(_("写下的字"))
    saved_at = models.DateTimeField(_("保存时间"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("草稿")
        indexes = [models.Index(fields=["owner", "place"], name="drafts_by_place")]
        constraints = [models.UniqueConstraint(fields=["owner", "line"], name="drafts_line_once")]

    def __str__(self) -> str:
        return f"{self.owner_id}:{self.place}"

    @property
    def opening(self) -> str:
        """How it begins, to tell it from another draft of the same form."""
        texts = [text.strip() for name in ("title", "text") for text in self.words.get(name, [])]
        return next((text for text in texts if text), "")[:40]
