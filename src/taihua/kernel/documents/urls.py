"""Addresses of documents."""

from django.urls import path

from taihua.kernel.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.issued, name="issued"),
    path("<int:pk>/", views.document, name="document"),
    path("files/<int:pk>/", views.file, name="file"),
]
