"""The root addresses: one prefix a room."""

from importlib.util import find_spec

from django.urls import include, path

PREFIXES = {
    "account/": "allauth.urls",
    "people/": "taihua.kernel.org.urls",
    "rules/": "taihua.kernel.rules.urls",
    "figures/": "taihua.kernel.measures.urls",
    "documents/": "taihua.kernel.documents.urls",
    "reading/": "taihua.rooms.reading.urls",
    "ledgers/": "taihua.rooms.ledgers.urls",
    "reports/": "taihua.rooms.reports.urls",
}


def _there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


urlpatterns = [path(prefix, include(name)) for prefix, name in PREFIXES.items() if _there(name)]
urlpatterns += [
    path("", include(name))
    for name in ("taihua.site.pages", "taihua.rooms.desk.urls")
    if _there(name)
]
handler500 = "taihua.site.views.failed"
