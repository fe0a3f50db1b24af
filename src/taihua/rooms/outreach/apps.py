"""outreach, as an application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutreachConfig(AppConfig):
    name = "taihua.rooms.outreach"
    label = "outreach"
    verbose_name = _("调研帮扶")
