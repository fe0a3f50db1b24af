"""Opens the rooms when Django starts."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SiteConfig(AppConfig):
    name = "taihua.site"
    label = "taihua_site"

    def ready(self) -> None:
        autodiscover_modules("room")
        autodiscover_modules("checks")
