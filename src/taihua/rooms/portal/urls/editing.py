"""What drafters, reviewers and issuers do."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
