"""forums, as an application."""

from django.apps import AppConfig


class ForumsConfig(AppConfig):
    name = "taihua.rooms.forums"
    label = "forums"
