"""The desk's addresses."""

from django.urls import path

from taihua.rooms.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("duties/", views.duties, name="duties"),
    path("done/", views.done, name="done"),
    path("overview/", views.overview, name="overview"),
    path("overview/people/<str:code>/", views.person, name="person"),
    path("overview/units/<str:code>/", views.unit, name="unit"),
]
