"""care, as an application."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "taihua.rooms.care"
    label = "care"
