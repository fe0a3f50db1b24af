"""The root addresses: one prefix a room."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("people/", include("taihua.kernel.org.urls")),
    path("rules/", include("taihua.kernel.rules.urls")),
    path("documents/", include("taihua.kernel.documents.urls")),
    path("reading/", include("taihua.rooms.reading.urls")),
    path("ledgers/", include("taihua.rooms.ledgers.urls")),
    path("reports/", include("taihua.rooms.reports.urls")),
    path("", include("taihua.site.pages")),
    path("", include("taihua.rooms.desk.urls")),
]
handler500 = "taihua.site.views.failed"
