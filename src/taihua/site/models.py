"""What the front door remembers: only whether this house is a demonstration."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from taihua.base.fields import DayField
from taihua.base.managers import PeerManager


class Demonstration(models.Model):
    """The invented district that this database holds (演示区); a real house has no such row."""

    on = DayField(_("演示日"))
    seed = models.IntegerField(_("种子"))
    people = models.PositiveIntegerField(_("人数"))
    built_at = models.DateTimeField(_("建成时间"))

    objects = PeerManager()

    class Meta:
        verbose_name = verbose_name_plural = _("演示区")

    def __str__(self) -> str:
        return f"{self.on} #{self.seed} ({self.people})"
