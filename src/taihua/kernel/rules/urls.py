"""Addresses of the rules."""

from django.urls import path, re_path

from taihua.kernel.rules.views import books, why

app_name = "rules"
# A code of the roster may hold a slash, and so does the key of a period of several years.
WHY = r"^why/(?P<code>[a-z0-9._-]+)/(?P<ref>.+?)/(?P<key>\d{4}/\d{4}|[^/]+)/$"
urlpatterns = [
    path("", books.books, name="books"),
    path("book/<slug:code>/", books.book, name="book"),
    path("book/<slug:code>/text/", books.text, name="text"),
    path("rule/<str:code>/", books.rule, name="rule"),
    re_path(WHY, why.why, name="why"),
]
