"""reading, as an application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReadingConfig(AppConfig):
    name = "taihua.rooms.reading"
    label = "reading"
    verbose_name = _("读书")
