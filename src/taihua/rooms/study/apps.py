"""study, as an application."""

from django.apps import AppConfig


class StudyConfig(AppConfig):
    name = "taihua.rooms.study"
    label = "study"
