"""reports, as an application."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "taihua.rooms.reports"
    label = "reports"
