"""Addresses of drafts."""

from django.urls import path

from taihua.kernel.drafts import views

app_name = "drafts"
urlpatterns = [
    path("", views.drafts, name="drafts"),
    path("keep/", views.keep, name="keep"),
    path("<int:pk>/throw-away/", views.throw_away, name="throw-away"),
]
