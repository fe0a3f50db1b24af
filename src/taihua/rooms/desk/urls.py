"""The desk's addresses."""

from django.urls import path

from taihua.rooms.desk.views import calendars, today

app_name = "desk"
urlpatterns = [
    path("", today.today, name="today"),
    path("duties/", today.duties, name="duties"),
    path("done/", today.done, name="done"),
    path("overview/", today.overview, name="overview"),
    path("overview/people/<path:code>/", today.person, name="person"),
    path("overview/units/<path:code>/", today.unit, name="unit"),
    path("calendar/", calendars.calendars, name="calendars"),
    path("calendar/<int:pk>/renew/", calendars.renew, name="renew-calendar"),
    path("calendar/<int:pk>/revoke/", calendars.revoke, name="revoke-calendar"),
    path("calendar/<str:secret>.ics", calendars.feed, name="feed"),
]
