"""documents, as an application."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "taihua.kernel.documents"
    label = "documents"
