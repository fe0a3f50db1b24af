"""What everybody reads."""

from django.urls import path

from taihua.rooms.portal.views import public

urlpatterns = [
    path("", public.front, name="front"),
    path("c/<slug:slug>/", public.column, name="column"),
    path("a/<int:pk>/", public.article, name="article"),
]
