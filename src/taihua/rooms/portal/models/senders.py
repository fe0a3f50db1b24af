"""Where things came from, for a day: enough to hold off a flood, too little to know anybody by."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from taihua.base.fields import DayField
from taihua.base.managers import PeerManager
from taihua.rooms.portal.models.consultations import Opinion


class DaySalt(models.Model):
    """What is mixed into the marks of one day (当日盐), so that no address can be told from them later."""

    day = DayField(_("日"), unique=True)
    salt = models.BinaryField(_("盐"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("当日盐")

    def __str__(self) -> str:
        return str(self.day)


class SenderMark(models.Model):
    """That something came from a sender today (来源痕迹): a salted mark, gone the day after.

    Without an opinion it was a fault that a reader found on a page.
    """

    salt = models.ForeignKey(
        DaySalt, models.CASCADE, related_name="marks", verbose_name=_("当日盐")
    )
    mark = models.CharField(_("痕迹"), max_length=64, db_index=True)
    opinion = models.ForeignKey(
        Opinion, models.CASCADE, related_name="+", null=True, verbose_name=_("意见")
    )
    at = models.DateTimeField(_("时间"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("来源痕迹")

    def __str__(self) -> str:
        return self.mark[:8]
