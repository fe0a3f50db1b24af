"""ledgers, as an application."""

from django.apps import AppConfig


class LedgersConfig(AppConfig):
    name = "taihua.rooms.ledgers"
    label = "ledgers"
