"""desk, as an application."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "taihua.rooms.desk"
    label = "desk"
