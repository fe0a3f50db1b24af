"""The root addresses: one prefix a room that has pages; the desk lies at the door."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

from taihua.site import pages

AT_THE_DOOR = "desk"
urlpatterns = [
    path("account/", include("allauth.urls")),
    path("people/", include("taihua.kernel.org.urls")),
    path("rules/", include("taihua.kernel.rules.urls")),
    path("documents/", include("taihua.kernel.documents.urls")),
    path("drafts/", include("taihua.kernel.drafts.urls")),
    path("", include(pages)),
    *(
        path("" if room == AT_THE_DOOR else f"{room}/", include(f"taihua.rooms.{room}.urls"))
        for room in settings.ROOMS
        if find_spec(f"taihua.rooms.{room}.urls")
    ),
]
handler500 = "taihua.site.views.failed"
