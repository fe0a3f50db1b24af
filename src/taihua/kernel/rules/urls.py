"""Addresses of the rules."""

from django.urls import path, re_path

from taihua.kernel.rules.views import books, costs, editor, why

app_name = "rules"
# A code of the roster may hold a slash, and so does the key of a period of several years.
WHY = r"^why/(?P<code>[a-z0-9._-]+)/(?P<ref>.+?)/(?P<key>\d{4}/\d{4}|[^/]+)/$"
urlpatterns = [
    path("", books.books, name="books"),
    path("start/", editor.start, name="start"),
    path("adopt/", editor.adopt, name="adopt"),
    path("burden/", costs.ledger, name="burden"),
    path("exemptions/", costs.exemptions, name="exemptions"),
    path("exemptions/<int:pk>/end/", costs.end_exemption, name="end_exemption"),
    path("book/<slug:code>/", books.book, name="book"),
    path("book/<slug:code>/text/", books.text, name="text"),
    path("book/<slug:code>/edit/", editor.edit, name="edit"),
    path("book/<slug:code>/retire/", editor.retire_book, name="retire_book"),
    path("book/<slug:book>/new/", editor.edit_rule, name="new_rule"),
    path("book/<slug:book>/<str:code>/", editor.edit_rule, name="edit_rule"),
    path("rule/<str:code>/", books.rule, name="rule"),
    path("rule/<str:code>/retire/", editor.retire, name="retire"),
    re_path(WHY, why.why, name="why"),
]
