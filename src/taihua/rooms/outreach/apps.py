"""outreach, as an application."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "taihua.rooms.outreach"
    label = "outreach"
