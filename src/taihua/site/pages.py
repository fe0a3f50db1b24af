"""The addresses of the front door itself."""

from django.urls import path

from taihua.site import views

urlpatterns = [
    path("appearance/", views.appearance, name="appearance"),
    path("language/", views.language, name="language"),
    path("me/", views.me, name="me"),
]
