"""commitments, as an application."""

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "taihua.kernel.commitments"
    label = "commitments"
