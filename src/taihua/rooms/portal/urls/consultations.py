"""Drafts put out for comment."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
