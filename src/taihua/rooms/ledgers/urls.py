"""Addresses of the ledgers."""

from django.urls import path

from taihua.rooms.ledgers.views import imports, lists, rows

app_name = "ledgers"

urlpatterns = [
    path("", lists.index, name="index"),
    path("<slug:code>/", lists.ledger, name="ledger"),
    path("<slug:code>/export/", lists.export, name="export"),
    path("<slug:code>/blank/", lists.blank, name="blank"),
    path("<slug:code>/add/", rows.add, name="add"),
    path("<slug:code>/rows/<str:ref>/", rows.row, name="row"),
    path("<slug:code>/rows/<str:ref>/correct/", rows.correct, name="correct"),
    path("<slug:code>/rows/<str:ref>/void/", rows.void, name="void"),
    path("<slug:code>/import/", imports.bring, name="import"),
    path("<slug:code>/import/titles/", imports.titles, name="titles"),
    path("<slug:code>/import/<int:pk>/", imports.preview, name="preview"),
    path("<slug:code>/import/<int:pk>/columns/", imports.match, name="match"),
    path("<slug:code>/import/<int:pk>/year/", imports.year, name="year"),
    path("<slug:code>/import/<int:pk>/confirm/", imports.confirm, name="confirm"),
    path("<slug:code>/import/<int:pk>/drop/", imports.drop, name="drop"),
    path("<slug:code>/import/<int:pk>/marked/", imports.marked, name="marked"),
]
