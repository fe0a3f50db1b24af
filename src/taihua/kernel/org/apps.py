"""org, as an application."""

from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "taihua.kernel.org"
    label = "org"
