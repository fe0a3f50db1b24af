"""meetings, as an application."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "taihua.rooms.meetings"
    label = "meetings"
