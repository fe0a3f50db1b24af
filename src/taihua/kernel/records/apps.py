"""records, as an application."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "taihua.kernel.records"
    label = "records"
