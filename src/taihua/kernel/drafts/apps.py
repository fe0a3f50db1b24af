"""drafts, as an application."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "taihua.kernel.drafts"
    label = "drafts"
