"""portal, as an application."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "taihua.rooms.portal"
    label = "portal"
