"""The ground, as an application: it brings page tags, no tables."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "taihua.base"
    label = "base"
