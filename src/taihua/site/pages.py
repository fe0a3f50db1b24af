"""The addresses of the front door itself."""

from django.urls import path

from taihua.site import views

urlpatterns = [
    path("favicon.ico", views.mark, name="mark"),
    path("appearance/", views.appearance, name="appearance"),
    path("language/", views.language, name="language"),
    path("search/", views.search, name="search"),
    path("more/", views.more, name="more"),
    path("me/", views.me, name="me"),
]
