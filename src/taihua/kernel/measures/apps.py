from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "taihua.kernel.measures"
    label = "measures"
