"""rules, as an application."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "taihua.kernel.rules"
    label = "rules"
